import fastify, { type FastifyInstance } from 'fastify';
import { isDefect } from '#evidence/defect';
import { openByLog } from '#evidence/inclusion';
import type { SiteIdentity } from '../pages/page-facts.js';
import type { ProofGround } from '../publish/publication-proof.js';
import { Catalogue } from './catalogue.js';
import { addCheckRoutes } from './check-routes.js';
import type { FilesGround } from './edition-files.js';
import { addFeedRoutes } from './feed-routes.js';
import { addListRoutes } from './list-routes.js';
import { addOpenDataRoutes } from './open-data-routes.js';
import { addOrganRoutes } from './organ-routes.js';
import type { ProvenPages } from './proven-pages.js';
import { addReportRoutes } from './report-routes.js';
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
  const trust = { bytes: new TextEncoder().encode(JSON.stringify(settings.trust)), type: MEDIA.json };
  server.get('/.well-known/sunward/trust.json', (request, reply) => answers.send(request, reply, trust));
  server.get('/.well-known/sunward/checkpoint', async (request, reply) => {
    const bytes = await folder.readCheckpoint();
    if (bytes === undefined) return answers.absent(request, reply, 404);
    if (isDefect(openByLog(new TextDecoder().decode(bytes), settings.trust, crypto)))
      return answers.absent(request, reply, 503);
    return answers.send(request, reply, { bytes, type: MEDIA.text });
  });
  addReportRoutes(server, site, settings);
  server.setNotFoundHandler((request, reply) => answers.absent(request, reply, 404));
  server.setErrorHandler((error, request, reply) => {
    settings.onFault(error);
    return answers.absent(request, reply, 503);
  });
  return server;
}
