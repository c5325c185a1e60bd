/** Names of the files made from the signed bytes for readers' convenience, in the order of their names. */
export const DERIVED_NAMES = ['dictionary.csv', 'report.csv', 'report.docx', 'report.pdf', 'report.xlsx'] as const;

/** Name of one of them. */
export type DerivedName = (typeof DERIVED_NAMES)[number];

/** A file made from signed bytes, or why it could not be: `code` is stable (`glyph_missing`), `detail` for whoever operates the system. */
export type MadeFile =
  | { readonly name: DerivedName; readonly bytes: Uint8Array }
  | { readonly name: DerivedName; readonly code: string; readonly detail: string };
