import type { FormatId } from './format-definition.js';

/** Units of money as printed; the factor to 元 is a power of ten. */
export type PrintUnit = '元' | '万元' | '亿元';

/**
 * One figure. `value` is an exact decimal, `unit` what it counts when it is money (`元`, or `万元` for the fee cell of the 2021 format);
 * absent on an amount means the office wrote no unit. `printUnit`: the unit the office chose to print. `original`: the text as received.
 * A blank is `unfilled`, `/` or 无 is `not-applicable`, anything else that is no number is `unreadable`; none of them is ever 0.
 */
export type Cell =
  | {
      readonly state: 'value';
      readonly value: string;
      readonly unit?: '元' | '万元';
      readonly printUnit?: PrintUnit;
      readonly original: string;
    }
  | { readonly state: 'unfilled' | 'not-applicable' | 'unreadable'; readonly original: string };

/** Cells of one table by cell id; every cell of the format, no other. */
export type Cells = Readonly<Record<string, Cell>>;

/**
 * A chapter as printed: `title` without its numeral. `tableAt`, in the chapters that hold a table: how many paragraphs stand before it.
 */
export interface Chapter {
  readonly no: number;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly tableAt?: number;
}

/** How to reach the office, as far as the preface says. */
export interface Contact {
  readonly address?: string;
  readonly postcode?: string;
  readonly phone?: string;
  readonly email?: string;
}

/**
 * The annual report, JSON-safe: what is edited, checked, frozen and published. `organName`: the title up to the year. `title`, `preface`
 * and paragraphs are text as typed; `period`: first and last day as YYYY-MM-DD, null when the text names none; `scope`: figures of this
 * organ alone or of the whole region.
 */
export interface AnnualReport {
  readonly format: FormatId;
  readonly year: number;
  readonly organName: string;
  readonly title: string;
  readonly preface: string;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly scope: 'organ' | 'region';
  readonly chapters: readonly Chapter[];
  readonly tables: Readonly<Record<string, Cells>>;
  readonly contact?: Contact;
}

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五'];

/** Highest chapter number a heading can carry; the statutory report ends at 6. */
export const MAX_CHAPTERS = NUMERALS.length;

/** The Chinese numeral of a chapter, 1 to 15. Throws RangeError beyond. */
export function chapterNumeral(no: number): string {
  const numeral = NUMERALS[no - 1];
  if (numeral === undefined) throw new RangeError(`no chapter number ${no}: 1 to ${MAX_CHAPTERS}`);
  return numeral;
}

/** The number of a Chinese numeral; null when it is none up to 15. */
export function chapterNumber(numeral: string): number | null {
  const index = NUMERALS.indexOf(numeral);
  return index < 0 ? null : index + 1;
}

/** The heading as printed, e.g. `一、总体情况`. */
export function chapterHeading(chapter: { readonly no: number; readonly title: string }): string {
  return `${chapterNumeral(chapter.no)}、${chapter.title}`;
}
