import { open } from 'node:fs/promises';

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

/** A rename is durable only once the folder itself is on the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
