import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** True when the token is the one in the file; false too when no file is configured or it is gone. Constant time. */
export async function isSetupToken(file: string | null, token: string): Promise<boolean> {
  if (file === null) return false;
  const expected = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return expected.trim() !== '' && timingSafeEqual(sha256(expected.trim()), sha256(token));
}
