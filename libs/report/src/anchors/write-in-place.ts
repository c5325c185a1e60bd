import { type Refusal, refuse } from '#domain/decision';
import { readCell } from '../cell-text.js';
import { cellsOf, formatById } from '../format.js';
import type { CellPlace } from '../format-definition.js';
import type { AnnualReport, Chapter } from '../model.js';
import { type CellAnchor, type SentenceAnchor, type TextPlace, textOfAnchor } from './anchor.js';
import { resolveAnchor } from './resolve-anchor.js';

/**
 * The report with other words in the place of a quotation, or another figure in a cell; words struck out altogether take
 * an empty paragraph with them. Refuses text_changed (found) when what was quoted does not stand there as it did.
 */
export function writeInPlace(
  report: AnnualReport,
  anchor: CellAnchor | SentenceAnchor,
  replacement: string,
): AnnualReport | Refusal<'text_changed'> {
  const found = resolveAnchor(anchor, report);
  const lost = found.state === 'gone' || found.state === 'ambiguous';
  if (lost || found.text !== textOfAnchor(anchor)) return refuse('text_changed', { found: lost ? null : found.text });
  const { place } = found;
  if ('passage' in place) return withWords(report, place, replacement);
  if ('cell' in place) return withFigure(report, place.cell, replacement);
  throw new RangeError('a chapter is no place to write in');
}

/** What a cell would hold: null when the text is no figure and not 不适用 either, or the format has no such cell. */
export function figureFor(
  report: AnnualReport,
  cell: string,
  text: string,
): ReturnType<typeof readCell>['cell'] | null {
  const place = placeOf(report, cell);
  const read = place === undefined ? null : readCell(place.column.kind, text).cell;
  return read?.state === 'value' || read?.state === 'not-applicable' ? read : null;
}

function placeOf({ format }: AnnualReport, id: string): CellPlace | undefined {
  return formatById(format)
    ?.tables.flatMap((table) => cellsOf(table))
    .find((one) => one.id === id);
}

function withFigure(report: AnnualReport, id: string, text: string): AnnualReport {
  const figure = figureFor(report, id, text);
  const table = placeOf(report, id)?.table.id;
  if (figure === null || table === undefined) throw new RangeError(`${text} is no figure for ${id}`);
  return { ...report, tables: { ...report.tables, [table]: { ...report.tables[table], [id]: figure } } };
}

function withWords(report: AnnualReport, { passage, from, to }: TextPlace, words: string): AnnualReport {
  const written = (text: string): string => text.slice(0, from) + words + text.slice(to);
  if ('part' in passage) return { ...report, [passage.part]: written(report[passage.part]) };
  const { chapter, paragraph } = passage;
  return {
    ...report,
    chapters: report.chapters.map((one) =>
      one.no === chapter ? withParagraph(one, paragraph, written(one.paragraphs[paragraph] ?? '')) : one,
    ),
  };
}

function withParagraph(chapter: Chapter, at: number, text: string): Chapter {
  if (text.trim() !== '') return { ...chapter, paragraphs: chapter.paragraphs.with(at, text) };
  const { tableAt } = chapter;
  const paragraphs = chapter.paragraphs.toSpliced(at, 1);
  return tableAt === undefined
    ? { ...chapter, paragraphs }
    : { ...chapter, paragraphs, tableAt: tableAt > at ? tableAt - 1 : tableAt };
}
