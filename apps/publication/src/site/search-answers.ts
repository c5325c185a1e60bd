import { isRefusal, type Refusal } from '#domain/decision';
import { type PageOf, pageOf } from '../pages/pager.page.js';
import type { AskedFor, FoundReport } from '../pages/search.page.js';
import type { ReportSearch } from '../search/report-search.js';
import { findInEdition } from '../search/report-hits.js';
import { readQuestion, type SearchQuestion } from '../search/search-question.js';
import { organsCalled } from '../search/organs-called.js';
import type { ProvenFacts, ProvenPages } from './proven-pages.js';
import { numberIn, textIn } from './query.js';
import type { SiteFolder } from './site-folder.js';

/** What answers are made of. `search`: where to look; what is shown is read from proven files. */
export interface SearchGround {
  readonly folder: SiteFolder;
  readonly pages: ProvenPages;
  readonly search: Pick<ReportSearch, 'find'>;
}

/** What of the list of public reports a question is read with: the names of organs. */
type Known = readonly { readonly facts: Pick<ProvenFacts, 'organ' | 'name'> }[];

/** A page of what was found. `unproved`: reports of this page whose text on the disk does not hold the words, or does not prove itself. */
export interface FoundPage {
  readonly page: PageOf<FoundReport>;
  readonly isMore: boolean;
  readonly unproved: number;
}

export type SearchRefused = Refusal<
  | 'search_too_short'
  | 'search_too_long'
  | 'search_too_many_words'
  | 'search_too_much'
  | 'search_busy'
  | 'search_unavailable'
>;

const REPORTS_ON_A_PAGE = 20;
/** Longer than any address a server takes: what is longer than a question may be is refused in words, not overlooked. */
const WHATEVER = 20_000;

/** The question in an address. */
export function askedIn(query: unknown): AskedFor {
  const [typed, organ] = [textIn(query, 'q', WHATEVER), textIn(query, 'organ', 60)];
  return { typed, organ, year: numberIn(query, 'year', 9999) };
}

/** What was found, quoted from the signed texts; null when nothing was asked. `known`: public reports, whose organs may be named for short. */
export async function answerTo(
  query: unknown,
  ground: SearchGround,
  known: Known,
): Promise<FoundPage | SearchRefused | null> {
  const { typed, organ, year } = askedIn(query);
  const question = readQuestion(typed, { organ, organs: codesOf(known, organ), year });
  if (question === null || isRefusal(question)) return question;
  const found = await ground.search.find(question);
  if (isRefusal(found)) return found;
  const { candidates, isMore } = found;
  const page = pageOf(candidates, numberIn(query, 'page', 1000) ?? 1, REPORTS_ON_A_PAGE);
  const shown = await Promise.all(page.items.map((candidate) => quote(candidate, question, ground)));
  const items = shown.filter((one) => one !== null);
  return { page: { ...page, items }, isMore, unproved: shown.length - items.length };
}

/** Codes of the organs that are called so; none where none is asked for. */
function codesOf(known: Known, organ: string): readonly string[] {
  const called = organ === '' ? [] : organsCalled(known, organ, ({ facts }) => [facts.name]);
  return [...new Set(called.map(({ facts }) => facts.organ))];
}

async function quote(
  at: { readonly organ: string; readonly year: number },
  { words }: SearchQuestion,
  { folder, pages }: SearchGround,
): Promise<FoundReport | null> {
  const address = { organ: at.organ, year: at.year, edition: null };
  const tree = folder.linkOf(address);
  const signed = tree === undefined ? undefined : await pages.reportAt({ ...address, tree });
  const find = signed === undefined ? null : findInEdition(signed.edition, words);
  if (signed === undefined || find === null) return null;
  const { organ, year, edition } = signed.edition;
  return { organCode: organ.code, year, edition, at: signed.facts.at, ...find };
}
