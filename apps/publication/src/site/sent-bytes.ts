import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { EvidenceCrypto } from '#evidence/crypto';

const packed = promisify(gzip);

/** Bytes as a connection takes them, and the entity tag that is true of exactly these. */
export interface SentBytes {
  readonly bytes: Buffer;
  readonly tag: string;
  readonly encoding?: 'gzip';
}

/** What is worth packing: text of more than a packet. Files that are packed in themselves are not. */
const PACKABLE = /^(?:text\/|application\/(?:[a-z.]+\+)?(?:json|xml)\b)/;
const WORTH_PACKING = 1400;
/** What was read of `Accept-Encoding`: browsers send a handful of them. */
const ACCEPTING = new LRUCache<string, boolean>({ max: 100 });
const TAG = /"([0-9a-f]{64})(?:-gzip)?"/g;

/**
 * Readies bytes for sending, once for as long as somebody holds them: pages that proved themselves are kept, so most answers are hashed and packed
 * before they are asked for. Only bytes that never change may be given.
 */
export class SentBytesOf {
  readonly #plain = new WeakMap<Uint8Array, SentBytes>();
  readonly #packed = new WeakMap<Uint8Array, SentBytes | Promise<SentBytes>>();

  constructor(private readonly crypto: Pick<EvidenceCrypto, 'sha256'>) {}

  /** As they are. */
  plain(bytes: Uint8Array): SentBytes {
    const known = this.#plain.get(bytes);
    if (known !== undefined) return known;
    const sent: SentBytes = {
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      tag: `"${this.crypto.sha256(bytes)}"`,
    };
    this.#plain.set(bytes, sent);
    return sent;
  }

  /** For a reader who accepts these encodings; plain where packing is of no use. To be waited for only while they are being packed. */
  for(bytes: Uint8Array, type: string, accepted: string): SentBytes | Promise<SentBytes> {
    const plain = this.plain(bytes);
    if (!isPackable(bytes, type) || !acceptsGzip(accepted)) return plain;
    const known = this.#packed.get(bytes);
    if (known !== undefined) return known;
    const making = this.pack(bytes, plain);
    this.#packed.set(bytes, making);
    return making;
  }

  private async pack(held: Uint8Array, { bytes, tag }: SentBytes): Promise<SentBytes> {
    const sent: SentBytes = { bytes: await packed(bytes), tag: `${tag.slice(0, -1)}-gzip"`, encoding: 'gzip' };
    this.#packed.set(held, sent);
    return sent;
  }
}

/** Whether an answer of this kind depends on what the reader accepts. */
export function isPackable(bytes: Uint8Array, type: string): boolean {
  return bytes.byteLength >= WORTH_PACKING && PACKABLE.test(type);
}

/** Whether `Accept-Encoding` takes gzip. Source: RFC 9110 §12.5.3. */
export function acceptsGzip(accepted: string): boolean {
  const known = ACCEPTING.get(accepted);
  if (known !== undefined) return known;
  const weights = new Map(
    accepted
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [coding = '', ...parameters] = part.split(';').map((one) => one.trim());
        const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
        return [coding, weight === undefined ? 1 : Number(weight)] as const;
      }),
  );
  const accepts = (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
  ACCEPTING.set(accepted, accepts);
  return accepts;
}

/** Whether a reader who sends this `If-None-Match` has the bytes of a tag, packed or not. */
export function hasAlready(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const wanted = tag.slice(1, 65);
  return [...ifNoneMatch.matchAll(TAG)].some(([, digest]) => digest === wanted);
}
