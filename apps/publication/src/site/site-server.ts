import fastify, { type FastifyInstance } from 'fastify';
import { isDefect } from '#evidence/defect';
import { openByLog } from '#evidence/inclusion';
import { readAddress } from '../domain/public-address.js';
import type { SiteIdentity } from '../pages/page-facts.js';
import type { ProofGround } from '../publish/publication-proof.js';
import { isDerived } from '../publish/page-manifest.js';
import { Catalogue } from './catalogue.js';
import { addCheckRoutes } from './check-routes.js';
import { derivedBody } from './derived-body.js';
import { EditionFiles, type FilesGround } from './edition-files.js';
import { comparisonPage, englishPage, englishWithdrawal } from './edition-views.js';
import { addFeedRoutes } from './feed-routes.js';
import { addListRoutes } from './list-routes.js';
import { addOpenDataRoutes } from './open-data-routes.js';
import { addOrganRoutes } from './organ-routes.js';
import { PageBodies } from './page-bodies.js';
import type { ProvenPages } from './proven-pages.js';
import type { SearchGround } from './search-answers.js';
import { addSearchRoutes } from './search-routes.js';
import { MEDIA, SiteAnswers } from './site-answers.js';

/** What the public site is made of. `onFault`: told of errors that are answered with 503. */
export interface SiteSettings extends ProofGround, FilesGround {
  readonly identity: SiteIdentity;
  readonly pages: ProvenPages;
  /** Where the search looks; nothing else of the site asks it. */
  readonly search: SearchGround['search'];
  readonly onFault: (error: unknown) => void;
  readonly patience?: Patience;
}

/** How long the site bears with a reader, in milliseconds. */
interface Patience {
  /** To ask: from the first byte, or the connection, to the end of the question. */
  readonly askMs: number;
  /** To take anything at all of an answer, or to ask again. */
  readonly takeMs: number;
}

/** Longer than a file takes that is made anew when somebody asks for it. */
const PATIENCE: Patience = { askMs: 10_000, takeMs: 90_000 };

/** Milliseconds a reader has to finish when the site stops. */
const CLOSING_GRACE_MS = 2_000;

/**
 * The public site: GET and HEAD only, no cookie, no script. It shows what an address' link names, and only after the files proved
 * themselves; but for the search it needs no database, so it goes on serving while everything else is away.
 */
export function buildSiteServer(settings: SiteSettings): FastifyInstance {
  const { folder, pages, crypto } = settings;
  const answers = new SiteAnswers(crypto);
  const catalogue = new Catalogue(folder, pages, settings.onFault);
  const bodies = new PageBodies(settings);
  const files = new EditionFiles(settings);
  const { askMs, takeMs } = settings.patience ?? PATIENCE;
  const server = fastify({
    requestTimeout: askMs,
    connectionTimeout: takeMs,
    http: { headersTimeout: askMs, connectionsCheckingInterval: askMs / 2 },
    bodyLimit: 1024,
    return503OnClosing: true,
    // An address that cannot be read names nothing; without this it would be answered without the headers every answer has.
    frameworkErrors: (_, request, reply) => void answers.absent(request, reply, 404).catch(settings.onFault),
  });

  // Node counts a connection as idle only after a first request: one that a browser opened ahead would hold the stop for half a minute.
  server.addHook('preClose', (done) => {
    setTimeout(() => server.server.closeAllConnections(), CLOSING_GRACE_MS).unref();
    done();
  });

  server.addHook('onClose', (_, done) => {
    catalogue.close();
    done();
  });
  const site = { answers, catalogue, pages, origin: settings.trust.site, identity: settings.identity };
  addListRoutes(server, site);
  addOrganRoutes(server, site);
  addCheckRoutes(server, site, settings);
  addFeedRoutes(server, site);
  addOpenDataRoutes(server, site);
  addSearchRoutes(server, site, settings);
  server.get('/.well-known/sunward/trust.json', (request, reply) =>
    answers.send(request, reply, { bytes: new TextEncoder().encode(JSON.stringify(settings.trust)), type: MEDIA.json }),
  );
  server.get('/.well-known/sunward/checkpoint', async (request, reply) => {
    const bytes = await folder.readCheckpoint();
    if (bytes === undefined) return answers.absent(request, reply, 404);
    if (isDefect(openByLog(new TextDecoder().decode(bytes), settings.trust, crypto)))
      return answers.absent(request, reply, 503);
    return answers.send(request, reply, { bytes, type: MEDIA.text });
  });
  server.get('/*', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    // Under /en/ stand the pages in an English frame; files are the same for everybody.
    const isEnglish = path.startsWith('/en/');
    const language = isEnglish ? 'en' : 'zh';
    const address = readAddress(isEnglish ? path.slice('/en'.length) : path);
    if (isEnglish && address !== null && address.file !== '' && address.file !== 'comparison.html')
      return answers.redirect(reply, path.slice('/en'.length), 308);
    if (address === null) {
      if (readAddress(`${isEnglish ? path.slice('/en'.length) : path}/`)?.file === '')
        return answers.redirect(reply, `${path}/`, 308);
      return answers.absent(request, reply, 404);
    }
    const page = await pages.at(address);
    if (page === undefined) return answers.absent(request, reply, 404);
    if ('defect' in page) return answers.absent(request, reply, 503);
    if (page.shows === 'edition' && isDerived(address.file)) {
      const file = await files.at(address, page, address.file);
      if (file === undefined) return answers.absent(request, reply, 404);
      if ('defect' in file) return answers.absent(request, reply, 503);
      return answers.send(request, reply, derivedBody(file, page));
    }
    if (page.shows === 'edition' && address.file === 'comparison.html')
      return answers.page(request, reply, await comparisonPage(page, settings, language));
    if (page.shows === 'edition' && isEnglish) return answers.page(request, reply, await englishPage(page, settings));
    if (page.shows === 'withdrawal' && isEnglish) return answers.page(request, reply, englishWithdrawal(page), {}, 410);
    const body = await bodies.of(address, page);
    return body === undefined ? answers.absent(request, reply, 404) : answers.send(request, reply, body);
  });
  server.setNotFoundHandler((request, reply) => answers.absent(request, reply, 404));
  server.setErrorHandler((error, request, reply) => {
    settings.onFault(error);
    return answers.absent(request, reply, 503);
  });
  return server;
}
