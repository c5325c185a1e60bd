import yauzl from 'yauzl';
import { refuse, type Refusal } from '#domain/decision';

/** What a package may be before anything of it is unpacked. Sizes in bytes; `floor`: smaller parts may be packed as tightly as they like. */
const LIMITS = { entries: 2000, unpacked: 100 * 1024 * 1024, ratio: 100, floor: 64 * 1024 };

const ENCRYPTED = 0x1;
const SYMLINK = 0o120000;
const FILE_TYPE = 0o170000;

/** A zip file whose directory was found harmless. `part`: the bytes of an entry, null when there is none. */
export interface Package {
  readonly names: readonly string[];
  part(name: string): Promise<Uint8Array | null>;
}

type ZipRefusal = Refusal<'unsafe_package' | 'encrypted_file' | 'broken_file'>;

/** Thrown while a part is unpacked that is not what the directory said; caught by whoever opened the package. */
export class UnsafePart extends Error {
  constructor(
    readonly part: string,
    readonly why: string,
  ) {
    super(`${part}: ${why}`);
    this.name = 'UnsafePart';
  }
}

/**
 * Opens an Office package (ZIP, APPNOTE 6.3.10) without unpacking anything: the directory is weighed first. Refuses unsafe_package (why, part) for too
 * many or too large entries, bombs, overlapping entries, nested archives and names that point elsewhere or twice at one part; encrypted_file;
 * broken_file. Parts throw UnsafePart when more comes out than the directory says.
 */
export async function openPackage(bytes: Uint8Array): Promise<Package | ZipRefusal> {
  let zip: yauzl.ZipFile;
  let entries: readonly yauzl.Entry[];
  try {
    zip = await opened(bytes);
    if (zip.entryCount > LIMITS.entries) return unsafe('entries', String(zip.entryCount));
    entries = await entriesOf(zip);
  } catch (error) {
    return refuse('broken_file', { why: error instanceof Error ? error.message : String(error) });
  }
  const refusal = whyUnsafe(entries);
  if (refusal !== null) return refusal;
  const byName = new Map(entries.map((entry) => [entry.fileName, entry]));
  return {
    names: [...byName.keys()],
    part: async (name) => {
      const entry = byName.get(name);
      return entry === undefined ? null : unpacked(zip, entry);
    },
  };
}

function opened(bytes: Uint8Array): Promise<yauzl.ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Promise((resolve, reject) => {
    // yauzl itself refuses names that are absolute, climb or hold a drive or a backslash.
    const options = { lazyEntries: true, decodeStrings: true, validateEntrySizes: true, strictFileNames: true };
    yauzl.fromBuffer(buffer, options, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

function entriesOf(zip: yauzl.ZipFile): Promise<readonly yauzl.Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = [];
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', reject);
    zip.readEntry();
  });
}

function whyUnsafe(entries: readonly yauzl.Entry[]): ZipRefusal | null {
  const names = new Set<string>();
  let total = 0;
  for (const entry of entries) {
    const { fileName, uncompressedSize, compressedSize, generalPurposeBitFlag } = entry;
    if ((generalPurposeBitFlag & ENCRYPTED) !== 0) return refuse('encrypted_file', { part: fileName });
    if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMLINK) return unsafe('link', fileName);
    const key = fileName.toLowerCase();
    if (names.has(key)) return unsafe('name_twice', fileName);
    names.add(key);
    if (uncompressedSize > LIMITS.floor && uncompressedSize > compressedSize * LIMITS.ratio)
      return unsafe('ratio', fileName);
    total += uncompressedSize;
    if (total > LIMITS.unpacked) return unsafe('size', fileName);
  }
  return overlapping(entries);
}

/** Entries that share bytes make a bomb of any size out of one block (Fifield 2019). */
function overlapping(entries: readonly yauzl.Entry[]): ZipRefusal | null {
  const sorted = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const { relativeOffsetOfLocalHeader, compressedSize, fileName } of sorted) {
    if (relativeOffsetOfLocalHeader < end) return unsafe('overlap', fileName);
    end = relativeOffsetOfLocalHeader + 30 + compressedSize;
  }
  return null;
}

const NESTED = [0x50, 0x4b, 0x03, 0x04];

function unpacked(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(new UnsafePart(entry.fileName, error.message));
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      // yauzl fails the stream as soon as more comes out than the directory says.
      stream.once('error', (failure) => reject(new UnsafePart(entry.fileName, failure.message)));
      stream.once('end', () => {
        const bytes = Buffer.concat(chunks);
        const nested = NESTED.every((byte, index) => bytes[index] === byte);
        if (nested) reject(new UnsafePart(entry.fileName, 'an archive in the archive'));
        else resolve(bytes);
      });
    });
  });
}

const unsafe = (why: string, part: string): ZipRefusal => refuse('unsafe_package', { why, part: part.slice(0, 200) });
