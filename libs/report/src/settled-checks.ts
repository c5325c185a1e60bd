import type { CheckResult } from './check-report.js';

/** A sentence somebody gave for one failed check. `check`: its key, as `checkKey` makes it. */
export interface Explanation {
  readonly check: string;
  readonly sentence: string;
}

/** A failed check with the sentence that lets the report pass in spite of it. */
export interface ExplainedCheck {
  readonly check: CheckResult;
  readonly sentence: string;
}

/**
 * Failed checks against the sentences given. `barring`: errors nobody may override, or nobody has; `unexplained`: warnings without a
 * sentence; `overridden` and `explained`: those with one; `unknown`: keys that name no failed check of this content, so that no sentence
 * given for other figures is taken along in silence.
 */
export interface SettledChecks {
  readonly barring: readonly CheckResult[];
  readonly unexplained: readonly CheckResult[];
  readonly overridden: readonly ExplainedCheck[];
  readonly explained: readonly ExplainedCheck[];
  readonly unknown: readonly string[];
}

/**
 * Names a failed check by rule, place and numbers, e.g. `T3-05|t3.2.total|12|13`: when a number changes, so does the key, and a sentence given
 * for the old one no longer counts.
 */
export function checkKey({ rule, place, expected = '', found = '' }: CheckResult): string {
  return [rule, placeKey(place), expected, found].join('|');
}

/** Weighs every failed check against the sentences; checks that passed or could not be assessed need none. */
export function settleChecks(results: readonly CheckResult[], explanations: readonly Explanation[]): SettledChecks {
  const sentences = new Map(explanations.map(({ check, sentence }) => [check, sentence.trim()]));
  const failed = results.filter(({ status }) => status === 'fail');
  const keys = new Set(failed.filter(({ severity }) => severity !== 'I').map(checkKey));
  const settled = { barring: [], unexplained: [], overridden: [], explained: [] } as {
    -readonly [K in 'barring' | 'unexplained']: CheckResult[];
  } & { -readonly [K in 'overridden' | 'explained']: ExplainedCheck[] };
  for (const check of failed) {
    if (check.severity === 'I') continue;
    const sentence = sentences.get(checkKey(check)) ?? '';
    const settles = sentence !== '' && (check.severity === 'W' || check.overridable);
    if (check.severity === 'E') {
      if (settles) settled.overridden.push({ check, sentence });
      else settled.barring.push(check);
    } else if (settles) settled.explained.push({ check, sentence });
    else settled.unexplained.push(check);
  }
  return { ...settled, unknown: [...sentences.keys()].filter((key) => !keys.has(key)) };
}

function placeKey(place: CheckResult['place']): string {
  if ('part' in place) return place.part;
  if ('chapter' in place) {
    const { chapter, paragraph, from, to } = place;
    return [`c${chapter}`, paragraph, from, to].filter((part) => part !== undefined).join('.');
  }
  return place.cell ?? [place.table, place.block, place.row, place.column].filter(Boolean).join('.');
}
