import type { RuleSettings } from '../rule-settings.js';

/** Thresholds of the rules on likeness of texts. */
export const likenessNumbers: RuleSettings['numbers'] = {};
