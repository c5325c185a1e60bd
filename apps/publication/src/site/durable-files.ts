import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a file whose bytes are on the disk when this returns. */
export async function writeDurably(place: string, bytes: Uint8Array): Promise<void> {
  const file = await open(place, 'w', 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes files into a folder, all at once: the disk takes many to be kept in one go. Throws when one failed, after the others have ended. */
export async function writeTogether(
  folder: string,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<void> {
  const ended = await Promise.allSettled(files.map(({ name, bytes }) => writeDurably(join(folder, name), bytes)));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** A rename is durable only once the folder itself is on the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
