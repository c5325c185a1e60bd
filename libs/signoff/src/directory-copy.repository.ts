import { type Digest, digest } from '#domain/identifiers';
import type { DirectoryDocument } from '#evidence/statements';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { type Directory, readDirectory } from './directory.js';

/** The directory a service goes by, with the digest of the envelope it came in. */
export interface AdoptedDirectory extends Directory {
  readonly digest: Digest;
}

/** The one directory read last; a digest never means anything else, so it cannot be stale. */
let lastRead: AdoptedDirectory | undefined;

/** The highest directory version this service adopted, or undefined before the first. */
export async function latestDirectory(handle: Handle): Promise<AdoptedDirectory | undefined> {
  const newest = await row<{ version: number; digest: string }>(
    handle,
    'SELECT version, digest FROM directory_copy ORDER BY version DESC LIMIT 1',
  );
  if (newest === undefined) return undefined;
  if (lastRead?.digest === newest.digest) return lastRead;
  const [found] = await rows<{ document: string }>(handle, 'SELECT document FROM directory_copy WHERE version = $1', [
    newest.version,
  ]);
  if (found === undefined) throw new Error(`directory version ${newest.version} vanished while it was read`);
  lastRead = { ...readDirectory(JSON.parse(found.document) as DirectoryDocument), digest: digest(newest.digest) };
  return lastRead;
}

/** As latestDirectory; throws (so that the message is retried) while no directory has arrived. */
export async function requireDirectory(handle: Handle): Promise<AdoptedDirectory> {
  const directory = await latestDirectory(handle);
  if (directory === undefined)
    throw new Error('no directory has been adopted yet; it comes with gateway.directory-published');
  return directory;
}

/** Keeps a verified directory when its version is higher than every other kept. True when it was kept. */
export async function saveDirectory(
  tx: Tx,
  directory: { readonly version: number; readonly digest: Digest; readonly document: string },
): Promise<boolean> {
  const saved = await rows(
    tx,
    `INSERT INTO directory_copy (version, digest, document, adopted_at)
     SELECT $1, $2, $3, clock_timestamp()
     WHERE NOT EXISTS (SELECT 1 FROM directory_copy WHERE version >= $1)
     ON CONFLICT (version) DO NOTHING RETURNING version`,
    [directory.version, directory.digest, directory.document],
  );
  return saved.length === 1;
}
