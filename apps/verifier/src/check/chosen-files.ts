import { unzipSync } from 'fflate';
import type { NamedFiles } from '#evidence/files-manifest';

/** Files that mean something to the check. */
const KNOWN = new Set([
  'evidence.json',
  'report.json',
  'receipt.json',
  'inclusion.json',
  'ratification.json',
  'withdrawal.json',
  'trust.json',
]);

/** Bytes of one file and of all together; a real bundle is under 1 MB. */
const MOST = { file: 32 * 1024 * 1024, all: 64 * 1024 * 1024 };

/** A file as a browser hands it over. */
export interface ChosenFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What was chosen: the files by name. `own`: the reader's own trust file, chosen beside the others and not packed with them. */
export interface Chosen {
  readonly files: NamedFiles;
  readonly own: Uint8Array | null;
}

/** Reads what was dropped or chosen, a ZIP of evidence or single files. Throws RangeError for what is too large or no ZIP. */
export async function readChosen(chosen: Iterable<ChosenFile>): Promise<Chosen> {
  const files: Record<string, Uint8Array> = {};
  let own: Uint8Array | null = null;
  let room = MOST.all;
  for (const file of chosen) {
    if (file.size > MOST.file || file.size > room) throw new RangeError(`${file.name}: ${file.size} bytes`);
    room -= file.size;
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (file.name.endsWith('.zip')) Object.assign(files, unpacked(bytes));
    else if (file.name === 'trust.json') own = bytes;
    else if (KNOWN.has(file.name)) files[file.name] = bytes;
  }
  return { files, own };
}

function unpacked(zip: Uint8Array): Record<string, Uint8Array> {
  let room = MOST.all;
  const wanted = (name: string, size: number): boolean => {
    if (!KNOWN.has(name)) return false;
    room -= size;
    if (size > MOST.file || room < 0) throw new RangeError(`${name}: ${size} bytes`);
    return true;
  };
  try {
    return unzipSync(zip, { filter: ({ name, originalSize }) => wanted(name, originalSize) });
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new RangeError('no readable ZIP', { cause: error });
  }
}
