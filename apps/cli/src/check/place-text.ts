import { cellName, cellsOf, formatById } from '#report/format';
import type { AnnualReport } from '#report/model';
import type { Message, Place } from '#report/place';
import type { Language } from '../output.js';

const PARTS: Readonly<Record<'report' | 'title' | 'preface' | 'period', Message>> = {
  report: { zh: '全文', en: 'report' },
  title: { zh: '标题', en: 'title' },
  preface: { zh: '前言', en: 'preface' },
  period: { zh: '统计期限', en: 'period' },
};

/** A place in words; chapters, paragraphs and characters are counted from 1 for people. */
export function placeText(place: Place, report: AnnualReport, language: Language): string {
  if ('part' in place) return PARTS[place.part][language];
  if ('chapter' in place) return chapterText(place, language);
  const table = formatById(report.format)?.tables.find(({ id }) => id === place.table);
  const cell = table && cellsOf(table).find(({ id }) => id === place.cell);
  if (cell) return cellName(cell);
  const row = table?.blocks.flatMap(({ rows }) => rows).find(({ id }) => id === place.row);
  const column = table?.blocks.flatMap(({ columns }) => columns).find(({ id }) => id === place.column);
  const names = [table?.name ?? place.table, row?.labels.at(-1) ?? place.row, column?.name ?? place.column];
  return names.filter(Boolean).join(' ');
}

function chapterText(
  { chapter, paragraph, from, to }: Extract<Place, { chapter: number }>,
  language: Language,
): string {
  const zh = language === 'zh';
  const parts = [zh ? `第 ${chapter} 章` : `chapter ${chapter}`];
  if (paragraph !== undefined) parts.push(zh ? `第 ${paragraph + 1} 段` : `paragraph ${paragraph + 1}`);
  if (from !== undefined && to !== undefined && to > from)
    parts.push(zh ? `第 ${from + 1}–${to} 字` : `characters ${from + 1}–${to}`);
  return parts.join(' ');
}
