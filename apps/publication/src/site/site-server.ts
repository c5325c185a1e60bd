import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isDefect } from '#evidence/defect';
import { openByLog } from '#evidence/inclusion';
import { type AddressedFile, readAddress } from '../domain/public-address.js';
import { type ListedAct, renderCorrectionsPage } from '../pages/corrections.page.js';
import { type ListedReport, renderListPage } from '../pages/list.page.js';
import { renderMissingPage } from '../pages/missing.page.js';
import { style } from '../pages/style.js';
import type { ProofGround } from '../publish/publication-proof.js';
import { EvidenceZips } from './evidence-zips.js';
import { type EditionPage, type ProvenPages, styleHash, type WithdrawalPage } from './proven-pages.js';
import type { SiteFolder } from './site-folder.js';

/** What the public site is made of. `onFault`: told of errors that are answered with 503. */
export interface SiteSettings extends ProofGround {
  readonly folder: SiteFolder;
  readonly pages: ProvenPages;
  readonly onFault: (error: unknown) => void;
}

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const ZIP_TYPE = 'application/zip';
const TEXT = 'text/plain; charset=utf-8';
const LIST_PATH = '/xxgk/ndbg/';
const CORRECTIONS_PATH = '/corrections/';

/** Milliseconds a reader has to finish when the site stops. */
const CLOSING_GRACE_MS = 2_000;

