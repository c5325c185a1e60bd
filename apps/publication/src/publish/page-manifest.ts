import { canonicalBytes, parseCanonical } from '#evidence/canonical';
import { DERIVED_NAMES, type DerivedName } from '#report-files/writers/derived-names';

/** One public file. */
export interface PageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/** A file that is signed, or proves itself by what it says. */
export type FileName = 'evidence.json' | 'index.html' | 'ratification.json' | 'report.json' | 'withdrawal.json';

/** The files a tree can have beside those made of the signed bytes: an edition, a ratified emergency, the page of a withdrawal. */
const EDITIONS: readonly (readonly FileName[])[] = [
  ['evidence.json', 'index.html', 'report.json'],
  ['evidence.json', 'index.html', 'ratification.json', 'report.json'],
];
const WITHDRAWAL: readonly FileName[] = ['index.html', 'withdrawal.json'];

/** True for a file made of the signed bytes for readers' convenience, which only making it again proves. */
export function isDerived(name: string): name is DerivedName {
  return (DERIVED_NAMES as readonly string[]).includes(name);
}

/** Files in the order manifests list them. */
export function sortedFiles(files: readonly PageFile[]): readonly PageFile[] {
  return files.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

/** Names of the files a manifest lists, when they are those a tree can have; undefined otherwise. */
export function filesNamed(manifest: Uint8Array): readonly string[] | undefined {
  let entries: readonly ManifestEntry[];
  try {
    entries = manifestEntries(manifest);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
  const names = Array.isArray(entries) ? entries.map(({ name }) => name) : [];
  const isSorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  const proving = names.filter((name) => !isDerived(name));
  const isEdition = EDITIONS.some((shape) => same(shape, proving));
  return isSorted && (isEdition || same(WITHDRAWAL, names)) ? names : undefined;
}

function same(shape: readonly string[], names: readonly string[]): boolean {
  return shape.length === names.length && shape.every((name, index) => name === names[index]);
}

interface ManifestEntry {
  readonly name: string;
  readonly digest: string;
  readonly sizeBytes: number;
}

/** The bytes of the manifest of files. */
export function manifestOf(files: readonly PageFile[]): Uint8Array {
  const entries: ManifestEntry[] = files.map(({ name, digest, bytes }) => ({
    name,
    digest,
    sizeBytes: bytes.byteLength,
  }));
  return canonicalBytes({ schema: 'sunward.tree/1', files: entries });
}

/** What a manifest lists. Throws RangeError for bytes that are no canonical JSON. */
export function manifestEntries(manifest: Uint8Array): readonly ManifestEntry[] {
  const { files } = parseCanonical(manifest) as { readonly files?: readonly ManifestEntry[] };
  return files ?? [];
}
