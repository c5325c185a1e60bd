import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request was signed from, as the server sees it. */
export interface SignedRequest {
  readonly method: string;
  /** Path as it was sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Uint8Array | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
// Source: Signature Version 4, "UriEncode": every byte but A–Z, a–z, 0–9, -, ., _ and ~.
const uriEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** The Authorization header a request must carry, worked out from the specification alone; undefined when it carries none. */
export function expectedAuthorization(request: SignedRequest, secret: string): string | undefined {
  const { authorization = '' } = request.headers;
  const [, credential = '', signed = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=/.exec(authorization) ?? [];
  const [key = '', day = '', region = '', service = ''] = credential.split('/');
  if (credential === '') return undefined;
  const query = [...request.query]
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .toSorted()
    .join('&');
  const headers = signed
    .split(';')
    .map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
  const payload = request.headers['x-amz-content-sha256'] ?? '';
  const canonical = [request.method, request.path, query, headers.join(''), signed, payload].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const at = request.headers['x-amz-date'] ?? '';
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const signing = [day, region, service, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  const signature = createHmac('sha256', signing).update(toSign).digest('hex');
  return `AWS4-HMAC-SHA256 Credential=${key}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
}

/**
 * A store that speaks S3 as far as a mirror needs it, in memory: GET, HEAD, PUT with conditions and checksums, DELETE and
 * ListObjectsV2. It takes nothing without a good signature. `before` may answer in its place, or change what is kept.
 */
export class S3Server {
  readonly objects = new Map<string, Uint8Array>();
  /** Every request that was let in, as `<method> <key>`. */
  readonly seen: string[] = [];
  before: ((request: SignedRequest, response: ServerResponse) => boolean | Promise<boolean>) | undefined;
  /** Keys a list answers at once. */
  page = 1000;

  private constructor(
    private readonly server: Server,
    readonly bucket: string,
    readonly secret: string,
  ) {}

  static async open(bucket: string, secret: string): Promise<S3Server> {
    const server = createServer();
    const store = new S3Server(server, bucket, secret);
    server.on('request', (request, response) => {
      store.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return store;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  keys(): string[] {
    return [...this.objects.keys()].toSorted();
  }

  close(): void {
    this.server.close().closeAllConnections();
  }

  private async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const url = new URL(message.url ?? '', this.endpoint);
    const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
    const body = new Uint8Array(Buffer.concat(chunks));
    const request = { method: message.method ?? '', path: url.pathname, query: url.searchParams, headers, body };
    if (!this.isLetIn(request))
      return void response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
    const key = decodeURIComponent(url.pathname.slice(`/${this.bucket}/`.length));
    this.seen.push(`${request.method} ${key}`);
    if ((await this.before?.(request, response)) === true) return;
    if (request.method === 'PUT') this.put(key, request, response);
    else if (request.method === 'DELETE') this.remove(key, response);
    else if (request.method === 'HEAD') this.head(key, response);
    else if (key === '') this.list(request, response);
    else this.get(key, response);
  }

  private isLetIn(request: SignedRequest): boolean {
    const expected = expectedAuthorization(request, this.secret);
    const given = Buffer.from(request.headers['authorization'] ?? '');
    const isSame =
      expected !== undefined && given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
    return isSame && request.headers['x-amz-content-sha256'] === sha256(request.body);
  }

  private put(key: string, { headers, body }: SignedRequest, response: ServerResponse): void {
    const standing = this.objects.get(key);
    const checksum = createHash('sha256').update(body).digest('base64');
    const md5 = createHash('md5').update(body).digest('base64');
    if (headers['x-amz-checksum-sha256'] !== checksum || headers['content-md5'] !== md5)
      return void response.writeHead(400).end('<Error><Code>BadDigest</Code></Error>');
    const isRefused =
      (headers['if-none-match'] === '*' && standing !== undefined) ||
      (headers['if-match'] !== undefined && (standing === undefined || headers['if-match'] !== etagOf(standing)));
    if (isRefused) return void response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
    this.objects.set(key, body);
    response.writeHead(200, { etag: etagOf(body) }).end();
  }

  private remove(key: string, response: ServerResponse): void {
    this.objects.delete(key);
    response.writeHead(204).end();
  }

  private get(key: string, response: ServerResponse): void {
    const found = this.objects.get(key);
    if (found === undefined) response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    else response.writeHead(200, { etag: etagOf(found) }).end(found);
  }

  private head(key: string, response: ServerResponse): void {
    const found = this.objects.get(key);
    response.writeHead(found === undefined ? 404 : 200, found && { etag: etagOf(found) }).end();
  }

  private list({ query }: SignedRequest, response: ServerResponse): void {
    const [prefix, after] = [query.get('prefix') ?? '', query.get('start-after') ?? ''];
    const found = this.keys().filter((key) => key.startsWith(prefix) && key > after);
    const shown = found.slice(0, this.page);
    const contents = shown.map((key) => `<Contents><Key>${key.replaceAll('&', '&amp;')}</Key></Contents>`).join('');
    const xml = `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${
      found.length > shown.length
    }</IsTruncated>${contents}</ListBucketResult>`;
    response.writeHead(200, { 'content-type': 'application/xml' }).end(xml);
  }
}

const etagOf = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`;
