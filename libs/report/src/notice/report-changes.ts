import { diffArrays } from 'diff';
import { printCell } from '../cell-text.js';
import { compareReports, type ComparedParagraph } from '../comparison/compare-reports.js';
import { sentencesOf } from '../comparison/tokens.js';
import { cellName, cellsOf, formatById } from '../format.js';
import type { CellPlace } from '../format-definition.js';
import { type AnnualReport, chapterHeading } from '../model.js';

/** A figure as printed before and after; null where the form of one edition has no such cell. `name`: how people call it. */
export interface CellChange {
  readonly cell: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Sentences before and after; null where one edition has none. `place`: `title`, `preface`, `chapter-2`, `chapter-2.title` or `data`. */
export interface TextChange {
  readonly place: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Everything in which one edition differs from another, in the order of the form. */
export interface ReportChanges {
  readonly cells: readonly CellChange[];
  readonly texts: readonly TextChange[];
}

/** What changed from one edition to the next, cell by cell and sentence by sentence; nothing is left out. */
export function changesBetween(before: AnnualReport, after: AnnualReport): ReportChanges {
  const { cells, notComparable, chapters } = compareReports(before, after);
  const unlike = new Set(cells.filter(({ kind }) => kind !== 'same').map(({ id }) => id));
  const comparedOrNot = [...cells.map(({ id }) => id), ...notComparable];
  return {
    cells: comparedOrNot.flatMap((id) => cellChange(id, before, after, unlike.has(id))),
    texts: [
      ...sentenceChanges('title', '标题', before.title, after.title),
      ...sentenceChanges('preface', '前言', before.preface, after.preface),
      ...chapters.flatMap(({ no, paragraphs }) => chapterChanges(no, paragraphs, before, after)),
      ...dataChange(before, after),
    ],
  };
}

/** True when two editions say the same. */
export function isUnchanged({ cells, texts }: ReportChanges): boolean {
  return cells.length === 0 && texts.length === 0;
}

function placeOf(report: AnnualReport, id: string): CellPlace | undefined {
  const tables = formatById(report.format)?.tables ?? [];
  return tables.flatMap(cellsOf).find((place) => place.id === id);
}

function cellChange(id: string, before: AnnualReport, after: AnnualReport, unlike: boolean): CellChange[] {
  const place = placeOf(after, id) ?? placeOf(before, id);
  if (place === undefined) return [];
  const printed = (report: AnnualReport): string | null => {
    const cell = report.tables[place.table.id]?.[id];
    return cell === undefined ? null : printCell(place.column.kind, cell);
  };
  const [old, now] = [printed(before), printed(after)];
  // The same amount in another unit is the same figure, and still not what people read before.
  return unlike || old !== now ? [{ cell: id, name: cellName(place), before: old, after: now }] : [];
}

function sentenceChanges(place: string, name: string, before: string, after: string): TextChange[] {
  const changes = diffArrays([...sentencesOf(before)], [...sentencesOf(after)]);
  const found: TextChange[] = [];
  for (let at = 0; at < changes.length; at += 1) {
    const [change, next] = [changes[at], changes[at + 1]];
    if (change === undefined || (!change.removed && !change.added)) continue;
    const pair = change.removed && next?.added === true;
    const [old, now] = pair ? [change, next] : change.removed ? [change, null] : [null, change];
    found.push({ place, name, before: old?.value.join('') ?? null, after: now?.value.join('') ?? null });
    if (pair) at += 1;
  }
  return found;
}

function chapterChanges(
  no: number,
  paragraphs: readonly ComparedParagraph[],
  before: AnnualReport,
  after: AnnualReport,
): TextChange[] {
  const [old, now] = [before, after].map(({ chapters }) => chapters.find((chapter) => chapter.no === no));
  const known = now ?? old;
  if (known === undefined) return [];
  const name = chapterHeading(known);
  const title: TextChange[] =
    old?.title === now?.title
      ? []
      : [
          {
            place: `chapter-${no}.title`,
            name: `${name}（章名）`,
            before: old?.title ?? null,
            after: now?.title ?? null,
          },
        ];
  const changed = paragraphs.flatMap(({ kind, moved, before: from, after: to }): TextChange[] => {
    const [was, is] = [
      from === null ? null : (old?.paragraphs[from] ?? null),
      to === null ? null : (now?.paragraphs[to] ?? null),
    ];
    if (kind === 'changed') return sentenceChanges(`chapter-${no}`, name, was ?? '', is ?? '');
    const same = kind === 'same' && !moved;
    return same ? [] : [{ place: `chapter-${no}`, name: moved ? `${name}（段落移位）` : name, before: was, after: is }];
  });
  const tableStays = old?.tableAt === now?.tableAt || old === undefined || now === undefined;
  const position: TextChange[] = tableStays
    ? []
    : [
        {
          place: `chapter-${no}`,
          name: `${name}（表格位置）`,
          before: tablePosition(old.tableAt),
          after: tablePosition(now.tableAt),
        },
      ];
  return [...title, ...changed, ...position];
}

const tablePosition = (paragraphs: number | undefined): string | null =>
  paragraphs === undefined ? null : `第 ${paragraphs} 段之后`;

/** What stands beside the prose: form, period, scope and how to reach the office. */
function dataChange(before: AnnualReport, after: AnnualReport): TextChange[] {
  const said = ({ format, organName, period, scope, contact }: AnnualReport): string =>
    [
      `格式 ${format}`,
      organName,
      period === null ? '未写统计期限' : `统计期限 ${period.from} 至 ${period.to}`,
      scope === 'organ' ? '本机关数据' : '本地区数据',
      ...[contact?.address, contact?.postcode, contact?.phone, contact?.email].flatMap((text) => text ?? []),
    ].join('；');
  const [old, now] = [said(before), said(after)];
  return old === now ? [] : [{ place: 'data', name: '基本信息', before: old, after: now }];
}
