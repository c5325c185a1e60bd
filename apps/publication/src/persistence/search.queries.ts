import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { isOnePair, pairsOf, yearMark } from '../search/word-pairs.js';

/** A report that may hold what is looked for. */
export interface Candidate {
  readonly document: string;
  readonly organ: string;
  readonly year: number;
}

/** What candidates must hold. `marks`: numbers beside those of the words; `organ`: a code, '' for any; `organName`: the same folded, found in a name; `organs`: codes of further ones it may mean. */
export interface Wanted {
  readonly words: readonly string[];
  readonly marks: readonly number[];
  readonly organ: string;
  readonly organName: string;
  readonly organs: readonly string[];
}

/** Makes the statements of this transaction give up after `timeoutMs`. */
export async function boundSearch(tx: Tx, timeoutMs: number): Promise<void> {
  await rows(
    tx,
    `SELECT set_config('statement_timeout', $1, true), set_config('work_mem', '16MB', true),
       set_config('max_parallel_workers_per_gather', '0', true)`,
    [String(timeoutMs)],
  );
}

/** Makes what follows go by the index of pairs, even where most reports hold them: reading every row would unfold every text, which the planner does not count. */
export async function goByPairs(tx: Tx): Promise<void> {
  await rows(tx, `SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`);
}

/** The report years there are, newest first; one look into the index of years for each. Comes before `goByPairs`. */
export async function findYears(handle: Handle): Promise<number[]> {
  const years: number[] = [];
  const next = (before: number): Promise<{ year: number | null } | undefined> =>
    row(handle, 'SELECT max(year) AS year FROM search_entry WHERE year < $1', [before]);
  for (let year = (await next(100_000))?.year ?? null; year !== null; year = (await next(year))?.year ?? null)
    years.push(year);
  return years;
}

/** Letters of a word that few reports hold: a phrase of its own rather than a term of the trade. */
const RARE_LETTERS = 8;

/** True when words are so long that looking through all years at once finds them sooner than one year after the other. */
export function seemRare({ words }: Pick<Wanted, 'words'>): boolean {
  return words.some((word) => word.length >= RARE_LETTERS);
}

/** Rows with the pairs of every word, of the organs asked for. */
const HOLDS = "pairs @> $1::int[] AND ($2 = '' OR organ = $2 OR strpos(names, $3) > 0 OR organ = ANY($7::text[]))";
/** Of a row with `text`: what holds the pairs of a word holds the word. */
const COMPARED = 'NOT EXISTS (SELECT FROM unnest($5::text[]) AS word WHERE strpos(text, word) = 0)';
const IS_NAMED = 'EXISTS (SELECT FROM unnest($4::text[]) AS word WHERE strpos(names, word) > 0)';

function valuesOf({ words, marks, organ, organName, organs }: Wanted, limit: number): unknown[] {
  const pairs = [...new Set([...words.flatMap(pairsOf), ...marks])];
  return [pairs, organ, organName, words, words.filter((word) => !isOnePair(word)), limit, organs];
}

/**
 * Reports of any year that hold every word, the newest year first, then as `findCandidates` has them; of more than `limit` any `limit`, so fewer are
 * all there are. One walk over the index, where a walk for each year steps over the others every time.
 */
export function findEverywhere(tx: Tx, wanted: Wanted, limit: number): Promise<Candidate[]> {
  return rows<Candidate>(
    tx,
    `SELECT document, organ, year FROM (
       SELECT document, organ, year, names FROM search_entry WHERE ${HOLDS} AND ${COMPARED} LIMIT $6
     ) AS found
     ORDER BY year DESC, ${IS_NAMED} DESC, organ, document`,
    valuesOf(wanted, limit),
  );
}

/**
 * Reports of a year that hold every word, at most `limit`: those whose name holds one first, then by organ. A word of two letters is known by its
 * pair; longer ones are compared with the text, in the order of the answer, and no more of them than are asked for.
 */
export function findCandidates(tx: Tx, wanted: Wanted, year: number, limit: number): Promise<Candidate[]> {
  return rows<Candidate>(
    tx,
    `SELECT document, organ, year FROM (
       SELECT document, organ, year, text FROM search_entry WHERE ${HOLDS}
       ORDER BY ${IS_NAMED} DESC, organ, document
       OFFSET 0
     ) AS candidate
     WHERE ${COMPARED} LIMIT $6`,
    valuesOf({ ...wanted, marks: [...wanted.marks, yearMark(year)] }, limit),
  );
}
