import { chapterNumeral, MAX_CHAPTERS, type AnnualReport } from '../model.js';
import type { Message, Place } from '../place.js';
import type { Outcome } from './rule.js';

/** A stretch of text of the report that stands in one place. `where` names it for people. */
export interface Passage {
  readonly kind: 'title' | 'preface' | 'heading' | 'paragraph';
  readonly place: Place;
  readonly text: string;
  readonly where: Message;
}

/** Characters `from`..`to` of a passage. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

const passagesOfReport = new WeakMap<AnnualReport, readonly Passage[]>();

/** All text of a report in reading order: title, preface, and of every chapter its title (without numeral) and paragraphs. */
export function passagesOf(report: AnnualReport): readonly Passage[] {
  const known = passagesOfReport.get(report);
  if (known !== undefined) return known;
  const passages: readonly Passage[] = [
    { kind: 'title', place: { part: 'title' }, text: report.title, where: { zh: '标题', en: 'title' } },
    { kind: 'preface', place: { part: 'preface' }, text: report.preface, where: { zh: '引言', en: 'preface' } },
    ...report.chapters.flatMap(({ no, title, paragraphs }): Passage[] => {
      const chapter = chapterName(no);
      const heading = { zh: `${chapter.zh}标题`, en: `heading of ${chapter.en}` };
      return [
        { kind: 'heading', place: { chapter: no }, text: title, where: heading },
        ...paragraphs.map((text, paragraph): Passage => {
          const where = { zh: `${chapter.zh}第 ${paragraph + 1} 段`, en: `${chapter.en}, paragraph ${paragraph + 1}` };
          return { kind: 'paragraph', place: { chapter: no, paragraph }, text, where };
        }),
      ];
    }),
  ];
  passagesOfReport.set(report, passages);
  return passages;
}

/** How people call a chapter, e.g. 第五部分. */
export function chapterName(no: number): Message {
  const numeral = no >= 1 && no <= MAX_CHAPTERS ? chapterNumeral(no) : String(no);
  return { zh: `第${numeral}部分`, en: `chapter ${no}` };
}

/** The text of a chapter, paragraphs joined by line feeds; null when the report has no such chapter. */
export function chapterText(report: AnnualReport, no: number): string | null {
  return report.chapters.find((chapter) => chapter.no === no)?.paragraphs.join('\n') ?? null;
}

/** The place of a range of a passage; an empty one in the title or preface stands for all of it. */
export function placeIn({ place }: Passage, { from, to }: TextRange): Place {
  return 'chapter' in place || from < to ? { ...place, from, to } : place;
}

/**
 * A failure at a range of a passage. Messages follow the name of the place. `replacement`: what the range should read; it is offered as the fix,
 * widened to the whole text in titles and headings, which are replaced as one.
 */
export function failureIn(
  passage: Passage,
  range: TextRange,
  what: Message &
    Pick<Outcome, 'expected' | 'severity' | 'reveals'> & { readonly found?: string; readonly replacement?: string },
): Outcome {
  const { zh, en, replacement, ...rest } = what;
  const { text, kind, where } = passage;
  const whole = kind === 'title' || kind === 'heading';
  const fix =
    replacement === undefined || !whole ? replacement : text.slice(0, range.from) + replacement + text.slice(range.to);
  return {
    found: text.slice(range.from, range.to),
    ...rest,
    status: 'fail',
    place: placeIn(passage, range),
    ...(replacement === undefined || rest.expected !== undefined ? {} : { expected: replacement }),
    ...(fix === undefined ? {} : { fix }),
    message: { zh: `${where.zh}：${zh}`, en: `${where.en}: ${en}` },
  };
}

/** The ranges of every match of a global pattern. */
export function rangesOf(text: string, pattern: RegExp): readonly (TextRange & { readonly match: RegExpExecArray })[] {
  return [...text.matchAll(pattern)].map((match) => ({ match, from: match.index, to: match.index + match[0].length }));
}

/** The ranges of every occurrence of a word, not overlapping. */
export function occurrencesOf(text: string, word: string): readonly TextRange[] {
  const found: TextRange[] = [];
  if (word === '') return found;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    found.push({ from: at, to: at + word.length });
  return found;
}

/** The failures, or one pass when there are none. */
export function failuresOr(failures: readonly Outcome[], zh: string, en: string): readonly Outcome[] {
  return failures.length > 0 ? failures : [{ status: 'pass', place: { part: 'report' }, message: { zh, en } }];
}

/** The one outcome of a rule that lacks its input; the texts say what is missing. */
export function notAssessable(place: Place, zh: string, en: string): readonly Outcome[] {
  return [{ status: 'not-assessable', place, message: { zh, en } }];
}
