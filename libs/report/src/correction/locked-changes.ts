import { sumDecimals } from '../decimal-sum.js';
import { cellId, formatById } from '../format.js';
import type { FormatId } from '../format-definition.js';
import type { AnnualReport, Cell, Cells } from '../model.js';
import { lockedProse } from './locked-prose.js';
import { same } from './same-json.js';

/**
 * The places in which `next` differs from what is public although they are not open, in the order of the form; none when the text may stand. A sum
 * of the form is no place of its own while it says what its parts make. A paragraph that is open may be written anew, in several or in none;
 * the others stay as they are, in their order. Nothing is left out: with no place open it is empty only for the same report.
 */
export function lockedChanges(base: AnnualReport, next: AnnualReport, open: ReadonlySet<string>): string[] {
  const front = [
    { place: 'title', of: ({ title, organName }: AnnualReport) => [title, organName] },
    { place: 'preface', of: ({ preface, contact }: AnnualReport) => [preface, contact] },
    { place: 'scope', of: ({ format, year, period, scope }: AnnualReport) => [format, year, period, scope] },
  ].flatMap(({ place, of }) => (same(of(base), of(next)) ? [] : [place]));
  const changed = [...front, ...changedCells(base, next)].filter((place) => !open.has(place));
  const numbers = [...new Set([...base.chapters, ...next.chapters].map(({ no }) => no))].toSorted((a, b) => a - b);
  return [...changed, ...numbers.flatMap((no) => lockedProse(no, base, next, open))];
}

function changedCells(base: AnnualReport, next: AnnualReport): string[] {
  const tables = [...new Set([...Object.keys(base.tables), ...Object.keys(next.tables)])];
  return tables.flatMap((table) => {
    const [was, is] = [base.tables[table] ?? {}, next.tables[table] ?? {}];
    const differing = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((id) => !same(was[id], is[id]));
    const changed = new Set(differing);
    return differing.filter((id) => !follows(id, is, changed, next.format, table));
  });
}

/** True for a sum that says what its parts make, one of which changed. */
function follows(id: string, cells: Cells, changed: ReadonlySet<string>, format: FormatId, table: string): boolean {
  const sum = sumsMaking(format, table).find((one) => one.id === id);
  if (sum === undefined || !sum.parts.some((part) => changed.has(part))) return false;
  return same(cells[id], madeOf(sum.parts, cells));
}

/** What a sum is while its parts hold these figures: nothing while one of them holds none. */
export function madeOf(parts: readonly string[], cells: Cells): Cell {
  const values = parts.flatMap((id) => {
    const cell = cells[id];
    return cell?.state === 'value' ? [cell.value] : [];
  });
  if (values.length < parts.length) return { state: 'unfilled', original: '' };
  const value = sumDecimals(values);
  return { state: 'value', value, original: value };
}

/** A cell the form defines as the sum of others. */
interface SumMade {
  readonly id: string;
  readonly parts: readonly string[];
}

const made = new Map<string, readonly SumMade[]>();

/** The sums of a table, in rows and in columns. Where two define one cell, it is made by the first; the other is checked. */
export function sumsMaking(formatId: FormatId, table: string): readonly SumMade[] {
  const key = `${formatId} ${table}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = formatById(formatId);
  const blocks = format?.tables.find(({ id }) => id === table)?.blocks ?? [];
  const sums = (format?.identities ?? [])
    .filter((identity) => identity.table === table && identity.left.length === 1)
    .flatMap(({ across, left, right }) =>
      blocks.flatMap((block) =>
        (across === 'columns' ? block.rows : block.columns).map(({ id: line }): SumMade => {
          const cell = (term: string): string =>
            across === 'columns' ? cellId(table, block.id, line, term) : cellId(table, block.id, term, line);
          return { id: cell(left[0] ?? ''), parts: right.map(cell) };
        }),
      ),
    );
  const first = sums.filter(({ id }, index) => sums.findIndex((one) => one.id === id) === index);
  made.set(key, first);
  return first;
}
