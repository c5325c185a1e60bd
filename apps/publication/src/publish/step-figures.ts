import { DERIVED_NAMES } from '#report-files/writers/derived-names';
import type { Figures } from './attempt-trail.js';
import type { PageFile } from './page-manifest.js';
import { attribute, type ReadPage } from './page-reading.js';
import type { PageTree } from './page-tree.js';

/** Tags every page of a government site must carry. Source: 国办发〔2017〕47号, 附件. */
const REQUIRED_TAGS = [
  'SiteName',
  'SiteDomain',
  'SiteIDCode',
  'ColumnName',
  'ColumnDescription',
  'ColumnKeywords',
  'ColumnType',
  'ArticleTitle',
  'PubDate',
  'ContentSource',
  'Keywords',
  'Author',
  'Description',
  'Url',
];

/** What laying out a page found. */
export function pageFigures({ files }: PageTree): Figures {
  return { sizeBytes: files.find(({ name }) => name === 'index.html')?.bytes.byteLength ?? 0 };
}

/** What was laid down beside each other, and which of the files made of the signed bytes are to follow. */
export function fileFigures(files: readonly PageFile[], expected: readonly string[] = DERIVED_NAMES): Figures {
  return {
    files: files.map(({ name, bytes }) => ({ name, sizeBytes: bytes.byteLength })),
    follow: expected.filter((name) => files.every((file) => file.name !== name)),
  };
}

/** How much stands on a page that was read and found right: paragraphs and headings, figures, required tags that say something. */
export function countedOn(page: ReadPage): Required<Pick<Figures, 'texts' | 'cells' | 'tags'>> {
  const told = new Set(
    page.flatMap((element) =>
      element.tagName === 'meta' && attribute(element, 'content') ? (attribute(element, 'name') ?? []) : [],
    ),
  );
  const missing = REQUIRED_TAGS.filter((name) => !told.has(name));
  return {
    texts: page.filter((element) => attribute(element, 'data-text') !== undefined).length,
    cells: page.filter((element) => element.tagName === 'td' && attribute(element, 'data-cell') !== undefined).length,
    tags: { found: REQUIRED_TAGS.length - missing.length, of: REQUIRED_TAGS.length, missing },
  };
}
