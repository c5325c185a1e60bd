import type { RuleSettings } from '../rule-settings.js';

/** Thresholds of the rules on structure, dates, privacy and text quality. */
export const textNumbers: RuleSettings['numbers'] = {};

/** Word lists of the rules on structure, dates, privacy and text quality. */
export const textWords: RuleSettings['words'] = {};
