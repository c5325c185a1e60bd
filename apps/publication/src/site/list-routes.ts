import type { FastifyInstance } from 'fastify';
import { renderCorrectionsPage } from '../pages/corrections.page.js';
import {
  LIST_PATH,
  type ListedReport,
  type ListQuery,
  PAGE_SIZE,
  renderListPage,
  type YearCount,
} from '../pages/list.page.js';
import { pageOf } from '../pages/pager.page.js';
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
  server.get(LIST_PATH.slice(0, -1), (_, reply) => answers.redirect(reply, LIST_PATH, 308));
  server.get(LIST_PATH, async (request, reply) => {
    const query = { year: numberIn(request.query, 'year', 9999), organ: textIn(request.query, 'organ', 60) };
    const listing = await catalogue.now();
    const years = [...new Set(listing.reports.map(({ link }) => link.year))];
    const found = listing.reports.filter((one) => isAskedFor(one, query)).map(listedReport);
    const page = pageOf(found, numberIn(request.query, 'page', 100_000) ?? 1, PAGE_SIZE);
    const { unproved, isWhole } = listing;
    const count = countOf(listing, query.year ?? years[0]);
    return answers.page(request, reply, renderListPage({ query, years, page, count, unproved, isWhole }), {
      form: true,
    });
  });
  server.get(CORRECTIONS_PATH, async (request, reply) => {
    const acts = listedActs(await catalogue.now());
    const page = pageOf(acts, numberIn(request.query, 'page', 100_000) ?? 1, ACTS_ON_A_PAGE);
    return answers.page(request, reply, renderCorrectionsPage(page));
  });
  server.get(CORRECTIONS_PATH.slice(0, -1), (_, reply) => answers.redirect(reply, CORRECTIONS_PATH, 308));
}

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
