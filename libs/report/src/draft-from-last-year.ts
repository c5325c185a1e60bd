import { refuse, type Refusal } from '#domain/decision';
import { statutoryTitle, unfilledTables } from './blank-report.js';
import { formatFor } from './format.js';
import type { AnnualReport, Chapter } from './model.js';
import type { Place } from './place.js';

/** One place of last year's text that was changed on the way into the draft. */
export interface CarriedChange {
  readonly place: Place;
  readonly original: string;
  readonly replacement: string;
}

/** This year's draft and every place where it differs from last year's words. */
export interface CarriedDraft {
  readonly report: AnnualReport;
  readonly changes: readonly CarriedChange[];
}

/** Stands for a figure to be written anew; rule S14 refuses a report in which one is left. */
const BLANK = 'XX';

/** Words in which a number is no figure of the year: titles, document numbers, articles, ordinal marks of headings. */
const KEPT =
  /《[^》]{0,200}》|〔\d{4}〕\d{0,6}号?|第[\d一二三四五六七八九十百]{1,6}[条款项章节次届]|(?<=^\s*)[（(]?\d{1,2}[)）.、．]|三安全一稳定/u;
const YEAR = /(?<!\d)(?:19|20)\d{2}(?=年)/u;
const FIGURE =
  /\d[\d,，.．]*\d|\d|(?<![第一二三四五六七八九十百千])[一二三四五六七八九十百千两]{1,7}(?=[件条次份起宗])/u;
const TOKEN = new RegExp(`(?<kept>${KEPT.source})|(?<year>${YEAR.source})|(?<figure>${FIGURE.source})`, 'gmu');

/**
 * This year's draft from last year's report: frame, titles, contact and prose come along with the years moved on, every figure is taken out, in the
 * tables (未填) and in the prose (`XX`), so that no old figure survives by mistake. Chapters and tables are those of the format in force for
 * `year`. Refuses unknown_format (year).
 */
export function draftFromLastYear(lastYear: AnnualReport, year: number): CarriedDraft | Refusal<'unknown_format'> {
  const format = formatFor(year);
  if (format === null) return refuse('unknown_format', { year });
  const step = year - lastYear.year;
  const changes: CarriedChange[] = [];
  const preface = carriedText(lastYear.preface, { step, blank: false }, { part: 'preface' }, changes);
  const chapters = format.chapters.map(({ no, title, table }) => {
    const before = lastYear.chapters.find((chapter) => chapter.no === no);
    return carriedChapter({ no, title, table: table !== undefined }, before, step, changes);
  });
  const report: AnnualReport = {
    ...lastYear,
    format: format.id,
    year,
    title: statutoryTitle(lastYear.organName, year),
    preface,
    period: { from: `${year}-01-01`, to: `${year}-12-31` },
    chapters,
    tables: unfilledTables(format),
  };
  return { report, changes };
}

function carriedChapter(
  { no, title, table }: { readonly no: number; readonly title: string; readonly table: boolean },
  before: Chapter | undefined,
  step: number,
  changes: CarriedChange[],
): Chapter {
  const paragraphs = (before?.paragraphs ?? []).map((text, paragraph) =>
    carriedText(text, { step, blank: true }, { chapter: no, paragraph }, changes),
  );
  const tableAt = Math.min(before?.tableAt ?? 0, paragraphs.length);
  return { no, title, paragraphs, ...(table ? { tableAt } : {}) };
}

function carriedText(
  text: string,
  { step, blank }: { readonly step: number; readonly blank: boolean },
  place: Place,
  changes: CarriedChange[],
): string {
  return text.replace(TOKEN, (token: string, ...rest: unknown[]) => {
    const { year, figure } = rest.at(-1) as { year?: string; figure?: string };
    const replacement =
      year !== undefined ? String(Number(year) + step) : figure !== undefined && blank ? BLANK : token;
    if (replacement !== token) changes.push({ place, original: token, replacement });
    return replacement;
  });
}
