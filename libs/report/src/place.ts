/** Text for people; Chinese is the one that counts. */
export interface Message {
  readonly zh: string;
  readonly en: string;
}

/**
 * Where something is: a cell, a row or a column of a table (ids as in the format), characters `from`..`to` of paragraph `paragraph`
 * (0-based) of a chapter, a whole chapter, or a named part of the report, of title and preface as a whole where no characters are named.
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
  | { readonly part: 'report' | 'period' }
  | { readonly part: 'title' | 'preface'; readonly from?: number; readonly to?: number };

/** What a stretch of text may give away that must not be public; a reviewer for confidentiality looks at each. */
export type Revealed =
  | 'citizen-number'
  | 'mobile-number'
  | 'card-number'
  | 'citizen-name'
  | 'home'
  | 'plate'
  | 'private-mail'
  | 'secrecy-marking'
  | 'secret-number'
  | 'internal-address';

/** `E` blocks submission, `W` must be acknowledged, `I` informs. */
export type Severity = 'E' | 'W' | 'I';
