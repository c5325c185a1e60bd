import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EvidenceCrypto } from '#evidence/crypto';
import { renderMissingPage } from '../pages/missing.page.js';
import { reportStyle } from '../pages/report-style.js';
import { siteStyle } from '../pages/site-style.js';
import { style } from '../pages/style.js';
import { styleHash } from './proven-pages.js';
import { hasAlready, isPackable, SentBytesOf } from './sent-bytes.js';

/** Media types of what the site answers. */
export const MEDIA = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  zip: 'application/zip',
  csv: 'text/csv; charset=utf-8',
} as const;

/** What every answer says: read, do not run, do not frame, tell nobody. */
export const HEADERS = {
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Files, feeds and data are for everybody, also for pages of other origins that prove or count them; there is no cookie to lend them. Not for pages. */
export const OPEN = { 'access-control-allow-origin': '*' };

/** What a page may do beside being read: a form that asks this site, and scripts of this site that ask it too. */
export interface Allowed {
  readonly form?: boolean;
  /** Hashes or `'self'` of scripts; they may then ask this site. */
  readonly scripts?: readonly string[];
}

/** One answer. `styles`: hashes of the style elements in it; `status`: 200 when left out. */
export interface Body {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly styles?: readonly string[];
  readonly status?: number;
  readonly allowed?: Allowed;
  /** The name to save it under, in ASCII without quotes; shown by the browser when left out. */
  readonly savedAs?: string;
}

/** The content security policy of an answer: nothing, but for what it names. */
export function policyOf({ styles = [], allowed = {} }: Pick<Body, 'styles' | 'allowed'>): string {
  const { form = false, scripts = [] } = allowed;
  return [
    "default-src 'none'",
    ...(styles.length > 0 ? [`style-src ${styles.join(' ')}`] : []),
    ...(scripts.length > 0 ? [`script-src ${scripts.join(' ')}`, "connect-src 'self'"] : []),
    "base-uri 'none'",
    `form-action ${form ? "'self'" : "'none'"}`,
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Sends answers with the headers every answer has, and a tag that spares the second transfer. */
export class SiteAnswers {
  readonly #ownStyle: readonly string[];
  readonly #sent: SentBytesOf;
  readonly #headers = new WeakMap<Body, Readonly<Record<string, string>>>();
  readonly #missing = {
    zh: { 404: renderMissingPage(404), 503: renderMissingPage(503) },
    en: { 404: renderMissingPage(404, 'en'), 503: renderMissingPage(503, 'en') },
  };

  constructor(crypto: EvidenceCrypto) {
    this.#sent = new SentBytesOf(crypto);
    this.#ownStyle = [style, siteStyle, reportStyle].map((text) => styleHash(text, crypto));
  }

  /** Sends whole bytes, packed for readers who take that; 304 when the reader has them. */
  async send(request: FastifyRequest, reply: FastifyReply, body: Body): Promise<FastifyReply> {
    const { bytes, type, status } = body;
    const accepted = request.headers['accept-encoding'] ?? '';
    const sent = await this.#sent.for(bytes, type, accepted);
    reply.headers(this.headersOf(body)).header('etag', sent.tag);
    if (status === undefined && hasAlready(request.headers['if-none-match'], sent.tag)) return reply.status(304).send();
    reply.status(status ?? 200).type(type);
    if (sent.encoding !== undefined) reply.header('content-encoding', sent.encoding);
    return reply.send(sent.bytes);
  }

  /** What every answer with this body says; thought of once for bodies that are kept. */
  private headersOf(body: Body): Readonly<Record<string, string>> {
    const known = this.#headers.get(body);
    if (known !== undefined) return known;
    const { bytes, type, savedAs } = body;
    const headers = {
      ...HEADERS,
      'content-security-policy': policyOf(body),
      ...(isPackable(bytes, type) ? { vary: 'accept-encoding' } : {}),
      ...(type === MEDIA.html ? {} : OPEN),
      ...(savedAs === undefined ? {} : { 'content-disposition': `attachment; filename="${savedAs}"` }),
    };
    this.#headers.set(body, headers);
    return headers;
  }

  /** Sends a page laid out here. `status`: 200 when left out. */
  page(
    request: FastifyRequest,
    reply: FastifyReply,
    bytes: Uint8Array,
    allowed: Allowed = {},
    status?: number,
  ): Promise<FastifyReply> {
    const body = { bytes, type: MEDIA.html, styles: this.#ownStyle, allowed };
    return this.send(request, reply, status === undefined ? body : { ...body, status });
  }

  /** Says that nothing is public there, or that it cannot be shown now. */
  absent(request: FastifyRequest, reply: FastifyReply, status: 404 | 503): Promise<FastifyReply> {
    const bytes = this.#missing[request.url.startsWith('/en/') ? 'en' : 'zh'][status];
    return this.send(request, reply, { bytes, type: MEDIA.html, styles: this.#ownStyle, status });
  }

  /** Sends the reader to another address of this site. */
  redirect(reply: FastifyReply, path: string, status: 302 | 308): FastifyReply {
    return reply.headers(HEADERS).redirect(path, status);
  }
}
