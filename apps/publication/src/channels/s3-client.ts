import { AwsV4Signer } from 'aws4fetch';
import { createHash } from 'node:crypto';
import sax from 'sax';
import { ChannelFault } from './channel-fault.js';
import { checkStatus, type Outbound, type OutboundAnswer, type OutboundRequest } from './outbound.js';
import type { Secret } from './secret.js';

/** A bucket, and with which key it is written. `base`: its address, with a slash at the end. */
export interface Bucket {
  readonly base: URL;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secret: Secret;
}

/** Bytes of an object, with the tag by which a later write can tell that it is still this one. */
export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly etag: string;
}

/** On which condition an object is written: only where none is, only over exactly this one, or in any case. */
export type PutCondition =
  { readonly over: 'nothing' } | { readonly over: 'etag'; readonly etag: string } | { readonly over: 'anything' };

const KEYS_AT_ONCE = 1000;
/** Of a thousand keys with everything that is said of each. */
const MOST_LIST_BYTES = 2 * 1024 * 1024;
/** Keys of one report: hundreds of editions with a dozen files each. */
const MOST_KEYS = 10_000;
/** Elements within each other in a listing. */
const MOST_DEPTH = 8;
const MOST_ERROR_BYTES = 64 * 1024;

/**
 * The five requests to an S3-compatible store that a mirror needs, each signed (Signature Version 4) over the digest of its body.
 * Every request goes through `Outbound`. Source: Amazon S3 API reference, 2006-03-01.
 */
export class S3Client {
  /** False once the store said (501) that it takes no conditions, as OpenStack Swift 2.30 does. */
  #takesConditions = true;

  constructor(
    private readonly bucket: Bucket,
    private readonly outbound: Outbound,
    private readonly signal: AbortSignal,
  ) {}

  /** An object of at most `mostBytes`, or undefined. */
  async get(key: string, mostBytes: number): Promise<StoredObject | undefined> {
    const answer = await this.send('GET', key, { mostBytes });
    if (answer.status === 404) return undefined;
    checkStatus(answer, [200]);
    return { bytes: answer.body, etag: String(answer.headers['etag'] ?? '') };
  }

  /**
   * Writes an object with its checksums. False when the condition does not hold. A store that takes no conditions is asked what stands there first:
   * two writers at one moment may then both write, which what is read back afterwards shows.
   */
  async put(key: string, bytes: Uint8Array, contentType: string, condition: PutCondition): Promise<boolean> {
    if (condition.over !== 'anything' && !this.#takesConditions) {
      const standing = await this.tagOf(key);
      const holds = condition.over === 'nothing' ? standing === undefined : standing === condition.etag;
      return holds && (await this.put(key, bytes, contentType, { over: 'anything' }));
    }
    const answer = await this.send('PUT', key, {
      body: bytes,
      headers: {
        'content-type': contentType,
        'content-md5': createHash('md5').update(bytes).digest('base64'),
        'x-amz-checksum-sha256': createHash('sha256').update(bytes).digest('base64'),
        ...(condition.over === 'nothing' ? { 'if-none-match': '*' } : {}),
        ...(condition.over === 'etag' ? { 'if-match': condition.etag } : {}),
      },
    });
    if (condition.over !== 'anything' && answer.status === 501) {
      this.#takesConditions = false;
      return this.put(key, bytes, contentType, condition);
    }
    // 409: two conditional writes met, and the other one was first.
    if (condition.over !== 'anything' && (answer.status === 412 || answer.status === 409)) return false;
    checkStatus(answer, [200, 201]);
    return true;
  }

  /** The tag of what stands there, or undefined. */
  private async tagOf(key: string): Promise<string | undefined> {
    const answer = await this.send('HEAD', key, {});
    if (answer.status === 404) return undefined;
    checkStatus(answer, [200]);
    return String(answer.headers['etag'] ?? '');
  }

  /** Deletes an object; one that is not there is deleted. */
  async delete(key: string): Promise<void> {
    checkStatus(await this.send('DELETE', key, {}), [200, 204, 404]);
  }

  /**
   * Keys beginning with `prefix`, in their order. Throws ChannelFault `answer_unreadable` for a store that lists others, or goes on and on: what it says
   * is deleted by, and kept in memory.
   */
  async list(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    let isTruncated = true;
    while (isTruncated) {
      const asked = new URLSearchParams({ 'list-type': '2', prefix, 'max-keys': String(KEYS_AT_ONCE) });
      const after = keys.at(-1);
      if (after !== undefined) asked.set('start-after', after);
      const answer = await this.send('GET', '', { search: asked, mostBytes: MOST_LIST_BYTES });
      checkStatus(answer, [200]);
      const page = readListing(new TextDecoder().decode(answer.body));
      keys.push(...page.keys);
      isTruncated = page.isTruncated;
      const isEndless = isTruncated && (page.keys.length === 0 || keys.at(-1) === after);
      if (isEndless || keys.length > MOST_KEYS || page.keys.some((key) => !key.startsWith(prefix)))
        throw new ChannelFault('answer_unreadable');
    }
    return keys;
  }

  private async send(
    method: OutboundRequest['method'],
    key: string,
    {
      search,
      headers = {},
      body,
      mostBytes = MOST_ERROR_BYTES,
    }: {
      readonly search?: URLSearchParams;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: Uint8Array;
      readonly mostBytes?: number;
    },
  ): Promise<OutboundAnswer> {
    const { base, region, accessKeyId, secret } = this.bucket;
    const url = new URL(base);
    url.pathname += key.split('/').map(encodeURIComponent).join('/');
    for (const [name, value] of search ?? []) url.searchParams.set(name, value);
    const bodyDigest = createHash('sha256')
      .update(body ?? new Uint8Array())
      .digest('hex');
    const signer = new AwsV4Signer({
      method,
      url: url.href,
      headers: { ...headers, 'x-amz-content-sha256': bodyDigest },
      accessKeyId,
      secretAccessKey: secret.reveal(),
      service: 's3',
      region,
    });
    const signed = await signer.sign();
    return this.outbound.send({
      method,
      url: signed.url,
      headers: Object.fromEntries(signed.headers),
      ...(body === undefined ? {} : { body }),
      mostBytes,
      signal: this.signal,
    });
  }
}

/** Reads the answer to ListObjectsV2. Throws ChannelFault for what is none. */
function readListing(xml: string): { readonly keys: readonly string[]; readonly isTruncated: boolean } {
  const keys: string[] = [];
  let path: string[] = [];
  let text = '';
  let isTruncated = false;
  let isListing = false;
  const parser = sax.parser(true);
  Object.assign(parser, {
    onopentag: ({ name }: { readonly name: string }) => {
      if (path.length === MOST_DEPTH) throw new ChannelFault('answer_unreadable');
      path = [...path, name];
      text = '';
      isListing ||= path.join('/') === 'ListBucketResult';
    },
    ontext: (part: string) => {
      text += part;
    },
    onclosetag: () => {
      const place = path.join('/');
      if (place === 'ListBucketResult/Contents/Key') keys.push(text);
      if (place === 'ListBucketResult/IsTruncated') isTruncated = text === 'true';
      path = path.slice(0, -1);
    },
    onerror: (error: Error) => {
      throw new ChannelFault('answer_unreadable', {}, error);
    },
  });
  parser.write(xml).close();
  if (!isListing) throw new ChannelFault('answer_unreadable');
  return { keys, isTruncated };
}
