import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allFormats } from '#report/format';
import { editionSchema } from '#report/writers/report-schema';
import { type CatalogueYear, dataCatalogue } from '../feeds/data-catalogue.js';
import { inFrame, LANGUAGES } from '../pages/frame.page.js';
import { renderDataPage } from '../pages/data.page.js';
import type { ListedLink, Listing } from './catalogue.js';
import { KeptBodies } from './kept-bodies.js';
import { keptUp } from './kept-up.js';
import type { SiteParts } from './list-routes.js';
import { listedActs } from './listed-acts.js';
import { changesCsv, correctionsCsv, dictionaryCsv, reportsCsv, reportsJsonLines } from './open-data.js';
import { HEADERS, MEDIA, OPEN, policyOf } from './site-answers.js';

/** Whole downloads at work at once; each reads every report from the disk. */
const AT_ONCE = 4;

/** The open data: all reports and each year as CSV and JSON Lines, made while they are sent, with dictionary and catalogue. */
export function addOpenDataRoutes(server: FastifyInstance, site: SiteParts): void {
  const { answers, catalogue, pages, origin, identity } = site;
  const kept = new KeptBodies<Listing>();
  let running = 0;

  for (const language of LANGUAGES) {
    const path = inFrame(language, '/data/');
    server.get(path.slice(0, -1), (_, reply) => answers.redirect(reply, path, 308));
    server.get(path, async (request, reply) => {
      const listing = await catalogue.now();
      const { unproved, isWhole } = listing;
      const body = kept.of(listing, path, () =>
        answers.page(renderDataPage(yearsOf(listing), unproved, isWhole, language, site)),
      );
      return answers.send(request, reply, body);
    });
  }
  const add = (path: string, type: string, textOf: (listing: Listing) => string): void => {
    server.get(path, async (request, reply) => {
      const listing = await catalogue.now();
      const body = kept.of(listing, path, () => ({ bytes: new TextEncoder().encode(textOf(listing)), type }));
      return answers.send(request, reply, body);
    });
  };
  add('/data/dictionary.csv', MEDIA.csv, dictionaryCsv);
  add('/data/corrections.csv', MEDIA.csv, (listing) => correctionsCsv(listedActs(listing)));
  add('/data/changes.csv', MEDIA.csv, ({ acts }) => changesCsv(acts));
  add('/data/report.schema.json', 'application/schema+json; charset=utf-8', () => reportSchema());
  add('/data/catalog.jsonld', 'application/ld+json; charset=utf-8', (listing) =>
    dataCatalogue(origin, yearsOf(listing), listing.acts[0]?.at ?? null, identity.name),
  );

  server.get('/data/:file', async (request: FastifyRequest<{ Params: { file: string } }>, reply: FastifyReply) => {
    const asked = /^reports(?:-(?<year>\d{4}))?\.(?<form>csv|jsonl)$/.exec(request.params.file)?.groups;
    if (asked === undefined) return answers.absent(request, reply, 404);
    const { reports } = await catalogue.now();
    const links = asked['year'] === undefined ? reports : ofYear(reports, Number(asked['year']));
    if (links.length === 0 && asked['year'] !== undefined) return answers.absent(request, reply, 404);
    const isCsv = asked['form'] === 'csv';
    // Before anything is said of the file: what says that it cannot be had now is a page, and not saved under its name.
    if (running >= AT_ONCE && request.method !== 'HEAD')
      return answers.absent(request, reply.header('retry-after', '10'), 503);
    reply
      .headers({ ...HEADERS, ...OPEN, 'content-security-policy': policyOf({}) })
      .header('content-disposition', `attachment; filename="${request.params.file}"`)
      .type(isCsv ? MEDIA.csv : 'application/jsonl; charset=utf-8');
    // Its length is known only once it is sent: a HEAD says none rather than 0.
    if (request.method === 'HEAD') return reply.send(Readable.from([]));
    running += 1;
    const data = isCsv ? reportsCsv(pages, links, origin) : reportsJsonLines(pages, links);
    const stream = Readable.from(keptUp(data), { objectMode: false });
    stream.once('close', () => (running -= 1));
    return reply.send(stream);
  });
}

/** The JSON Schema of `report.json`, of every format known here. */
function reportSchema(): string {
  return `${JSON.stringify(editionSchema(allFormats()), null, 1)}\n`;
}

function ofYear(reports: readonly ListedLink[], year: number): readonly ListedLink[] {
  return reports.filter(({ link }) => link.year === year);
}

function yearsOf({ reports }: Pick<Listing, 'reports'>): readonly CatalogueYear[] {
  const years = new Map<number, CatalogueYear>();
  for (const { link, facts } of reports) {
    const { year } = link;
    const known = years.get(year) ?? { year, reports: 0, at: '' };
    years.set(year, { year, reports: known.reports + 1, at: facts.at > known.at ? facts.at : known.at });
  }
  return [...years.values()];
}
