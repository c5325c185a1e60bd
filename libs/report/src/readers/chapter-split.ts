import type { FormatDefinition } from '../format-definition.js';
import { chapterNumber } from '../model.js';
import { labelKey, type TextLine } from './text-line.js';

/** A chapter as found: its heading line and the lines up to the next heading. */
export interface RawChapter {
  readonly no: number;
  readonly title: string;
  readonly line: number;
  readonly body: readonly TextLine[];
}

interface Heading {
  readonly no: number;
  readonly title: string;
  readonly at: number;
  readonly statutory: boolean;
}

const HEADING = /^\s*(?<numeral>[一二三四五六七八九十]{1,2})\s*[、，,.．]\s*(?<title>\S.{0,60}?)\s*$/u;

/**
 * Splits a report at its chapter headings. Headings only ever count upwards; row labels of 表三 (`一、本年新收…`) and numbered sentences are
 * not headings, and a statutory heading later in the file wins over another line with its number.
 */
export function splitChapters(
  lines: readonly TextLine[],
  format: FormatDefinition,
): { readonly front: readonly TextLine[]; readonly chapters: readonly RawChapter[] } {
  const headings = inOrder(headingCandidates(lines, format));
  const chapters = headings.map(({ no, title, at }, index): RawChapter => ({
    no,
    title,
    line: lines[at]?.no ?? 0,
    body: lines.slice(at + 1, headings[index + 1]?.at),
  }));
  return { front: lines.slice(0, headings[0]?.at), chapters };
}

function headingCandidates(lines: readonly TextLine[], format: FormatDefinition): readonly Heading[] {
  const rowLabels = new Set(
    format.tables.flatMap(({ blocks }) =>
      blocks.flatMap(({ rows }) => rows.flatMap((row) => row.labels.map(labelKey))),
    ),
  );
  return lines.flatMap(({ text }, at) => {
    const { numeral = '', title = '' } = HEADING.exec(text)?.groups ?? {};
    const no = chapterNumber(numeral);
    if (no === null || /[。；：]/.test(title) || rowLabels.has(labelKey(text))) return [];
    const statutory = format.chapters.some(
      (chapter) => chapter.no === no && labelKey(chapter.title) === labelKey(title),
    );
    // A tab begins a table cell; only words that can be nothing else make it a heading.
    return text.startsWith('\t') && !statutory ? [] : [{ no, title, at, statutory }];
  });
}

function inOrder(candidates: readonly Heading[]): readonly Heading[] {
  const taken: Heading[] = [];
  const lastStatutory = new Map(candidates.filter(({ statutory }) => statutory).map(({ no, at }) => [no, at]));
  for (const candidate of candidates) {
    const last = taken.at(-1)?.no ?? 0;
    const statutoryLater = (lastStatutory.get(candidate.no) ?? -1) > candidate.at;
    const follows = candidate.no === last + 1 || (candidate.no > last && candidate.statutory);
    if (follows && (candidate.statutory || !statutoryLater)) taken.push(candidate);
  }
  return taken;
}
