import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, errors } from 'undici';
import { type ListedNetworks, type Reach, reachOf } from './address-rule.js';
import { ChannelFault } from './channel-fault.js';

/** One address a name stands for. */
export interface Resolved {
  readonly address: string;
  readonly family: number;
}

/** What a request may reach. `hosts`: names channels may be sent to; `networks`: private ones the operator listed. */
export interface OutboundRules {
  readonly hosts: readonly string[];
  readonly networks: ListedNetworks;
  readonly resolve?: (host: string) => Promise<readonly Resolved[]>;
}

export interface OutboundRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** An answer of more bytes is broken off. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

type LookUpAnswer = Parameters<LookupFunction>[2];

const CONNECT_MS = 5_000;
const REQUEST_MS = 20_000;

/**
 * Requests to channels' targets. Each connects only to an address that was judged: the name is resolved here, every address it
 * stands for is checked, and the connection is made to those and no others. Redirects are answers and are not followed.
 */
export class Outbound {
  readonly #encrypted: Agent;
  readonly #plain: Agent;

  constructor(private readonly rules: OutboundRules) {
    this.#encrypted = this.agent(['public', 'listed']);
    this.#plain = this.agent(['listed']);
  }

  /** Throws ChannelFault when the target may not be reached, does not answer, or answers too much. */
  async send({ method, url, headers, body, mostBytes, signal }: OutboundRequest): Promise<OutboundAnswer> {
    const { hostname: host } = url;
    if (!this.rules.hosts.includes(host)) throw new ChannelFault('host_not_listed', { host });
    const isPlain = url.protocol !== 'https:';
    // An address in place of a name is looked up by nobody.
    const literal = host.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0) this.judge(host, literal, isPlain ? ['listed'] : ['public', 'listed']);
    try {
      const answer = await (isPlain ? this.#plain : this.#encrypted).request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers,
        body: body ?? null,
        signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)]),
      });
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
        size += chunk.byteLength;
        if (size > mostBytes) throw new ChannelFault('answer_too_large');
        chunks.push(chunk);
      }
      return { status: answer.statusCode, headers: answer.headers, body: new Uint8Array(Buffer.concat(chunks)) };
    } catch (error) {
      throw faultOfRequest(error);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#encrypted.destroy(), this.#plain.destroy()]);
  }

  private agent(allowed: readonly Reach[]): Agent {
    return new Agent({
      connect: {
        timeout: CONNECT_MS,
        // Node asks this for every connection to a name, and connects to what it answers.
        lookup: (host, options, answer) => void this.lookUp(host, allowed, options.all === true, answer),
      },
      headersTimeout: REQUEST_MS,
      bodyTimeout: REQUEST_MS,
      connections: 4,
    });
  }

  private async lookUp(
    host: string,
    allowed: readonly Reach[],
    isForAll: boolean,
    answer: LookUpAnswer,
  ): Promise<void> {
    let found: readonly Resolved[];
    try {
      found = await this.resolved(host, allowed);
    } catch (error) {
      answer(error as Error, '', 0);
      return;
    }
    if (isForAll) answer(null, [...found]);
    else answer(null, found[0]?.address ?? '', found[0]?.family);
  }

  private async resolved(host: string, allowed: readonly Reach[]): Promise<readonly Resolved[]> {
    const resolve = this.rules.resolve ?? ((name: string) => lookup(name, { all: true, verbatim: true }));
    const found = await resolve(host).catch((error: unknown) => {
      throw new ChannelFault('name_unknown', { host }, error);
    });
    if (found.length === 0) throw new ChannelFault('name_unknown', { host });
    // One forbidden address among several condemns the name: which of them is used would be chance.
    for (const { address } of found) this.judge(host, address, allowed);
    return found;
  }

  private judge(host: string, address: string, allowed: readonly Reach[]): void {
    const reach = reachOf(address, this.rules.networks);
    if (reach === 'forbidden') throw new ChannelFault('address_forbidden', { host });
    if (!allowed.includes(reach)) throw new ChannelFault('plain_http', { host });
  }
}

const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const CERTIFICATE = /^(?:ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_)/;

function faultOfRequest(error: unknown): ChannelFault {
  if (error instanceof ChannelFault) return error;
  const { code = '', name = '', cause } = (error ?? {}) as { code?: string; name?: string; cause?: unknown };
  if (cause instanceof ChannelFault) return cause;
  if (name === 'TimeoutError' || name === 'AbortError' || TIMEOUTS.has(code))
    return new ChannelFault('timeout', {}, error);
  if (CERTIFICATE.test(code)) return new ChannelFault('certificate', { reason: code.toLowerCase() }, error);
  if (error instanceof errors.UndiciError || typeof code === 'string')
    return new ChannelFault('unreachable', {}, error);
  return new ChannelFault('channel_fault', { reason: name }, error);
}

/** Throws the fault of a status that is none of the expected ones. */
export function checkStatus({ status }: Pick<OutboundAnswer, 'status'>, expected: readonly number[]): void {
  if (expected.includes(status)) return;
  if (status >= 300 && status < 400) throw new ChannelFault('redirected', { status });
  if (status === 401 || status === 403) throw new ChannelFault('not_let_in', { status });
  if (status === 409 || status === 412) throw new ChannelFault('target_changed', { status });
  throw new ChannelFault(status >= 500 || status === 429 ? 'target_failed' : 'refused_by_target', { status });
}
