import type { RuleSettings } from '../rule-settings.js';

/** Thresholds of the rules on likeness of texts. */
export const likenessNumbers: RuleSettings['numbers'] = {
  'Q02.ownPercent': [{ from: 2019, to: null, value: 80 }],
  'Q02.siblingPercent': [{ from: 2019, to: null, value: 60 }],
};
