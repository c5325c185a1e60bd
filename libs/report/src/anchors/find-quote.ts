import type { AnnualReport } from '../model.js';
import type { TextPlace } from './anchor.js';
import type { Passage } from './passage.js';

/** Where to look for a quotation: in one chapter, in one paragraph of it, in the title or preface, or everywhere. */
export interface QuoteScope {
  readonly chapter?: number | undefined;
  readonly paragraph?: number | undefined;
  readonly part?: 'title' | 'preface' | undefined;
}

/** Every place where exactly this text stands, in the order of the report. */
export function findQuote(report: AnnualReport, quote: string, scope: QuoteScope = {}): readonly TextPlace[] {
  return passagesOf(report)
    .filter(({ passage }) => isInside(passage, scope))
    .flatMap(({ passage, text }) =>
      occurrences(text, quote).map((from) => ({ passage, from, to: from + quote.length })),
    );
}

function passagesOf({ title, preface, chapters }: AnnualReport): readonly { passage: Passage; text: string }[] {
  return [
    { passage: { part: 'title' }, text: title },
    { passage: { part: 'preface' }, text: preface },
    ...chapters.flatMap(({ no, paragraphs }) =>
      paragraphs.map((text, paragraph) => ({ passage: { chapter: no, paragraph }, text })),
    ),
  ];
}

function isInside(passage: Passage, { chapter, paragraph, part }: QuoteScope): boolean {
  if ('part' in passage) return chapter === undefined && (part === undefined || part === passage.part);
  if (part !== undefined) return false;
  return (
    (chapter === undefined || chapter === passage.chapter) &&
    (paragraph === undefined || paragraph === passage.paragraph)
  );
}

function occurrences(text: string, quote: string): readonly number[] {
  if (quote === '') return [];
  const found: number[] = [];
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) found.push(at);
  return found;
}
