import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { organPath, publicPath } from '../domain/public-address.js';
import { atomFeed } from '../feeds/atom.js';
import { type Feed, feedEntry } from '../feeds/feed-entry.js';
import { jsonFeed } from '../feeds/json-feed.js';
import { robotsText } from '../feeds/robots.js';
import { sitemap, SITEMAP_SIZE, type SitemapEntry, sitemapIndex } from '../feeds/sitemap.js';
import { ACCESSIBILITY_PATH } from '../pages/frame.page.js';
import { LIST_PATH } from '../pages/list.page.js';
import type { OrganView } from '../pages/organ.page.js';
import { SEARCH_PATH } from '../pages/search.page.js';
import type { Listing } from './catalogue.js';
import { KeptBodies } from './kept-bodies.js';
import type { SiteParts } from './list-routes.js';
import { organView } from './organ-routes.js';
import { textIn } from './query.js';

/** Acts in a feed: more than a subscriber who asks once a day can miss. */
const FED = 100;

const XML = 'application/xml; charset=utf-8';

/** Feeds of what is new, corrected and withdrawn, and what search engines ask for. */
export function addFeedRoutes(server: FastifyInstance, { answers, catalogue, origin }: SiteParts): void {
  const kept = new KeptBodies<Listing>();
  const encoder = new TextEncoder();
  const add = (path: string, type: string, textOf: (listing: Listing) => string): void => {
    server.get(path, async (request, reply) => {
      const listing = await catalogue.now();
      const body = kept.of(listing, path, () => ({ bytes: encoder.encode(textOf(listing)), type }));
      return answers.send(request, reply, body);
    });
  };
  // With `?organ=` and a code: what one organ did alone.
  const addFeed = (path: string, type: string, textOf: (feed: Feed) => string): void => {
    server.get(path, async (request, reply) => {
      const listing = await catalogue.now();
      const code = textIn(request.query, 'organ', 60);
      const view = code === '' ? null : organView(listing, code);
      if (code !== '' && view === null) return answers.absent(request, reply, 404);
      const body = kept.of(listing, `${path} ${code}`, () => ({
        bytes: encoder.encode(textOf(feedOf(listing, origin, view))),
        type,
      }));
      return answers.send(request, reply, body);
    });
  };
  addFeed('/feeds/reports.atom', 'application/atom+xml; charset=utf-8', atomFeed);
  addFeed('/feeds/reports.json', 'application/feed+json; charset=utf-8', jsonFeed);
  add('/robots.txt', 'text/plain; charset=utf-8', () => robotsText(origin));
  add('/sitemap.xml', XML, (listing) => {
    const entries = entriesOf(listing, origin);
    if (entries.length <= SITEMAP_SIZE) return sitemap(entries);
    const parts = Array.from({ length: Math.ceil(entries.length / SITEMAP_SIZE) }, (_, index) => index + 1);
    return sitemapIndex(parts.map((no) => ({ url: `${origin}/sitemap-${no}.xml`, at: null })));
  });
  server.get('/sitemap-:no.xml', async (request: FastifyRequest<{ Params: { no: string } }>, reply: FastifyReply) => {
    const { no } = request.params;
    const entries = entriesOf(await catalogue.now(), origin);
    const part = /^[1-9]\d{0,3}$/.test(no)
      ? entries.slice((Number(no) - 1) * SITEMAP_SIZE, Number(no) * SITEMAP_SIZE)
      : [];
    if (part.length === 0) return answers.absent(request, reply, 404);
    return answers.send(request, reply, { bytes: encoder.encode(sitemap(part)), type: XML });
  });
}

/** What a subscriber hears of; of one organ alone when he asks for that. */
export function feedOf(
  { acts }: Pick<Listing, 'acts'>,
  origin: string,
  of: Pick<OrganView, 'organ' | 'name'> | null = null,
): Feed {
  const entries = acts
    .filter(({ organ }) => of === null || organ === of.organ)
    .slice(0, FED)
    .map(({ edition, notice, ...facts }) =>
      feedEntry(
        { ...facts, edition: edition ?? 0, kind: notice?.kind ?? 'publish', reason: notice?.reason ?? null },
        origin,
      ),
    );
  return { origin, entries, ...(of === null ? {} : { organ: { code: of.organ, name: of.name } }) };
}

/** The lists, the page of every organ, and every current report; earlier editions are reached from there. */
function entriesOf({ reports }: Listing, origin: string): readonly SitemapEntry[] {
  return [
    ...[LIST_PATH, SEARCH_PATH, '/data/', '/corrections/', '/check/', ACCESSIBILITY_PATH].map((path) => ({
      url: `${origin}${path}`,
      at: null,
    })),
    ...[...latestOf(reports)].map(([organ, at]) => ({ url: `${origin}${organPath(organ)}`, at })),
    ...reports.map(({ link, facts }) => ({ url: `${origin}${publicPath(link.organ, link.year)}`, at: facts.at })),
  ];
}

/** When the page of each organ last changed. */
function latestOf(reports: Listing['reports']): ReadonlyMap<string, string> {
  const latest = new Map<string, string>();
  for (const { link, facts } of reports)
    if (facts.at > (latest.get(link.organ) ?? '')) latest.set(link.organ, facts.at);
  return latest;
}
