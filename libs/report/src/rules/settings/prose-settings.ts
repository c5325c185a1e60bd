import type { RuleSettings } from '../rule-settings.js';

/** Thresholds of the rules on prose against tables. */
export const proseNumbers: RuleSettings['numbers'] = {};

/** Word lists of the rules on prose against tables. */
export const proseWords: RuleSettings['words'] = {};
