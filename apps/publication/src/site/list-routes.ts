import type { FastifyInstance } from 'fastify';
import { type ListedAct, renderCorrectionsPage } from '../pages/corrections.page.js';
import { inFrame, LANGUAGES } from '../pages/frame.page.js';
import {
  LIST_PATH,
  type ListedReport,
  type ListQuery,
  type ListView,
  PAGE_SIZE,
  renderListPage,
  type YearCount,
} from '../pages/list.page.js';
import { type PageOf, pageOf } from '../pages/pager.page.js';
import type { Catalogue, ListedLink, Listing } from './catalogue.js';
import { listedActs } from './listed-acts.js';
import type { ProvenPages } from './proven-pages.js';
import { numberIn, textIn } from './query.js';
import type { SiteAnswers } from './site-answers.js';

/** What the pages around the reports are made of. `origin`: of the public site, as its trust file names it. */
export interface SiteParts {
  readonly answers: SiteAnswers;
  readonly catalogue: Catalogue;
  readonly pages: ProvenPages;
  readonly origin: string;
}

const CORRECTIONS_PATH = '/corrections/';
const ACTS_ON_A_PAGE = 20;

/** The front page and the list of corrections. */
export function addListRoutes(server: FastifyInstance, { answers, catalogue }: SiteParts): void {
  server.get('/', (_, reply) => answers.redirect(reply, LIST_PATH, 302));
  server.get('/en', (_, reply) => answers.redirect(reply, inFrame('en', LIST_PATH), 302));
  server.get('/en/', (_, reply) => answers.redirect(reply, inFrame('en', LIST_PATH), 302));
  for (const language of LANGUAGES) {
    const add = (path: string, layOut: (listing: Listing, asked: unknown) => Uint8Array, isForm: boolean): void => {
      const own = inFrame(language, path);
      server.get(own.slice(0, -1), (_, reply) => answers.redirect(reply, own, 308));
      server.get(own, async (request, reply) =>
        answers.page(request, reply, layOut(await catalogue.now(), request.query), { form: isForm }),
      );
    };
    add(LIST_PATH, (listing, asked) => renderListPage(listView(listing, asked), language), true);
    add(CORRECTIONS_PATH, (listing, asked) => renderCorrectionsPage(actsAsked(listing, asked), language), false);
  }
}

/** What the front page shows of a listing for a question. */
export function listView(listing: Listing, asked: unknown): ListView {
  const query = { year: numberIn(asked, 'year', 9999), organ: textIn(asked, 'organ', 60) };
  const years = [...new Set(listing.reports.map(({ link }) => link.year))];
  const found = listing.reports.filter((one) => isAskedFor(one, query)).map(listedReport);
  const page = pageOf(found, pageNumber(asked), PAGE_SIZE);
  const { unproved, isWhole } = listing;
  return { query, years, page, count: countOf(listing, query.year ?? years[0]), unproved, isWhole };
}

/** The page of the corrections that was asked for. */
export function actsAsked(listing: Listing, asked: unknown): PageOf<ListedAct> {
  return pageOf(listedActs(listing), pageNumber(asked), ACTS_ON_A_PAGE);
}

const pageNumber = (asked: unknown): number => numberIn(asked, 'page', 100_000) ?? 1;

function isAskedFor({ link, facts }: ListedLink, { year, organ }: ListQuery): boolean {
  if (year !== null && link.year !== year) return false;
  return organ === '' || link.organ === organ || facts.name.includes(organ) || facts.title.includes(organ);
}

function listedReport({ facts }: ListedLink): ListedReport {
  const { organ, name, year, edition, title, at, notice } = facts;
  const how = notice?.kind === 'correct' || notice?.kind === 'emergency' ? notice.kind : null;
  return { organ, name, year, edition: edition ?? 0, title, at, how };
}

function countOf({ reports, organs }: Listing, year: number | undefined): YearCount | null {
  if (year === undefined) return null;
  const codes = new Set(reports.filter(({ link }) => link.year === year).map(({ link }) => link.organ));
  if (organs === null) return { year, published: codes.size, directory: null };
  const missing = [...organs.names].filter(([code]) => !codes.has(code)).map(([, name]) => name);
  const published = organs.names.size - missing.length;
  const { version, at } = organs;
  return { year, published: codes.size, directory: { organs: organs.names.size, version, at, published, missing } };
}
