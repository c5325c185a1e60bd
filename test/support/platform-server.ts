import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of a site platform. */
export interface PlatformCall {
  readonly id: string;
  readonly body: Buffer;
  readonly headers: IncomingHttpHeaders;
}

/** A site platform that takes signed JSON and shows each message once, whatever often it comes. `answer` may answer in its place. */
export class PlatformServer {
  readonly calls: PlatformCall[] = [];
  /** What it shows, by webhook-id: its effects. */
  readonly shown = new Map<string, Record<string, unknown>>();
  answer: ((call: PlatformCall, response: ServerResponse) => void) | undefined;

  private constructor(
    private readonly server: Server,
    readonly secret: string,
  ) {}

  static async open(secret: string): Promise<PlatformServer> {
    const server = createServer();
    const platform = new PlatformServer(server, secret);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const id = String(request.headers['webhook-id']);
        platform.take({ id, body: Buffer.concat(chunks), headers: request.headers }, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return platform;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/reports`;
  }

  close(): void {
    this.server.close().closeAllConnections();
  }

  private take(call: PlatformCall, response: ServerResponse): void {
    this.calls.push(call);
    if (!isSigned(call, this.secret)) return void response.writeHead(401).end();
    if (this.answer !== undefined) return this.answer(call, response);
    this.shown.set(call.id, JSON.parse(call.body.toString()) as Record<string, unknown>);
    accept(call, response);
  }
}

/** What a platform answers that took the body in. */
export function accept({ body, id }: PlatformCall, response: ServerResponse): void {
  const received = createHash('sha256').update(body).digest('hex');
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ received, url: `https://www.example.gov.cn/show/${id}` }));
}

/** The signature as the specification says it, made here with Node alone. Source: Standard Webhooks 1.0.0. */
export function webhookSignature(secret: string, id: string, timestamp: string, body: Uint8Array): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

function isSigned({ id, body, headers }: PlatformCall, secret: string): boolean {
  const timestamp = String(headers['webhook-timestamp']);
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return isFresh && headers['webhook-signature'] === webhookSignature(secret, id, timestamp, body);
}
