import { figureNumbers, figureWords } from './settings/figure-settings.js';
import { proseNumbers, proseWords } from './settings/prose-settings.js';
import { textNumbers, textWords } from './settings/text-settings.js';
import { likenessNumbers } from './settings/likeness-settings.js';
import type { RuleSettings } from './rule-settings.js';

/** The settings every installation begins with; an office's own are added with `extendSettings`. */
export const NATIONAL_SETTINGS: RuleSettings = {
  numbers: { ...textNumbers, ...figureNumbers, ...proseNumbers, ...likenessNumbers },
  words: { ...textWords, ...figureWords, ...proseWords },
};
