import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EvidenceCrypto } from '#evidence/crypto';
import { renderMissingPage } from '../pages/missing.page.js';
import { noticeStyle } from '../pages/notice-style.js';
import { barsStyle, reportStyle } from '../pages/report-style.js';
import { siteStyle } from '../pages/site-style.js';
import { style } from '../pages/style.js';
import { styleHash } from './proven-pages.js';
import { hasAlready, isPackable, type SentBytes, SentBytesOf } from './sent-bytes.js';

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

type Headers = Readonly<Record<string, string>>;

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
  /** By the body, then by the tag of what is sent of it. */
  readonly #headers = new WeakMap<Body, Map<string, Headers>>();
  readonly #missing: Readonly<Record<'zh' | 'en', Readonly<Record<404 | 503, Body>>>>;

  constructor(crypto: EvidenceCrypto) {
    this.#sent = new SentBytesOf(crypto);
    this.#ownStyle = [style, siteStyle, reportStyle, barsStyle, noticeStyle].map((text) => styleHash(text, crypto));
    const missing = (status: 404 | 503, language: 'zh' | 'en'): Body =>
      this.page(renderMissingPage(status, language), {}, status);
    this.#missing = {
      zh: { 404: missing(404, 'zh'), 503: missing(503, 'zh') },
      en: { 404: missing(404, 'en'), 503: missing(503, 'en') },
    };
  }

  /** Sends whole bytes, packed for readers who take that; 304 when the reader has them. In the same turn, unless they are still to be packed. */
  send(request: FastifyRequest, reply: FastifyReply, body: Body): FastifyReply | Promise<FastifyReply> {
    const sent = this.#sent.for(body.bytes, body.type, request.headers['accept-encoding'] ?? '');
    return sent instanceof Promise
      ? sent.then((ready) => this.put(request, reply, body, ready))
      : this.put(request, reply, body, sent);
  }

  private put(request: FastifyRequest, reply: FastifyReply, body: Body, sent: SentBytes): FastifyReply {
    reply.headers(this.headersOf(body, sent));
    if (body.status !== undefined) reply.status(body.status);
    else if (hasAlready(request.headers['if-none-match'], sent.tag))
      return reply.removeHeader('content-type').removeHeader('content-encoding').status(304).send();
    return reply.send(sent.bytes);
  }

  /** What every answer with these bytes of a body says; thought of once for bodies that are kept, and given as one: each header set by itself costs a microsecond. */
  private headersOf(body: Body, { tag, encoding }: SentBytes): Headers {
    const known = this.#headers.get(body) ?? new Map<string, Headers>();
    const said = known.get(tag);
    if (said !== undefined) return said;
    const { bytes, type, savedAs } = body;
    const headers = {
      ...HEADERS,
      'content-security-policy': policyOf(body),
      ...(isPackable(bytes, type) ? { vary: 'accept-encoding' } : {}),
      ...(type === MEDIA.html ? {} : OPEN),
      ...(savedAs === undefined ? {} : { 'content-disposition': `attachment; filename="${savedAs}"` }),
      etag: tag,
      'content-type': type,
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    };
    this.#headers.set(body, known.set(tag, headers));
    return headers;
  }

  /** The answer that is a page laid out here. `status`: 200 when left out. */
  page(bytes: Uint8Array, allowed: Allowed = {}, status?: number): Body {
    const body = { bytes, type: MEDIA.html, styles: this.#ownStyle, allowed };
    return status === undefined ? body : { ...body, status };
  }

  /** Says that nothing is public there, or that it cannot be shown now. */
  async absent(request: FastifyRequest, reply: FastifyReply, status: 404 | 503): Promise<FastifyReply> {
    return this.send(request, reply, this.#missing[request.url.startsWith('/en/') ? 'en' : 'zh'][status]);
  }

  /** Sends the reader to another address of this site. */
  redirect(reply: FastifyReply, path: string, status: 302 | 308): FastifyReply {
    return reply.headers(HEADERS).redirect(path, status);
  }
}
