import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands at the public address before the site, as a proxy of an office does. `broken`: it answers 503 to everything. */
export class SiteProxy {
  broken = false;

  private constructor(
    private readonly server: Server,
    /** Where the site behind it is to listen. */
    readonly sitePort: number,
  ) {}

  static async open(): Promise<SiteProxy> {
    // The port is given back at once; nothing else asks for one of this number meanwhile.
    const probe = await listening(createServer());
    const sitePort = portOf(probe);
    const server = createServer();
    const proxy = new SiteProxy(server, sitePort);
    server.on('request', (request, response) => {
      void passOn(proxy.broken ? null : `http://localhost:${sitePort}${request.url}`, response);
    });
    await listening(server);
    await new Promise((resolve) => probe.close(resolve));
    return proxy;
  }

  get origin(): string {
    return `http://localhost:${portOf(this.server)}`;
  }

  close(): void {
    this.server.close().closeAllConnections();
  }
}

/** Answers as this address does; 503 without one, 502 when it does not answer. */
async function passOn(url: string | null, response: ServerResponse): Promise<void> {
  if (url === null) {
    response.writeHead(503).end();
    return;
  }
  try {
    const answer = await fetch(url, { redirect: 'manual' });
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    response.writeHead(502).end();
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function listening(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}
