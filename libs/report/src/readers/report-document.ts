/**
 * Where something stands in a file, as far as the kind of file has such a place; all counts from 1. `line` of a text file, `page` of a PDF,
 * `sheet` and `cell` (A1 notation) of a workbook, `table`, `row` and `column` of a table in HTML or DOCX (grid position, merged cells counted
 * where they begin), `paragraph` of the file.
 */
export interface SourcePlace {
  readonly line?: number;
  readonly page?: number;
  readonly sheet?: string;
  readonly cell?: string;
  readonly table?: number;
  readonly row?: number;
  readonly column?: number;
  readonly paragraph?: number;
}

/** A paragraph as a reader found it: text without markup, the original characters. */
export interface DocumentParagraph {
  readonly kind: 'paragraph';
  readonly text: string;
  readonly at: SourcePlace;
}

/**
 * One cell of a table: it begins at this place of its row and covers `colSpan` × `rowSpan` grid positions (1 × 1 when not merged). `doubt`:
 * why the file reader is not sure of the text (overlapping PDF text, a formula without stored value, a hidden column …), in words for people.
 */
export interface GridCell {
  readonly text: string;
  readonly colSpan: number;
  readonly rowSpan: number;
  readonly at: SourcePlace;
  readonly doubt?: { readonly zh: string; readonly en: string };
}

/** A table as a reader found it: per row the cells that begin in it, left to right; positions covered by a cell above are not repeated. */
export interface DocumentTable {
  readonly kind: 'table';
  readonly rows: readonly (readonly GridCell[])[];
  readonly at: SourcePlace;
  /** What the file itself calls the table; no part of the prose. */
  readonly caption?: string;
}

/**
 * What a file reader saw besides the text, or left out: tracked changes, comments, hidden text, links outside, fields, embedded objects.
 * `count` of them, `sample` text of the first (at most 200 characters), `at` the first. Each becomes a finding.
 */
export interface FileNotice {
  readonly code:
    | 'tracked_insertions'
    | 'tracked_deletions'
    | 'comments'
    | 'hidden_text'
    | 'footnotes'
    | 'external_links'
    | 'active_fields'
    | 'embedded_objects'
    | 'pictures'
    | 'formulas'
    | 'hidden_sheets'
    | 'scripts'
    | 'page_furniture'
    | 'radicals';
  readonly count: number;
  readonly sample: string;
  readonly at: SourcePlace;
}

/** A file as a sequence of paragraphs and tables in reading order: what every file reader produces and `readReportDocument` understands. */
export interface ReportDocument {
  readonly kind: 'text' | 'html' | 'docx' | 'xlsx' | 'pdf';
  readonly blocks: readonly (DocumentParagraph | DocumentTable)[];
  readonly notices: readonly FileNotice[];
  /** First and last day as YYYY-MM-DD where the file has fields for them; what the text says comes first. */
  readonly period?: { readonly from: string; readonly to: string };
}
