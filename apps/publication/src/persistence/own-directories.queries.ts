import { type Handle, row } from '#persistence/sql';
import { latestDirectory } from '#signoff/directory-copy.repository';
import type { DirectoryDocument } from '#evidence/statements';

/** The newest directory this service adopted itself, and whether the one named by `digest` was ever among them. */
export async function findOwnDirectories(
  handle: Handle,
  digest: string,
): Promise<{ newest: DirectoryDocument | undefined; knowsSealed: boolean }> {
  const newest = await latestDirectory(handle);
  const sealed = await row(handle, 'SELECT 1 FROM directory_copy WHERE digest = $1', [digest]);
  return { newest: newest?.document, knowsSealed: sealed !== undefined };
}
