import type { DataSource } from 'typeorm';
import { refuse, type Refusal } from '#domain/decision';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { allFormats } from '#report/format';
import {
  boundSearch,
  type Candidate,
  findCandidates,
  findEverywhere,
  findYears,
  goByPairs,
  seemRare,
  type Wanted,
} from '../persistence/search.queries.js';
import { errorCode } from '../domain/error-code.js';
import { foldWords } from './folded-words.js';
import { foldedLabels } from './searched-passages.js';
import type { SearchQuestion } from './search-question.js';
import { formMark } from './word-pairs.js';

/** Reports a question may find; who finds more asks for less. */
export const MOST_FOUND = 200;

/** Questions at work at once: the publisher needs connections of the same pool. */
const AT_ONCE = 3;
/** Milliseconds: of one statement, of all of a question, and until a reader is told that there is no answer. */
const STATEMENT_MS = 1_000;
const QUESTION_MS = 2_000;
const ANSWER_MS = 4_000;
const STATEMENT_TIMEOUT = '57014';

/** Where to look. `isMore`: there are more than these. */
export interface FoundCandidates {
  readonly candidates: readonly Candidate[];
  readonly isMore: boolean;
}

type NotFound = Refusal<'search_too_much' | 'search_busy' | 'search_unavailable'>;

/**
 * Asks the database where words stand. What it answers is a place to look at, no more: whoever shows something takes it from proven files. Refuses
 * `search_too_much`, `search_busy`, and `search_unavailable` when the database does not answer; the site goes on without it.
 */
export class ReportSearch {
  #running = 0;

  constructor(
    private readonly db: DataSource,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Up to `MOST_FOUND` reports, the newest year first; those that hold a word in their tables' labels only come last. */
  async find(question: SearchQuestion): Promise<FoundCandidates | NotFound> {
    if (this.#running >= AT_ONCE) return refuse('search_busy', { retryAfterSeconds: 2 });
    this.#running += 1;
    const asking = this.ask(question).finally(() => (this.#running -= 1));
    return Promise.race([asking, patience()]);
  }

  private async ask(question: SearchQuestion): Promise<FoundCandidates | NotFound> {
    try {
      return await runInTransaction(this.db, (tx) => findAll(tx, question));
    } catch (error) {
      if (errorCode(error) === STATEMENT_TIMEOUT) return refuse('search_too_much');
      this.onFault(error);
      return refuse('search_unavailable');
    }
  }
}

async function findAll(tx: Tx, question: SearchQuestion): Promise<FoundCandidates | NotFound> {
  await boundSearch(tx, STATEMENT_MS);
  const until = performance.now() + QUESTION_MS;
  const years = question.year === null ? await findYears(tx) : [question.year];
  await goByPairs(tx);
  const found = new Map<string, Candidate>();
  const limit = MOST_FOUND + 1;
  const note = (candidates: readonly Candidate[]): void => {
    for (const one of candidates) if (!found.has(one.document)) found.set(one.document, one);
  };
  for (const wanted of waysOf(question)) {
    const all = question.year === null && seemRare(wanted) ? await findEverywhere(tx, wanted, limit) : undefined;
    const isAll = all !== undefined && all.length < limit;
    if (isAll) note(all);
    for (const year of isAll ? [] : years) {
      if (found.size > MOST_FOUND) break;
      if (performance.now() > until) return refuse('search_too_much');
      note(await findCandidates(tx, wanted, year, limit));
    }
  }
  return { candidates: [...found.values()].slice(0, MOST_FOUND), isMore: found.size > MOST_FOUND };
}

/** A report holds the words in what was written for it, or some of them in the labels of its form, the newest form first. */
function waysOf({ words, organ, organs }: SearchQuestion): readonly Wanted[] {
  const within = { organ, organs, organName: foldWords(organ).text };
  const labelled = allFormats()
    .toReversed()
    .flatMap((format): Wanted[] => {
      const labels = foldedLabels(format);
      const written = words.filter((word) => !labels.some((label) => label.includes(word)));
      return written.length === words.length ? [] : [{ words: written, marks: [formMark(format.id)], ...within }];
    });
  return [{ words, marks: [], ...within }, ...labelled];
}

function patience(): Promise<NotFound> {
  return new Promise((resolve) => setTimeout(() => resolve(refuse('search_unavailable')), ANSWER_MS).unref());
}
