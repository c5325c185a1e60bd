import { cellName, cellsOf, formatById } from '../format.js';
import { type AnnualReport, chapterHeading } from '../model.js';

/**
 * Places of a report that a correction opens one by one: `title` (with the organ's name, which is part of it), `preface` (with the contact details
 * it states), `scope` (form, period, whose figures), a cell by its id (`t3.1.total`), a paragraph as `chapter-2.0`, or a chapter whole, as
 * `chapter-2`: its heading, its paragraphs, how many they are and where the table stands.
 */
export const FRONT_PLACES = ['title', 'preface', 'scope'] as const;

export const chapterPlace = (no: number): string => `chapter-${no}`;
export const paragraphPlace = (no: number, index: number): string => `chapter-${no}.${index}`;

const CHAPTER = /^chapter-(\d{1,2})(?:\.(\d{1,4}))?$/;
const FRONT_NAMES: Readonly<Record<string, string>> = { title: '标题', preface: '前言', scope: '统计期限与口径' };

/** The chapter a place is in, and its paragraph there; null for what is no place of the prose. */
export function proseOf(place: string): { readonly chapter: number; readonly paragraph: number | null } | null {
  const [, no, index] = CHAPTER.exec(place) ?? [];
  return no === undefined ? null : { chapter: Number(no), paragraph: index === undefined ? null : Number(index) };
}

/** The table a cell is in; null for what is no cell of this report. */
export function tableOfCell({ tables }: AnnualReport, place: string): string | null {
  return Object.keys(tables).find((table) => Object.hasOwn(tables[table] ?? {}, place)) ?? null;
}

/** How people call a place of this report; null for what is none. */
export function placeName(report: AnnualReport, place: string): string | null {
  const front = FRONT_NAMES[place];
  if (front !== undefined) return front;
  const prose = proseOf(place);
  if (prose === null) return nameOfCell(report, place);
  const chapter = report.chapters.find(({ no }) => no === prose.chapter);
  if (chapter === undefined) return null;
  if (prose.paragraph === null) return `${chapterHeading(chapter)}（整章）`;
  return prose.paragraph < chapter.paragraphs.length ? `${chapterHeading(chapter)} 第 ${prose.paragraph + 1} 段` : null;
}

function nameOfCell(report: AnnualReport, id: string): string | null {
  if (tableOfCell(report, id) === null) return null;
  const cell = (formatById(report.format)?.tables ?? []).flatMap(cellsOf).find((one) => one.id === id);
  return cell === undefined ? null : cellName(cell);
}
