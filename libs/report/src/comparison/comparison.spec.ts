import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { withinCopies } from '../../../../test/support/processor-work.js';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { checkReport } from '../check-report.js';
import { FORMATS } from '../format.js';
import type { AnnualReport } from '../model.js';
import { readPlainText } from '../readers/plain-text.js';
import { NATIONAL_SETTINGS } from '../rules/national-settings.js';
import { compareReports } from './compare-reports.js';
import { compareTexts, type Segment } from './compare-texts.js';
import { tokensOf } from './tokens.js';

const reading = readPlainText(readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample is a report');
const sample = reading.report;

const sideOf = (segments: readonly Segment[], kind: 'added' | 'removed'): string =>
  segments
    .filter((segment) => segment.kind === 'same' || segment.kind === kind)
    .map(({ text }) => text)
    .join('');
const passage = fc
  .array(
    fc.constantFrom(
      '受理',
      '申请',
      '13',
      '1,204',
      '18.5%',
      '2020年1月1日',
      '件',
      '。',
      '，',
      '办结',
      '公开',
      '万元',
      'PDF',
      ' ',
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

describe('two texts', () => {
  it('come back from their segments, and numbers are never split', () => {
    fc.assert(
      fc.property(passage, passage, (before, after) => {
        const segments = compareTexts(before, after);
        expect(sideOf(segments, 'removed')).toBe(before);
        expect(sideOf(segments, 'added')).toBe(after);
        for (const side of ['removed', 'added'] as const) {
          let at = 0;
          const ends = new Set(
            segments.filter(({ kind }) => kind === 'same' || kind === side).map(({ text }) => (at += text.length)),
          );
          let from = 0;
          for (const token of tokensOf(side === 'removed' ? before : after)) {
            for (let inside = from + 1; inside < from + token.length; inside += 1)
              expect(ends.has(inside) && /\d/.test(token)).toBe(false);
            from += token.length;
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, string, Segment[]]>([
    [
      '全年公开2072条。',
      '全年公开2117条。',
      [
        { kind: 'same', text: '全年公开' },
        { kind: 'removed', text: '2072条' },
        { kind: 'added', text: '2117条' },
        { kind: 'same', text: '。' },
      ],
    ],
    [
      '通过其它方式公开。',
      '通过其他方式公开。',
      [
        { kind: 'same', text: '通过其' },
        { kind: 'removed', text: '它' },
        { kind: 'added', text: '他' },
        { kind: 'same', text: '方式公开。' },
      ],
    ],
    ['甲。', '', [{ kind: 'removed', text: '甲。' }]],
    ['一样。', '一样。', [{ kind: 'same', text: '一样。' }]],
  ])('%s → %s', (before, after, segments) => {
    expect(compareTexts(before, after)).toEqual(segments);
  });

  it('of 20,000 characters made to be slow are compared in time', async () => {
    await withinCopies(sample, 40_000, () => compareTexts('甲乙'.repeat(10_000), '乙丙'.repeat(10_000)));
  });
});

describe('two reports', () => {
  it('that are one have no change', () => {
    fc.assert(
      fc.property(fc.oneof(...FORMATS.map(annualReportArbitrary)), (report) => {
        const { cells, chapters, notComparable } = compareReports(report, report);
        expect(cells.filter(({ kind }) => kind !== 'same')).toEqual([]);
        expect(chapters.flatMap(({ paragraphs }) => paragraphs).filter(({ kind }) => kind !== 'same')).toEqual([]);
        expect(notComparable).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('show a changed figure with its difference, a changed and a moved paragraph', () => {
    const cell = { state: 'value' as const, value: '5', original: '5' };
    const changed: AnnualReport = {
      ...sample,
      tables: { ...sample.tables, t3: { ...sample.tables['t3'], 't3.1.total': cell } },
      chapters: sample.chapters.map((chapter) =>
        chapter.no === 6 ? { ...chapter, paragraphs: chapter.paragraphs.toReversed() } : chapter,
      ),
    };
    const { cells, chapters } = compareReports(sample, changed);
    expect(cells.filter(({ kind }) => kind === 'changed')).toMatchObject([{ id: 't3.1.total', difference: '5' }]);
    const moved = chapters.find(({ no }) => no === 6)?.paragraphs.filter((one) => one.moved) ?? [];
    expect(moved.length).toBeGreaterThan(0);
  });

  it('of different formats compare what means the same, and name what does not', () => {
    const [old, now] = FORMATS.map((format) => fc.sample(annualReportArbitrary(format), { numRuns: 1, seed: 7 })[0]);
    if (old === undefined || now === undefined) throw new Error('two formats');
    const { cells, notComparable } = compareReports(old, now);
    const ids = cells.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['t3.1.total', 't4.review.total', 't2.20-6.penalties.decisions', 't3.3.6.*.total']),
    );
    expect(notComparable).toEqual(
      expect.arrayContaining(['t2.20-1.rules.made', 't2.20-9.procurement.amount', 't2.20-5.licensing.previous']),
    );
    expect(ids.filter((id) => notComparable.includes(id))).toEqual([]);
  });
});

describe('Q02', () => {
  const text =
    '加强组织领导，健全工作机制，明确专人负责政务公开工作，定期调度督办，推动各项任务落地见效，切实保障人民群众的知情权参与权监督权。';
  const saying = (paragraph: string, year: number): AnnualReport => ({
    ...sample,
    year,
    chapters: sample.chapters.map(({ no, title, tableAt }) => ({
      no,
      title,
      paragraphs: no === 1 ? [paragraph] : ['无'],
      ...(tableAt === undefined ? {} : { tableAt: 0 }),
    })),
  });
  const q02 = (report: AnnualReport, context: object): string[] =>
    checkReport(report, { settings: NATIONAL_SETTINGS, ...context })
      .filter(({ rule }) => rule === 'Q02')
      .map(({ status, found }) => `${status} ${found ?? ''}`.trim());

  it.each([
    ['nothing to compare with', {}, ['not-assessable']],
    ['the same as last year but for the numbers', { lastYear: saying(`2019年${text}`, 2019) }, ['fail 100%']],
    [
      'other words',
      {
        lastYear: saying(
          '本年度主要做法是开设专栏、组织培训、上线检索功能、回应群众来信并逐件办理反馈，收到良好效果，群众满意度有所提升。',
          2019,
        ),
      },
      ['pass'],
    ],
    [
      'copied from a neighbour',
      { siblings: [{ organName: '平安区', report: saying(`${text}同时加强培训。`, 2020) }] },
      ['fail 100%'],
    ],
  ])('%s', (_name, context, expected) => {
    expect(q02(saying(`2020年${text}`, 2020), context)).toEqual(expected);
  });
});
