import type { RuleSettings } from '../rule-settings.js';

/** Thresholds of the rules on values, tables, roll-up and publication. */
export const figureNumbers: RuleSettings['numbers'] = {
  // Times a figure may grow or shrink against last year or the middle of its peers.
  'V05.factor': [{ from: 2019, to: null, value: 20 }],
  // Smaller figures swing by more than any factor without meaning anything.
  'V05.least': [{ from: 2019, to: null, value: 20 }],
  // A fee this many times last year's was typed in 元 instead of 万元.
  'V05.feeFactor': [{ from: 2021, to: null, value: 100 }],
  // Fewer reports have no middle.
  'V05.fewestPeers': [{ from: 2019, to: null, value: 5 }],
  'T3-07.percent': [{ from: 2019, to: null, value: 50 }],
  'T3-08.percent': [{ from: 2019, to: null, value: 25 }],
  'T3-08.workingDays': [{ from: 2019, to: null, value: 40 }],
};

/** Word lists of the rules on values, tables, roll-up and publication. */
export const figureWords: RuleSettings['words'] = {
  'T3-06.words': [{ from: 2021, to: null, value: ['信息处理费'] }],
};
