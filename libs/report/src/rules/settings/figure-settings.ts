import type { RuleSettings } from '../rule-settings.js';

/** Thresholds of the rules on values, tables, roll-up and publication. */
export const figureNumbers: RuleSettings['numbers'] = {};

/** Word lists of the rules on values, tables, roll-up and publication. */
export const figureWords: RuleSettings['words'] = {};
