import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { checkReport } from '../check-report.js';
import { readPlainText } from '../readers/plain-text.js';
import type { OrganProfile } from './check-context.js';
import { dateRules } from './date-rules.js';
import { NATIONAL_SETTINGS } from './national-settings.js';
import { normalisedTextRules } from './normalised-text-rules.js';
import { periodRules } from './period-rules.js';
import { privacyRules } from './privacy-rules.js';
import { structureRules } from './structure-rules.js';
import { textQualityRules, typoRules } from './text-quality-rules.js';

const RULES = [
  ...structureRules,
  ...periodRules,
  ...dateRules,
  ...normalisedTextRules,
  ...privacyRules,
  ...typoRules,
  ...textQualityRules,
];
const reading = readPlainText(readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error(`refused: ${JSON.stringify(reading)}`);
const { report, findings } = reading;

/** Everything that is wrong with the words of this real report, and why it is. */
const TRUE_FINDINGS: readonly (readonly [rule: string, place: object, found: string, why: string])[] = [
  ['S02', { chapter: 1 }, '一、总体工作情况概述', 'the form calls chapter one 总体情况'],
  ['S02', { chapter: 6 }, '六、2021年工作安排及改进措施', 'a work plan stands in the place of other matters to report'],
  ['S11', { chapter: 5 }, '', 'three problems and no measure: the measures stand in chapter six'],
  ['S12', { chapter: 1 }, '', 'a government, and no word on 考核, 评议, 责任追究 in chapters one and five'],
  [
    'S15',
    { chapter: 1, paragraph: 0, from: 86, to: 88 },
    '全市',
    'a district speaks of 提升全市政务公开工作水平, taken over from the notice of the city',
  ],
  ['S17', { part: 'preface' }, '', 'neither where to download the report nor how to reach the office'],
  ['Q01', { chapter: 6, paragraph: 1, from: 2, to: 6 }, '加强区我', '加强区我网站 for 加强我区网站'],
  [
    'Q05',
    { part: 'preface', from: 145, to: 152 },
    '收费及减免情况',
    'a chapter of the form before 2019, and not one of this report',
  ],
];

it('the words of the real report fail exactly where they are wrong', () => {
  const failed = checkReport(report, { settings: NATIONAL_SETTINGS }, RULES).filter(({ status }) => status === 'fail');
  expect(failed.map(({ rule, place, found }) => [rule, place, found])).toEqual(
    TRUE_FINDINGS.map(([rule, place, found]) => [rule, place, found]),
  );
  expect(failed.map(({ severity }) => severity)).toEqual(failed.map(() => 'W'));
});

it('the residue of the word processor was found when the file was read', () => {
  const ours = findings.filter(({ rule }) => RULES.some(({ id }) => id === rule));
  expect(ours.map(({ rule, original, place }) => [rule, original, place])).toEqual([
    ['S14', '[bookmark: _GoBack]', { chapter: 6, paragraph: 4, from: 0, to: 0 }],
  ]);
});

it('only what is not known of the report is not assessable', () => {
  const results = checkReport(report, { settings: NATIONAL_SETTINGS }, RULES);
  const open = results.filter(({ status }) => status === 'not-assessable');
  expect(open.map(({ rule }) => rule)).toEqual(['D03', 'D05', 'X07']);
});

it('a profile makes the word of level an error that may be overridden', () => {
  const profile: OrganProfile = {
    name: '向阳区人民政府',
    shortNames: [],
    otherNames: ['向阳区司法局', '向阳区财政局'],
    level: 4,
    government: true,
    has: {},
  };
  const failed = checkReport(report, { settings: NATIONAL_SETTINGS, profile }, RULES).filter(
    ({ status, severity }) => status === 'fail' && severity === 'E',
  );
  expect(failed.map(({ rule, overridable, found }) => [rule, overridable, found])).toEqual([['S15', true, '全市']]);
});
