import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '../domain/error-code.js';

/** Bytes a file is read up to; no file of a public page is near it. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Neither a link is followed, nor is a pipe waited for: that would take one of the process's few threads for ever. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** What there is no plain file behind: nothing, a link, a socket or a device. */
const NO_FILE: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'ENODEV']);

/** What the disk holds and does not give: whoever has the bytes from elsewhere may write them anew. */
const NOT_GIVEN: ReadonlySet<unknown> = new Set(['EIO', 'EACCES', 'EPERM']);

/** True when a folder or file is not there, or is something else than it should be. */
export function isAbsent(error: unknown): boolean {
  return NO_FILE.has(errorCode(error));
}

/** True when something stands there that cannot be read: it is denied, or the disk fails. */
export function isNotGiven(error: unknown): boolean {
  return NOT_GIVEN.has(errorCode(error));
}

/**
 * The bytes of a plain file of at most `most`; undefined for everything else that may stand there: nothing, a folder, a link, a pipe, a device, something
 * larger. Never waits for anybody. Throws what the disk throws.
 */
export async function readPlain(place: string, most = MOST_BYTES): Promise<Uint8Array | undefined> {
  let file: FileHandle;
  try {
    file = await open(place, FLAGS);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  try {
    const found = await file.stat();
    return found.isFile() && found.size <= most ? await readUpTo(file, found.size) : undefined;
  } finally {
    await file.close();
  }
}

/** As many bytes as there were when it was looked at, or fewer when there are fewer by now. */
async function readUpTo(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await file.read(bytes, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length === size ? bytes : bytes.slice(0, length);
}
