import { canonicalBytes, parseCanonical } from './canonical.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import { count, digestText, listOf, oneOf, record, type Shape, text } from './shape.js';
import { type Trust, trustedKeys } from './trust.js';

/** Name of the list of files in the folder that travels with a publication. */
export const MANIFEST = 'manifest.json';

/** Files by name. */
export type NamedFiles = Readonly<Record<string, Uint8Array>>;

interface ListedFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Beside it where the installation signs with SM2. */
  readonly sm3?: string;
}

const fields = { name: text, sizeBytes: count, sha256: digestText };
const listed: Shape = (value, where) =>
  (typeof value === 'object' && value !== null && 'sm3' in value
    ? record({ ...fields, sm3: digestText })
    : record(fields))(value, where);
const manifest = record({ schema: oneOf('sunward.files/1'), files: listOf(listed) });

/** The list of these files with their digests, as canonical JSON; SM3 beside SHA-256 where the anchors name an SM2 key. */
export function filesManifest(files: NamedFiles, trust: Trust, crypto: EvidenceCrypto): Uint8Array {
  const withSm3 = trustedKeys(trust).some(({ algorithm }) => algorithm === 'sm2');
  const list = Object.entries(files)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, bytes]): ListedFile => {
      const digests = { sha256: crypto.sha256(bytes), ...(withSm3 ? { sm3: crypto.sm3(bytes) } : {}) };
      return { name, sizeBytes: bytes.byteLength, ...digests };
    });
  return canonicalBytes({ schema: 'sunward.files/1', files: list });
}

/**
 * The first listed file that is not there or not those bytes; other files beside them are nobody's business. It proves
 * only that a copy is whole: who signed what is proved by the evidence. Defects: files_unreadable, file_missing, file_altered.
 */
export function filesDefect(files: NamedFiles, crypto: EvidenceCrypto): Defect | undefined {
  const list = readManifest(files[MANIFEST]);
  if (isDefect(list)) return list;
  for (const { name, sizeBytes, sha256, sm3 } of list) {
    const bytes = Object.hasOwn(files, name) ? files[name] : undefined;
    if (bytes === undefined) return defect('file_missing', name, 'listed, and not there');
    const same = bytes.byteLength === sizeBytes && crypto.sha256(bytes) === sha256;
    if (!same || (sm3 !== undefined && crypto.sm3(bytes) !== sm3))
      return defect('file_altered', name, `${bytes.byteLength} bytes, ${sizeBytes} were listed`);
  }
  return undefined;
}

/** Names of the files a manifest lists; empty when it cannot be read. */
export function filesListed(bytes: Uint8Array | undefined): readonly string[] {
  const list = readManifest(bytes);
  return isDefect(list) ? [] : list.map(({ name }) => name);
}

function readManifest(bytes: Uint8Array | undefined): readonly ListedFile[] | Defect {
  if (bytes === undefined) return defect('file_missing', MANIFEST, 'the list of files is not there');
  try {
    const value = parseCanonical(bytes);
    const wrong = manifest(value, 'manifest');
    if (wrong !== undefined) return defect('files_unreadable', MANIFEST, wrong);
    return (value as { files: readonly ListedFile[] }).files;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return defect('files_unreadable', MANIFEST, error.message);
  }
}
