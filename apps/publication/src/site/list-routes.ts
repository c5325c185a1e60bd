import type { FastifyInstance } from 'fastify';
import type { ListQuery } from '../pages/ask-form.page.js';
import { CORRECTIONS_PATH, type ListedAct, renderCorrectionsPage } from '../pages/corrections.page.js';
import { renderAccessibilityPage } from '../pages/accessibility.page.js';
import { ACCESSIBILITY_PATH, inFrame, LANGUAGES } from '../pages/frame.page.js';
import { LIST_PATH, type ListView, PAGE_SIZE, renderListPage, type YearCount } from '../pages/list.page.js';
import type { ListedReport } from '../pages/listed-report.page.js';
import type { SiteIdentity } from '../pages/page-facts.js';
import { type PageOf, pageOf } from '../pages/pager.page.js';
import type { Catalogue, ListedLink, Listing } from './catalogue.js';
import { KeptBodies } from './kept-bodies.js';
import { listedActs } from './listed-acts.js';
import { organsCalled } from '../search/organs-called.js';
import type { ProvenPages } from './proven-pages.js';
import { numberIn, textIn } from './query.js';
import type { SiteAnswers } from './site-answers.js';

/** What the pages around the reports are made of. `origin`: of the public site, as its trust file names it. */
export interface SiteParts {
  readonly answers: SiteAnswers;
  readonly catalogue: Catalogue;
  readonly pages: ProvenPages;
  readonly origin: string;
  readonly identity: SiteIdentity;
}

const ACTS_ON_A_PAGE = 20;

/** The front page, the list of corrections, and what the site says of its accessibility. */
export function addListRoutes(server: FastifyInstance, { answers, catalogue, ...site }: SiteParts): void {
  const kept = new KeptBodies<Listing>();
  server.get('/', (_, reply) => answers.redirect(reply, LIST_PATH, 302));
  server.get('/en', (_, reply) => answers.redirect(reply, inFrame('en', LIST_PATH), 302));
  server.get('/en/', (_, reply) => answers.redirect(reply, inFrame('en', LIST_PATH), 302));
  for (const language of LANGUAGES) {
    const page = answers.page(renderAccessibilityPage(site, language));
    const statement = inFrame(language, ACCESSIBILITY_PATH);
    server.get(statement.slice(0, -1), (_, reply) => answers.redirect(reply, statement, 308));
    server.get(statement, (request, reply) => answers.send(request, reply, page));
    const add = (path: string, layOut: (listing: Listing, asked: unknown) => Uint8Array): void => {
      const own = inFrame(language, path);
      server.get(own.slice(0, -1), (_, reply) => answers.redirect(reply, own, 308));
      server.get(own, async (request, reply) => {
        const [listing, asked] = [await catalogue.now(), request.query];
        const name = JSON.stringify([own, queryIn(asked), pageNumber(asked)]);
        const body = kept.of(listing, name, () => answers.page(layOut(listing, asked), { form: true }));
        return answers.send(request, reply, body);
      });
    };
    add(LIST_PATH, (listing, asked) => renderListPage(listView(listing, asked), language, site));
    add(CORRECTIONS_PATH, (listing, asked) => {
      const years = [...new Set(listedActs(listing).map(({ year }) => year))].toSorted((a, b) => b - a);
      return renderCorrectionsPage(actsAsked(listing, asked), language, { query: queryIn(asked), years }, site);
    });
  }
}

/** What the front page shows of a listing for a question. */
export function listView(listing: Listing, asked: unknown): ListView {
  const query = queryIn(asked);
  const years = [...new Set(listing.reports.map(({ link }) => link.year))];
  const found = askedFor(listing.reports, query).map(listedReport);
  const page = pageOf(found, pageNumber(asked), PAGE_SIZE);
  const { unproved, isWhole } = listing;
  return { query, years, page, count: countOf(listing, query.year ?? years[0]), unproved, isWhole };
}

/** The page of the corrections that was asked for. */
export function actsAsked(listing: Listing, asked: unknown): PageOf<ListedAct> {
  const { year, organ } = queryIn(asked);
  const ofYear = listedActs(listing).filter((act) => year === null || act.year === year);
  const found = organsCalled(ofYear, organ, (act) => [act.organ, act.name]);
  return pageOf(found, pageNumber(asked), ACTS_ON_A_PAGE);
}

const queryIn = (asked: unknown): ListQuery => ({
  year: numberIn(asked, 'year', 9999),
  organ: textIn(asked, 'organ', 60),
});

const pageNumber = (asked: unknown): number => numberIn(asked, 'page', 100_000) ?? 1;

function askedFor(reports: readonly ListedLink[], { year, organ }: ListQuery): readonly ListedLink[] {
  const ofYear = year === null ? reports : reports.filter(({ link }) => link.year === year);
  return organsCalled(ofYear, organ, ({ link, facts }) => [link.organ, facts.name, facts.title]);
}

/** A public report as lists show it. */
export function listedReport({ facts }: ListedLink): ListedReport {
  const { organ, name, year, edition, title, at, notice, files } = facts;
  const how = notice?.kind === 'correct' || notice?.kind === 'emergency' ? notice.kind : null;
  return { organ, name, year, edition: edition ?? 0, title, at, how, files };
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
