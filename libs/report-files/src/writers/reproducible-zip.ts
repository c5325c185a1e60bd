import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';

/** Changes the text of one part of an Office file; anything else is passed on as it is. */
export type PartEdit = (path: string, text: string) => string;

const CONTENT_TYPES = '[Content_Types].xml';
const CORE_PROPERTIES = 'docProps/core.xml';

/**
 * The same Office file with nothing in it that differs from run to run: parts in sorted order under one fixed time (1980-01-01, the first a ZIP can
 * say) and no times of creation in the core properties. `edit` sees every XML part. The libraries that make the file put the clock into both.
 */
export function reproducibleZip(bytes: Uint8Array, edit: PartEdit = (_path, text) => text): Uint8Array {
  const parts = unzipSync(bytes);
  // The content types come first: some programs tell the kind of a file by its first part.
  const paths = Object.keys(parts)
    .filter((path) => !path.endsWith('/'))
    .toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  // ZIP times are local: this names the same fields in every time zone.
  const mtime = new Date(1980, 0, 1);
  const archive: Zippable = {};
  for (const path of paths) {
    const content = parts[path] ?? new Uint8Array();
    archive[path] = [isXml(path) ? strToU8(edit(path, withoutTimes(path, strFromU8(content)))) : content, { mtime }];
  }
  return zipSync(archive, { level: 6 });
}

/**
 * Text that XML can carry: U+FFFE and U+FFFF, which a report may hold and XML may not, become the replacement character.
 */
export function xmlText(text: string): string {
  return text.replace(/[\ufffe\uffff]/g, '\ufffd');
}

const rank = (path: string): number => (path === CONTENT_TYPES ? 0 : 1);
const isXml = (path: string): boolean => /\.(?:xml|rels)$/.test(path);

function withoutTimes(path: string, text: string): string {
  return path === CORE_PROPERTIES ? text.replace(/<dcterms:(created|modified)\b[^>]*>[^<]*<\/dcterms:\1>/g, '') : text;
}
