import { type RuleSettings, wordsFor } from '../rules/rule-settings.js';
import type { Clause, Sentence } from './clauses.js';
import type { ProseNumber } from './prose-number.js';

/** One part of a whole with the clause that says it; `kind`: what sort of part, `outcome`: which outcome; null when the words do not tell. */
export interface BreakdownPart {
  readonly clause: Clause;
  readonly number: ProseNumber;
  readonly kind: string | null;
  readonly outcome: string | null;
}

/**
 * A whole and the parts said behind it. `open`: the list says itself that it is not complete (主要, 等); `loose`: 包括 rather than 其中;
 * `nested`: a part has parts of its own.
 */
export interface Breakdown {
  readonly whole: ProseNumber;
  readonly wholeClause: Clause;
  readonly parts: readonly BreakdownPart[];
  readonly open: boolean;
  readonly loose: boolean;
  readonly nested: boolean;
  readonly from: number;
  readonly to: number;
}

const TRIGGER = /其中|主要包括|主要有|包括|包含|分别为|分别是|分为/u;
const LOOSE = /包括|包含|主要有/u;
const KINDS = ['channel', 'applicant', 'outcome', 'flow', 'other'] as const;
type KindWords = readonly (readonly [kind: string, words: readonly string[]])[];

/** Words of each kind of part for a report year. */
export function kindWords(settings: RuleSettings, year: number): KindWords {
  return KINDS.map((kind) => [kind, wordsFor(settings, `P.kinds.${kind}`, year)]);
}

/** Every whole with its parts in a sentence, and in the one after it when that begins with 其中. */
export function breakdownsIn(sentence: Sentence, next: Sentence | undefined, kinds: KindWords): readonly Breakdown[] {
  const clauses = [...sentence.clauses, ...(next?.clauses[0]?.text.startsWith('其中') === true ? next.clauses : [])];
  return clauses.flatMap((clause, index): Breakdown[] => {
    if (index >= sentence.clauses.length + 1 || !TRIGGER.test(clause.text)) return [];
    const at = clause.text.search(TRIGGER);
    const inside = clause.numbers.findLast(({ to }) => to <= at);
    const wholeClause =
      inside === undefined
        ? clauses.slice(0, index).findLast(({ numbers, depth }) => numbers.length > 0 && depth <= clause.depth)
        : clause;
    const whole = inside ?? wholeClause?.numbers.at(-1);
    if (whole === undefined || wholeClause === undefined || whole.unit === '%') return [];
    const { parts, open, nested, to } = partsFrom(clauses, index, whole, kinds);
    if (parts.length === 0) return [];
    const loose = LOOSE.test(clause.text);
    return [
      { whole, wholeClause, parts, open: open || /主要/u.test(clause.text), loose, nested, from: wholeClause.from, to },
    ];
  });
}

interface Run {
  readonly parts: readonly BreakdownPart[];
  readonly open: boolean;
  readonly nested: boolean;
  readonly to: number;
}

/** The clauses that go on listing: one number of the same unit each, until the sentence turns to something else. */
function partsFrom(clauses: readonly Clause[], first: number, whole: ProseNumber, kinds: KindWords): Run {
  const depth = clauses[first]?.depth ?? 0;
  const parts: BreakdownPart[] = [];
  let open = false;
  let nested = false;
  let to = clauses[first]?.to ?? 0;
  for (const [index, clause] of clauses.entries()) {
    if (index < first) continue;
    // What stands in brackets behind a part is about that part.
    if (clause.depth > depth) {
      nested ||= /其中/u.test(clause.text);
      continue;
    }
    if (clause.depth < depth) break;
    const again = index > first && TRIGGER.test(clause.text);
    if (again) {
      nested = true;
      break;
    }
    const at = index === first ? clause.text.search(TRIGGER) : 0;
    const numbers = clause.numbers.filter(({ from, unit }) => from >= at && unit === whole.unit);
    open ||= /等$|等其他|等等/u.test(clause.text);
    const [number, more] = numbers;
    if (number === undefined) {
      // 占 50 % and an empty clause go on with the list, anything else ends it.
      if (clause.text === '' || /^其中$|占/u.test(clause.text) || (index === first && clause.numbers.length === 0))
        continue;
      break;
    }
    const kind = kindOf(clause.text, kinds);
    if (more !== undefined || kind === 'flow') break;
    parts.push({
      clause,
      number,
      kind: kind === 'other' ? (parts.at(-1)?.kind ?? null) : kind,
      outcome: kind === 'outcome' ? wordOf(clause.text, kind, kinds) : null,
    });
    ({ to } = clause);
  }
  return { parts, open, nested, to };
}

function kindOf(text: string, kinds: KindWords): string | null {
  const said = text.replace(/占.*$/u, '');
  return kinds.find(([, words]) => words.some((word) => said.includes(word)))?.[0] ?? null;
}

function wordOf(text: string, kind: string, kinds: KindWords): string | null {
  return kinds.find(([known]) => known === kind)?.[1].find((word) => text.includes(word)) ?? null;
}
