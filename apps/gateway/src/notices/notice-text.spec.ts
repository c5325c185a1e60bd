import { describe, expect, it } from '@jest/globals';
import { NoticeKind } from '#contracts/http/notices.api';
import { instant, type Instant } from '#domain/instant';
import { noticeText, type NoticeWords, workdaysLeft } from './notice-text.js';
import { officeCalendar } from './office-calendar.js';

const calendar = officeCalendar();
const china = (text: string): Instant => instant(new Date(`${text}:00+08:00`));
const words: NoticeWords = {
  kind: 'turn',
  organName: '向阳区司法局',
  year: 2025,
  caseKind: 'publish',
  stage: { zh: '初审', en: 'the stage first-review' },
  byName: null,
  dueAt: china('2026-01-31T00:00'),
  aboutSeat: true,
};
const said = (at: string, over: Partial<NoticeWords> = {}): { zh: string; en: string } => {
  const clock = { now: china(at), calendar };
  const all = { ...words, ...over };
  return { zh: noticeText(all, 'zh', clock), en: noticeText(all, 'en', clock) };
};

describe('a sentence', () => {
  it.each([
    [
      '2026-01-28T09:00',
      {},
      '【轮到您】向阳区司法局2025年度报告：初审，等您签批，2026年1月30日（周五）前，还有 2 个工作日。',
      'Your turn: the stage first-review of the 2025 report of 向阳区司法局 waits for your signature, by Friday 30 January 2026, 2 working days left.',
    ],
    [
      '2026-01-29T09:00',
      { kind: 'due-soon' },
      '【快到期】向阳区司法局2025年度报告：初审还没有签批，2026年1月30日（周五）前，还有 1 个工作日。',
      'Due soon: the stage first-review of the 2025 report of 向阳区司法局 is not signed, by Friday 30 January 2026, 1 working day left.',
    ],
    [
      '2026-01-30T09:00',
      { kind: 'urged', byName: '陈某' },
      '【催办】向阳区司法局2025年度报告：初审还没有签批，陈某催办，2026年1月30日（周五）前，今天到期。',
      'Reminder: 陈某 asks you to attend to the stage first-review of the 2025 report of 向阳区司法局, which is not signed, by Friday 30 January 2026, due today.',
    ],
    [
      '2026-02-03T09:00',
      { kind: 'overdue' },
      '【已超期】向阳区司法局2025年度报告：初审还没有签批，期限是2026年1月30日（周五），已超过 2 个工作日。',
      'Overdue: the stage first-review of the 2025 report of 向阳区司法局 is not signed, due was Friday 30 January 2026, 2 working days ago.',
    ],
    [
      '2026-01-27T09:00',
      { kind: 'due-soon', aboutSeat: false, stage: null, dueAt: china('2026-02-01T00:00') },
      '【快到期】向阳区司法局2025年度报告还没有公开，法定期限将到，2026年1月31日（周六）前（最后工作日是2026年1月30日（周五）），还有 3 个工作日。',
      'Due soon: the 2025 report of 向阳区司法局 is not public and its statutory date is near, by Saturday 31 January 2026 (last working day Friday 30 January 2026), 3 working days left.',
    ],
    [
      '2026-01-31T09:00',
      { kind: 'due-soon', aboutSeat: false, stage: null, dueAt: china('2026-02-01T00:00') },
      '【快到期】向阳区司法局2025年度报告还没有公开，法定期限将到，2026年1月31日（周六）前（最后工作日是2026年1月30日（周五）），今天到期。',
      'Due soon: the 2025 report of 向阳区司法局 is not public and its statutory date is near, by Saturday 31 January 2026 (last working day Friday 30 January 2026), due today.',
    ],
    [
      '2026-12-20T09:00',
      { dueAt: china('2027-01-30T00:00') },
      '【轮到您】向阳区司法局2025年度报告：初审，等您签批，2027年1月29日（周五）前，缺 2027 年放假安排，工作日数没有计算。',
      'Your turn: the stage first-review of the 2025 report of 向阳区司法局 waits for your signature, by Friday 29 January 2027, working days not counted: the holidays of 2027 are not loaded.',
    ],
  ] as const)('at %s %o', (at, over, zh, en) => {
    expect(said(at, over)).toEqual({ zh, en });
  });

  it.each(NoticeKind.options)('%s has one in both languages, without blame, shouting or holes', (kind) => {
    for (const aboutSeat of [true, false]) {
      const { zh, en } = said('2026-01-28T09:00', { kind, aboutSeat, dueAt: null });
      expect(zh).toMatch(/^【.{2,5}】.+。$/u);
      expect(zh).not.toMatch(/请(?!求)|抱歉|非法|无效|失败|！|驳回|打回|undefined|null/u);
      expect(en).toMatch(/^[A-Z].+\.$/);
      expect(en).not.toMatch(/undefined|null|!|please/i);
    }
  });
});

it('the days left are counted to the last day, and not guessed', () => {
  const left = (due: string, now: string): number | null => workdaysLeft(china(due), { now: china(now), calendar });
  expect(left('2026-01-31T00:00', '2026-01-30T23:00')).toBe(0);
  expect(left('2026-01-31T00:00', '2026-02-02T08:00')).toBe(-1);
  expect(left('2026-02-27T00:00', '2026-02-13T08:00')).toBe(4);
  expect(left('2027-01-30T00:00', '2026-12-20T08:00')).toBeNull();
});
