import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A web server that knows nothing but files, as one that serves the site's folder in publication's place. */
export interface FileServer {
  readonly origin: string;
  close(): Promise<void>;
}

const PLACE = /^\/xxgk\/ndbg\/([a-z0-9-]+)\/(\d+)\/(?:(v\d+)\/)?([a-z]+\.json)?$/;

/**
 * Serves the links below `root`. `onRequest` may answer other bytes in a file's place, as somebody on the way would; `gate` is waited for before anything
 * is answered, whether there is such a file or not.
 */
export async function openFileServer(
  root: string,
  onRequest: (path: string, bytes: Buffer) => Buffer | Promise<Buffer> = (_, bytes) => bytes,
  gate: () => Promise<void> = async () => undefined,
): Promise<FileServer> {
  const read = async (path: string): Promise<Buffer | undefined> => {
    const [, organ, year, edition, file = 'index.html'] = PLACE.exec(path) ?? [];
    if (organ === undefined || year === undefined) return undefined;
    const folder =
      edition === undefined
        ? join(root, 'public/xxgk/ndbg', organ, year)
        : join(root, 'versions', organ, year, edition);
    try {
      return await onRequest(path, await readFile(join(folder, file)));
    } catch {
      return undefined;
    }
  };
  const answer = async (url: string, response: ServerResponse): Promise<void> => {
    await gate();
    const bytes = await read(url);
    response.writeHead(bytes === undefined ? 404 : 200);
    response.end(bytes);
  };
  const server: Server = createServer((request, response) => void answer(request.url ?? '', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
