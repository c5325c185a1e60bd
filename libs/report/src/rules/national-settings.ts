import { figureNumbers, figureWords } from './settings/figure-settings.js';
import { proseNumbers, proseWords } from './settings/prose-settings.js';
import { textNumbers, textWords } from './settings/text-settings.js';
import { likenessNumbers } from './settings/likeness-settings.js';
import { extendSettings, type RuleSettings } from './rule-settings.js';

/** The settings every installation begins with; an office's own are added with `extendSettings`. */
export const NATIONAL_SETTINGS: RuleSettings = {
  numbers: { ...textNumbers, ...figureNumbers, ...proseNumbers, ...likenessNumbers },
  words: { ...textWords, ...figureWords, ...proseWords },
};

let inForce = NATIONAL_SETTINGS;

/** Adds this installation's own settings, once, when the process starts; null takes them away. */
export function installSettings(settings: RuleSettings | null): void {
  inForce = settings === null ? NATIONAL_SETTINGS : extendSettings(NATIONAL_SETTINGS, settings);
}

/** The national settings with this installation's own. */
export function settingsInForce(): RuleSettings {
  return inForce;
}
