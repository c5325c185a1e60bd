import { refuse, type Refusal } from '#domain/decision';
import {
  checkInteger,
  checkText,
  isObject,
  itemsOf,
  shapeOf,
  type Report,
  type ShapeProblem,
} from '../strict-shape.js';
import { NATIONAL_SETTINGS } from './national-settings.js';
import type { RuleSettings } from './rule-settings.js';

const LIMITS = { entries: 50, words: 2000, word: 100, problems: 20 };
const YEARS = { first: 2000, last: 2999 };

/**
 * Checks an office's own settings, e.g. `{"numbers": {"S13.characters": [{"from": 2025, "to": null, "value": 1500}]}, "words": {…}}`. Only ids that
 * the national settings have are taken, so that a slip of the pen is no rule without effect. Refuses invalid_settings with up to 20 problems.
 */
export function parseRuleSettings(value: unknown): RuleSettings | Refusal<'invalid_settings'> {
  const problems: ShapeProblem[] = [];
  const report: Report = (path, expected) => problems.push({ path, expected });
  const body = shapeOf(value, 'settings', { required: [], optional: ['numbers', 'words'] }, report);
  const isNumber = (item: unknown, path: string): void => {
    if (typeof item !== 'number' || !Number.isFinite(item)) report(path, 'a number');
  };
  const areWords = (item: unknown, path: string): void =>
    itemsOf(item, path, LIMITS.words, report).forEach((word, index) =>
      checkText(word, `${path}.${index}`, { minLength: 1, maxLength: LIMITS.word }, report),
    );
  checkGroup(body?.['numbers'] ?? {}, 'settings.numbers', Object.keys(NATIONAL_SETTINGS.numbers), isNumber, report);
  checkGroup(body?.['words'] ?? {}, 'settings.words', Object.keys(NATIONAL_SETTINGS.words), areWords, report);
  if (problems.length > 0)
    return refuse('invalid_settings', { problems: problems.slice(0, LIMITS.problems), found: problems.length });
  const { numbers = {}, words = {} } = value as Partial<RuleSettings>;
  return { numbers, words };
}

function checkGroup(
  value: unknown,
  path: string,
  known: readonly string[],
  checkValue: (item: unknown, path: string) => void,
  report: Report,
): void {
  if (!isObject(value)) return report(path, 'an object');
  for (const [id, entries] of Object.entries(value)) {
    const at = `${path}.${id}`.slice(0, 200);
    if (!known.includes(id)) report(at, `one of ${known.join(', ')}`);
    itemsOf(entries, at, LIMITS.entries, report).forEach((entry, index) => {
      const dated = shapeOf(entry, `${at}.${index}`, { required: ['from', 'to', 'value'] }, report);
      if (dated === null) return;
      checkInteger(dated['from'], `${at}.${index}.from`, YEARS.first, YEARS.last, report);
      if (dated['to'] !== null) checkInteger(dated['to'], `${at}.${index}.to`, YEARS.first, YEARS.last, report);
      checkValue(dated['value'], `${at}.${index}.value`);
    });
  }
}
