import type { NoticeLine } from '#contracts/http/notices.api';
import { noticeText, type TextClock, workdaysLeft } from './notice-text.js';
import type { NamedNotice } from './notices.queries.js';

/** A notice as its person reads it now: names put to the ids, and the sentence in both languages. */
export function lineOf(
  notice: NamedNotice,
  stageName: (organ: string | null, stage: string) => string,
  clock: TextClock,
): NoticeLine {
  const name = notice.stage === null ? null : stageName(notice.organ, notice.stage);
  const stage = name === null ? null : { zh: name, en: `the stage ${notice.stage}` };
  const words = { ...notice, stage, aboutSeat: notice.seat !== null };
  const text = { zh: noticeText(words, 'zh', clock), en: noticeText(words, 'en', clock) };
  const left = notice.dueAt === null ? null : workdaysLeft(notice.dueAt, clock);
  return { ...notice, stageName: name, workdaysLeft: left, text };
}
