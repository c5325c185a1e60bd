import { diffArrays } from 'diff';
import { cellsOf, formatById } from '../format.js';
import type { FormatDefinition } from '../format-definition.js';
import type { AnnualReport, Cell } from '../model.js';
import { compareTexts, likenessOf, type Segment } from './compare-texts.js';

/** A cell in two reports. `difference`: after minus before where both hold whole numbers. */
export interface ComparedCell {
  readonly id: string;
  readonly kind: 'same' | 'changed' | 'only-before' | 'only-after';
  readonly before: Cell | null;
  readonly after: Cell | null;
  readonly difference: string | null;
}

/** A paragraph in two reports; `moved`: it stood elsewhere in the chapter. */
export interface ComparedParagraph {
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  readonly before: number | null;
  readonly after: number | null;
  readonly moved: boolean;
  readonly segments: readonly Segment[];
}

/** Two reports side by side. `notComparable`: cells whose column or row the other format counts differently. */
export interface ReportComparison {
  readonly cells: readonly ComparedCell[];
  readonly notComparable: readonly string[];
  readonly title: readonly Segment[];
  readonly preface: readonly Segment[];
  readonly chapters: readonly {
    readonly no: number;
    readonly title: readonly Segment[];
    readonly paragraphs: readonly ComparedParagraph[];
  }[];
}

/** Compares two versions or two years of a report, cell by cell and sentence by sentence. Throws RangeError for an unknown format. */
export function compareReports(before: AnnualReport, after: AnnualReport): ReportComparison {
  const numbers = [...new Set([...before.chapters, ...after.chapters].map(({ no }) => no))].toSorted((a, b) => a - b);
  return {
    ...compareTables(before, after),
    title: compareTexts(before.title, after.title),
    preface: compareTexts(before.preface, after.preface),
    chapters: numbers.map((no) => {
      const [old, now] = [before, after].map(({ chapters }) => chapters.find((chapter) => chapter.no === no));
      return {
        no,
        title: compareTexts(old?.title ?? '', now?.title ?? ''),
        paragraphs: compareParagraphs(old?.paragraphs ?? [], now?.paragraphs ?? []),
      };
    }),
  };
}

function formatOf({ format }: AnnualReport): FormatDefinition {
  const found = formatById(format);
  if (found === null) throw new RangeError(`no format ${format}`);
  return found;
}

const OTHER_HANDLING = 't3.3.6';

/** Of 表二 the formats count only decisions alike: documents made, opened and in force, items and amounts mean other things. */
const sameMeaning = (id: string): boolean => !id.startsWith('t2.') || id.endsWith('.decisions');

/** Cells of equal id mean the same in both formats, except the rows of 其他处理, which one format counts together. */
function compareTables(before: AnnualReport, after: AnnualReport): Pick<ReportComparison, 'cells' | 'notComparable'> {
  const ids = (report: AnnualReport): readonly string[] =>
    formatOf(report).tables.flatMap((table) => cellsOf(table).map(({ id }) => id));
  const [old, now] = [new Set(ids(before)), new Set(ids(after))];
  const all = [...new Set([...now, ...old])];
  const otherFormat = before.format !== after.format;
  const comparable = (id: string): boolean => !otherFormat || (old.has(id) && now.has(id) && sameMeaning(id));
  const cells = all.filter((id) => comparable(id)).map((id) => compareCell(id, cellOf(before, id), cellOf(after, id)));
  const together = otherFormat ? otherHandling(before, after) : [];
  return {
    cells: [...cells, ...together],
    notComparable: all.filter((id) => !comparable(id) && !id.startsWith(OTHER_HANDLING)),
  };
}

const cellOf = (report: AnnualReport, id: string): Cell | null => report.tables[id.split('.')[0] ?? '']?.[id] ?? null;

function compareCell(id: string, before: Cell | null, after: Cell | null): ComparedCell {
  const kind =
    before === null ? 'only-after' : after === null ? 'only-before' : sameCell(before, after) ? 'same' : 'changed';
  return { id, kind, before, after, difference: differenceOf(before, after) };
}

function sameCell(before: Cell, after: Cell): boolean {
  if (before.state !== 'value' || after.state !== 'value')
    return before.state === after.state && before.original === after.original;
  return before.value === after.value && before.unit === after.unit;
}

function differenceOf(before: Cell | null, after: Cell | null): string | null {
  if (before?.state !== 'value' || after?.state !== 'value') return null;
  if (!/^-?\d+$/.test(before.value) || !/^-?\d+$/.test(after.value)) return null;
  return String(BigInt(after.value) - BigInt(before.value));
}

/** 其他处理 column by column: one row in the 2019 format, the sum of its rows since 2021. */
function otherHandling(before: AnnualReport, after: AnnualReport): readonly ComparedCell[] {
  const columns = formatOf(after).tables.find(({ id }) => id === 't3')?.blocks[0]?.columns ?? [];
  return columns.map(({ id }) => compareCell(`${OTHER_HANDLING}.*.${id}`, summed(before, id), summed(after, id)));
}

function summed(report: AnnualReport, column: string): Cell | null {
  const cells = Object.entries(report.tables['t3'] ?? {}).filter(
    ([id]) => id.startsWith(`${OTHER_HANDLING}.`) && id.endsWith(`.${column}`),
  );
  if (cells.length === 0) return null;
  let total = 0n;
  for (const [, cell] of cells) {
    if (cell.state !== 'value' || !/^-?\d+$/.test(cell.value)) return { state: 'unfilled', original: '' };
    total += BigInt(cell.value);
  }
  return { state: 'value', value: String(total), original: String(total) };
}

/** Paragraphs less alike than this are not one that was changed. */
const ALIKE = 0.5;

function compareParagraphs(before: readonly string[], after: readonly string[]): readonly ComparedParagraph[] {
  const out: ComparedParagraph[] = [];
  const gone: number[] = [];
  const come: number[] = [];
  let [old, now] = [0, 0];
  for (const { added, removed, value } of diffArrays([...before], [...after])) {
    for (const text of value) {
      if (added) come.push(now++);
      else if (removed) gone.push(old++);
      else out.push({ kind: 'same', before: old++, after: now++, moved: false, segments: [{ kind: 'same', text }] });
    }
  }
  out.push(...pairs(before, after, gone, come));
  return out.toSorted((a, b) => (a.after ?? a.before ?? 0) - (b.after ?? b.before ?? 0));
}

/** Paragraphs that are gone and such that have come, matched by likeness; the same words elsewhere have moved. */
function pairs(
  before: readonly string[],
  after: readonly string[],
  gone: readonly number[],
  come: readonly number[],
): readonly ComparedParagraph[] {
  const left = new Set(gone);
  const matched = come.map((index): ComparedParagraph => {
    const text = after[index] ?? '';
    const [best] = [...left]
      .map((other) => ({ other, likeness: before[other] === text ? 1 : likenessOf(before[other] ?? '', text) }))
      .toSorted((a, b) => b.likeness - a.likeness);
    if (best === undefined || best.likeness < ALIKE)
      return { kind: 'added', before: null, after: index, moved: false, segments: [{ kind: 'added', text }] };
    left.delete(best.other);
    const segments = compareTexts(before[best.other] ?? '', text);
    return {
      kind: best.likeness === 1 ? 'same' : 'changed',
      before: best.other,
      after: index,
      moved: best.likeness === 1,
      segments,
    };
  });
  const removed = [...left].map((index): ComparedParagraph => ({
    kind: 'removed',
    before: index,
    after: null,
    moved: false,
    segments: [{ kind: 'removed', text: before[index] ?? '' }],
  }));
  return [...matched, ...removed];
}
