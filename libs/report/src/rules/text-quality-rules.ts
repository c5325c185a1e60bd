import { documentNumbersAreRegular } from './document-number-check.js';
import { nothingForeign } from './foreign-text-check.js';
import { nationalRule } from './national-rule.js';
import { punctuationIsRegular } from './punctuation-check.js';
import type { Rule } from './rule.js';
import { noOutdatedWords, noTypos } from './wording-checks.js';

const CARE = '国办公开办函〔2021〕30号（四）；粤办函〔2010〕249号';

/** Rules on typos and doubled words. Rules of the catalogue: Q01. */
export const typoRules: readonly Rule[] = [nationalRule('Q01', 'W', CARE, noTypos)];

/** Rules on document numbers, foreign text, expressions and punctuation. Rules of the catalogue: Q03–Q06. */
export const textQualityRules: readonly Rule[] = [
  nationalRule('Q03', 'W', '党政机关公文格式 GB/T 9704-2012, 7.2.5', documentNumbersAreRegular),
  nationalRule('Q04', 'E', CARE, nothingForeign),
  nationalRule('Q05', 'W', CARE, noOutdatedWords),
  nationalRule(
    'Q06',
    'W',
    '标点符号用法 GB/T 15834-2011；党政机关公文格式 GB/T 9704-2012, 7.3.3',
    punctuationIsRegular,
  ),
];
