import { cellName, cellsOf, formatById } from '#report/format';
import type { CellPlace, FormatDefinition } from '#report/format-definition';
import { type AnnualReport, chapterHeading } from '#report/model';
import type { Place } from '#report/place';
import type { Say } from '../words/words.js';

/** The parts of a report that have no number. */
function partText(part: string, say: Say): string {
  if (part === 'title') return say('case.title');
  return part === 'preface' ? say('case.preface') : say('case.text');
}

const chapterText = (report: AnnualReport, no: number): string => {
  const chapter = report.chapters.find((one) => one.no === no);
  return chapterHeading({ no, title: chapter?.title ?? '' });
};

const cellsOfFormat = new WeakMap<FormatDefinition, ReadonlyMap<string, CellPlace>>();

function cellText(report: AnnualReport, id: string): string | undefined {
  const format = formatById(report.format);
  if (format === null) return undefined;
  const cells = cellsOfFormat.get(format) ?? new Map(format.tables.flatMap(cellsOf).map((cell) => [cell.id, cell]));
  cellsOfFormat.set(format, cells);
  const place = cells.get(id);
  return place && cellName(place);
}

/** What people call a cell of the form; sums over rows of another format are named by their last part. */
export function cellWords(report: AnnualReport, id: string): string {
  return cellText(report, id) ?? id;
}

/** Where a check found something. */
export function placeWords(report: AnnualReport, place: Place, say: Say): string {
  if ('part' in place) return partText(place.part, say);
  if ('chapter' in place) return chapterText(report, place.chapter);
  const found = place.cell === undefined ? undefined : cellText(report, place.cell);
  if (found !== undefined) return found;
  const table = formatById(report.format)?.tables.find(({ id }) => id === place.table);
  const row = table?.blocks.flatMap(({ rows }) => rows).find(({ id }) => id === place.row);
  const column = table?.blocks.flatMap(({ columns }) => columns).find(({ id }) => id === place.column);
  return [table?.name, row?.labels.at(-1), column?.name].filter((one) => one !== undefined).join(' ');
}

/** The place a return names: a cell, `chapter-2`, `title`, `preface`; anything else is somebody's own words. */
export function namedPlaceWords(report: AnnualReport | null, place: string, say: Say): string {
  if (place === 'title' || place === 'preface') return partText(place, say);
  const chapter = /^chapter-(\d{1,2})$/.exec(place)?.[1];
  if (report === null) return chapter === undefined ? place : say('case.chapter', { no: chapter });
  return chapter === undefined ? (cellText(report, place) ?? place) : chapterText(report, Number(chapter));
}
