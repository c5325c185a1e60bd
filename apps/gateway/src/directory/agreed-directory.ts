import { type Digest, digest } from '#domain/identifiers';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { DirectoryDocument, RouteDocument } from '#evidence/statements';
import type { Trust } from '#evidence/trust';
import type { Handle } from '#persistence/sql';
import { agreed } from '#signoff/stored-evidence';
import { newestVersion } from './directory.repository.js';
import type { RouteBook } from './directory-law.js';

/** What opening a signed directory needs. */
export interface AgreementPorts {
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
}

/** The newest directory, its envelope's digest, and every route it lists, all opened and found signed by two. */
export interface AgreedDirectory {
  readonly digest: Digest;
  readonly document: DirectoryDocument;
  readonly routes: RouteBook;
}

/** The newest directory, or undefined before the district is founded. Throws BadEvidence when a stored agreement is not good. */
export async function newestDirectory(handle: Handle, ports: AgreementPorts): Promise<AgreedDirectory | undefined> {
  const newest = await newestVersion(handle);
  if (newest === undefined) return undefined;
  if (lastOpened?.digest === newest.digest) return lastOpened;
  const { trust, crypto } = ports;
  const { statement } = await agreed(handle, 'directory', newest.digest, trust, crypto);
  const routes = await routesOf(handle, statement, ports);
  lastOpened = { digest: digest(newest.digest), document: statement, routes };
  return lastOpened;
}

/** The directory opened last: a digest never means anything else, so it cannot be stale. */
let lastOpened: AgreedDirectory | undefined;

/** Routes opened before, by the digest of their envelope: it never means anything else. */
const opened = new Map<string, RouteDocument>();

async function routesOf(
  handle: Handle,
  { routes }: DirectoryDocument,
  { trust, crypto }: AgreementPorts,
): Promise<RouteBook> {
  const book = new Map<string, RouteDocument>();
  for (const { digest: of, envelope } of routes) {
    const route = opened.get(envelope) ?? (await agreed(handle, 'route', envelope, trust, crypto)).statement;
    opened.set(envelope, route);
    book.set(of, route);
  }
  return book;
}
