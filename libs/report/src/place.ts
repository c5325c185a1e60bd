/** Text for people; Chinese is the one that counts. */
export interface Message {
  readonly zh: string;
  readonly en: string;
}

/**
 * Where something is: a cell, a row or a column of a table (ids as in the format), characters `from`..`to` of paragraph `paragraph`
 * (0-based) of a chapter, a whole chapter, or a named part of the report.
 */
export type Place =
  | {
      readonly table: string;
      readonly block?: string;
      readonly row?: string;
      readonly column?: string;
      readonly cell?: string;
    }
  | { readonly chapter: number; readonly paragraph?: number; readonly from?: number; readonly to?: number }
  | { readonly part: 'report' | 'title' | 'preface' | 'period' };

/** `E` blocks submission, `W` must be acknowledged, `I` informs. */
export type Severity = 'E' | 'W' | 'I';
