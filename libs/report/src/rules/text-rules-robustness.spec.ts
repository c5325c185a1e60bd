import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { checkReport } from '../check-report.js';
import { FORMATS } from '../format.js';
import type { AnnualReport } from '../model.js';
import { readPlainText } from '../readers/plain-text.js';
import { withinCopies } from '../../../../test/support/processor-work.js';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { dateRules } from './date-rules.js';
import { NATIONAL_SETTINGS } from './national-settings.js';
import { normalisedTextRules } from './normalised-text-rules.js';
import { periodRules } from './period-rules.js';
import { privacyRules } from './privacy-rules.js';
import { structureRules } from './structure-rules.js';
import { textQualityRules, typoRules } from './text-quality-rules.js';

const OWN = [
  ...structureRules,
  ...periodRules,
  ...dateRules,
  ...normalisedTextRules,
  ...privacyRules,
  ...typoRules,
  ...textQualityRules,
];
const context = { settings: NATIONAL_SETTINGS };
const reading = readPlainText(readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error(`refused: ${JSON.stringify(reading)}`);
const sample = reading.report;

const broken = (report: AnnualReport): readonly string[] =>
  checkReport(report, context, OWN)
    .filter(({ message }) => message.zh.includes('执行出错'))
    .map(({ message }) => message.zh);

// Pieces the rules look for, so that random text meets them more often than never.
const PIECES = [
  '（',
  '）',
  '《',
  '》',
  '“',
  '”',
  '〔2020〕',
  '号',
  '年',
  '2019',
  '月31日',
  '一)',
  '\n',
  '，',
  '。',
  '全市',
  '我县',
  '申请人',
  '张',
  '小明',
  '11010519491231002X',
  '13812345678',
  '@qq.com',
  'http://',
  'www.',
  '由五部分组成',
  'XX',
  '秘密★',
  '\ud800',
  '\u200b',
  '⼈',
  '県',
  '𠮷',
];
const text = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 4 })), {
  maxLength: 30,
});
const prose = text.map((pieces) => pieces.join(''));

describe('the rules on text', () => {
  it.each(FORMATS.map((format) => [format.id, format] as const))(
    'never break on a random report of %s',
    (_id, format) => {
      fc.assert(
        fc.property(
          annualReportArbitrary(format),
          fc.array(prose, { maxLength: 6 }),
          prose,
          (report, paragraphs, front) => {
            const chapters = [
              ...report.chapters,
              { no: 7, title: front, paragraphs },
              { no: 99, title: '', paragraphs: [] },
            ];
            expect(broken(report)).toEqual([]);
            expect(broken({ ...report, chapters, preface: front, title: front, organName: front.slice(0, 9) })).toEqual(
              [],
            );
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  it('name a range that lies within its paragraph and holds what was found', () => {
    fc.assert(
      fc.property(prose, (paragraph) => {
        const report = { ...sample, chapters: [{ no: 5, title: '', paragraphs: [paragraph] }] };
        for (const { place, status } of checkReport(report, context, OWN)) {
          if (status !== 'fail' || !('chapter' in place) || place.paragraph === undefined) continue;
          const { from = -1, to = -1 } = place;
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(paragraph.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('find nothing false in a report whose words are in order', () => {
    const format = FORMATS.at(-1);
    if (format === undefined) throw new Error('no format');
    const quiet = [...dateRules, ...privacyRules, ...typoRules, ...textQualityRules, ...normalisedTextRules];
    fc.assert(
      fc.property(annualReportArbitrary(format), (report) => {
        expect(checkReport(report, context, quiet).filter(({ status }) => status === 'fail')).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

const LENGTH = 20_000;
// Text that a pattern with nested repetition would never leave.
const ADVERSARIAL = [
  '1',
  '1 ',
  '11-',
  '12345678901',
  '一',
  '（',
  '《',
  '“',
  '(',
  '[',
  '2020',
  '2020年',
  '2020-',
  '〔2020〕',
  ' ',
  '\t',
  '\n',
  '，\n',
  'a',
  'a.',
  'a@',
  'a.a@a.',
  'www.',
  'http://a',
  '<a ',
  '<',
  'X',
  '张',
  '申请人',
  '申请人张',
  '张、',
  '1号楼',
  '小区',
  '小区1栋',
  '市政府',
  '全市',
  '工作',
  '的',
  '由',
  '由、',
  '一部分',
  '10.1.',
  '192.168.',
  '.local',
  'a-',
  '秘密',
  '密〔',
  '京A',
  '⼈',
  '\u200b',
  '其中',
];

describe('no rule on text runs away', () => {
  it.each(ADVERSARIAL)('on %j without end', async (piece) => {
    const paragraph = piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);
    for (const adverse of [paragraph, `${paragraph}！`]) {
      const report = { ...sample, preface: adverse, chapters: [{ no: 3, title: '', paragraphs: [adverse] }] };
      expect(await withinCopies(sample, 30_000, () => broken(report))).toEqual([]);
    }
  });
});