/** What every answer says: read, do not run, do not frame, tell nobody. */
const HEADERS = {
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

interface Body {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly styles?: readonly string[];
  readonly status?: number;
}

/**
 * The public site: GET and HEAD only, no cookie, no script. It shows what an address' link names, and only after the files proved
 * themselves; it needs no database, so it goes on serving while everything else is away.
 */
export function buildSiteServer(settings: SiteSettings): FastifyInstance {
  const { folder, pages, crypto } = settings;
  const ownStyle = [styleHash(style, crypto)];
  const zips = new EvidenceZips(settings);
  const server = fastify({ requestTimeout: 10_000, bodyLimit: 1024, return503OnClosing: true });

  const send = (request: FastifyRequest, reply: FastifyReply, body: Body): FastifyReply => {
    const tag = `"${crypto.sha256(body.bytes)}"`;
    const styles = body.styles ?? [];
    const policy = `default-src 'none'; ${styles.length > 0 ? `style-src ${styles.join(' ')}; ` : ''}base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
    reply.headers({ ...HEADERS, 'content-security-policy': policy, etag: tag });
    if (body.status === undefined && request.headers['if-none-match']?.split(/,\s*/).includes(tag))
      return reply.status(304).send();
    reply.status(body.status ?? 200).type(body.type);
    return reply.send(Buffer.from(body.bytes));
  };
  const absent = (request: FastifyRequest, reply: FastifyReply, status: 404 | 503): FastifyReply =>
    send(request, reply, { bytes: renderMissingPage(status), type: HTML, styles: ownStyle, status });

  // Node counts a connection as idle only after a first request: one that a browser opened ahead would hold the stop for half a minute.
  server.addHook('preClose', (done) => {
    setTimeout(() => server.server.closeAllConnections(), CLOSING_GRACE_MS).unref();
    done();
  });

  server.get('/', (_, reply) => reply.headers(HEADERS).redirect(LIST_PATH, 302));
  server.get(LIST_PATH, async (request, reply) => {
    const reports = await listedReports(folder, pages);
    return send(request, reply, { bytes: renderListPage(reports), type: HTML, styles: ownStyle });
  });
  server.get(CORRECTIONS_PATH, async (request, reply) => {
    const acts = await listedActs(folder, pages);
    return send(request, reply, { bytes: renderCorrectionsPage(acts), type: HTML, styles: ownStyle });
  });
  server.get(CORRECTIONS_PATH.slice(0, -1), (_, reply) => reply.headers(HEADERS).redirect(CORRECTIONS_PATH, 308));
  server.get('/.well-known/sunward/trust.json', (request, reply) =>
    send(request, reply, { bytes: new TextEncoder().encode(JSON.stringify(settings.trust)), type: JSON_TYPE }),
  );
  server.get('/.well-known/sunward/checkpoint', async (request, reply) => {
    const bytes = await folder.readCheckpoint();
    if (bytes === undefined) return absent(request, reply, 404);
    if (isDefect(openByLog(new TextDecoder().decode(bytes), settings.trust, crypto)))
      return absent(request, reply, 503);
    return send(request, reply, { bytes, type: TEXT });
  });
  server.get('/*', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const address = readAddress(path);
    if (address === null) {
      if (readAddress(`${path}/`)?.file === '') return reply.headers(HEADERS).redirect(`${path}/`, 308);
      return absent(request, reply, 404);
    }
    const page = await pages.at(address);
    if (page === undefined) return absent(request, reply, 404);
    if ('defect' in page) return absent(request, reply, 503);
    const body =
      page.shows === 'withdrawal' ? await goneBody(address, page, folder) : await bodyOf(address, page, settings, zips);
    return body === undefined ? absent(request, reply, 404) : send(request, reply, body);
  });
  server.setNotFoundHandler((request, reply) => absent(request, reply, 404));
  server.setErrorHandler((error, request, reply) => {
    settings.onFault(error);
    return absent(request, reply, 503);
  });
  return server;
}

async function bodyOf(
  { file }: AddressedFile,
  page: EditionPage,
  settings: SiteSettings,
  zips: EvidenceZips,
): Promise<Body | undefined> {
  if (file === 'evidence.zip') {
    const receipt = await settings.folder.readReceipt(page.tree.digest);
    const inclusion = await settings.pages.inclusionOf(page.proven.evidenceBytes);
    const beside = { ...(receipt === undefined ? {} : { receipt }), ...(inclusion === undefined ? {} : { inclusion }) };
    return { bytes: zips.of(page, beside), type: ZIP_TYPE };
  }
  if (file === 'receipt.json') {
    const bytes = await settings.folder.readReceipt(page.tree.digest);
    return bytes && { bytes, type: JSON_TYPE };
  }
  if (file === 'inclusion.json') {
    const bytes = await settings.pages.inclusionOf(page.proven.evidenceBytes);
    return bytes && { bytes, type: JSON_TYPE };
  }
  const found = page.tree.files.find(({ name }) => name === (file === '' ? 'index.html' : file));
  if (found === undefined) return undefined;
  if (found.name === 'index.html') return { bytes: found.bytes, type: HTML, styles: page.styleHashes };
  return { bytes: found.bytes, type: JSON_TYPE };
}

/** In place of a withdrawn edition: 410 and the page that says why for page and files, and the evidence of the withdrawal. */
async function goneBody({ file }: AddressedFile, page: WithdrawalPage, folder: SiteFolder): Promise<Body | undefined> {
  if (file === 'receipt.json') {
    const bytes = await folder.readReceipt(page.tree.digest);
    if (bytes !== undefined) return { bytes, type: JSON_TYPE };
  }
  const found = page.tree.files.find(({ name }) => name === file && name !== 'index.html');
  if (found !== undefined) return { bytes: found.bytes, type: JSON_TYPE };
  const notice = page.tree.files.find(({ name }) => name === 'index.html');
  return notice && { bytes: notice.bytes, type: HTML, styles: page.styleHashes, status: 410 };
}

async function listedReports(folder: SiteFolder, pages: ProvenPages): Promise<readonly ListedReport[]> {
  const listed: ListedReport[] = [];
  for (const link of await folder.links()) {
    if (link.edition !== null) continue;
    const facts = await pages.factsAt(link);
    if (facts?.shows === 'edition') listed.push(facts);
  }
  return listed;
}

/** Every act the public was told of, each once: a withdrawal stands at several addresses. */
async function listedActs(folder: SiteFolder, pages: ProvenPages): Promise<readonly ListedAct[]> {
  const acts = new Map<string, ListedAct>();
  for (const link of await folder.links()) {
    const facts = await pages.factsAt(link);
    if (facts?.notice == null) continue;
    const { organ, year, name, isRatified, at, notice } = facts;
    const { kind, edition, reason } = notice;
    const changes = (notice.changes?.cells.length ?? 0) + (notice.changes?.texts.length ?? 0);
    acts.set(`${organ} ${year} ${edition} ${kind}`, {
      organ,
      year,
      name,
      kind,
      edition,
      reason,
      changes,
      isRatified,
      at,
    });
  }
  return [...acts.values()];
}
