import { cellId } from '#report/format';
import type { BlockDefinition, CellPlace, FormatDefinition, Identity } from '#report/format-definition';
import type { Cell, Cells } from '#report/model';

/** Where each figure of a table stands on its sheet: cell id to address, e.g. `D6`. */
export type Addresses = ReadonlyMap<string, string>;

/** The cells a total is the sum of, by their ids. */
export function summandsOf(at: CellPlace, format: FormatDefinition): readonly string[] | null {
  const identities = format.identities.filter(({ table, left }) => table === at.table.id && left.length === 1);
  const across = identities.find((one) => one.across === 'columns' && one.left[0] === at.column.id);
  if (across !== undefined) return across.right.map((column) => cellId(at.table.id, at.block.id, at.row.id, column));
  const down = identities.find((one) => one.across === 'rows' && one.left[0] === at.row.id);
  return down?.right.map((row) => cellId(at.table.id, at.block.id, row, at.column.id)) ?? null;
}

/** Sum of cells that stays blank until every one of them holds a number: a blank is never a zero. */
export function sumFormula(ids: readonly string[], addresses: Addresses): string {
  const list = ids.map((id) => addressOf(id, addresses)).join(',');
  return `IF(COUNT(${list})=${ids.length},SUM(${list}),"")`;
}

/** Identities the form prints for every column with more than one row on its left side: shown as a row of checks below the table. */
export function columnChecks(table: string, format: FormatDefinition): readonly Identity[] {
  return format.identities.filter((one) => one.table === table && one.across === 'rows' && one.left.length > 1);
}

interface CheckedColumn {
  readonly table: string;
  readonly block: BlockDefinition;
  readonly column: string;
}

/** `✓` where both sides agree, else left minus right; blank while a figure is missing. */
export function checkFormula(
  { left, right }: Identity,
  { table, block, column }: CheckedColumn,
  addresses: Addresses,
): string {
  const refs = (rows: readonly string[]): string[] =>
    rows.map((row) => addressOf(cellId(table, block.id, row, column), addresses));
  const [one, other] = [refs(left), refs(right)];
  const difference = `${one.join('+')}-${other.join('-')}`;
  const all = [...one, ...other];
  return `IF(COUNT(${all.join(',')})<${all.length},"",IF(${difference}=0,"✓",${difference}))`;
}

/** What that formula gives for the figures of a report; stored with it for those who read the file without working it out. */
export function checkResult(
  { left, right }: Identity,
  { table, block, column }: CheckedColumn,
  cells: Cells,
): string | number {
  const sum = (rows: readonly string[]): bigint | null =>
    rows.reduce<bigint | null>((sofar, row) => {
      const figure = wholeNumberIn(cells[cellId(table, block.id, row, column)]);
      return sofar === null || figure === null ? null : sofar + figure;
    }, 0n);
  const [one, other] = [sum(left), sum(right)];
  if (one === null || other === null) return '';
  return one === other ? '✓' : Number(one - other);
}

/** The whole number in a cell, as far as a spreadsheet counts exactly (15 digits); null when it holds none. */
export function wholeNumberIn(cell: Cell | undefined): bigint | null {
  return cell?.state === 'value' && /^-?\d{1,15}$/.test(cell.value) ? BigInt(cell.value) : null;
}

function addressOf(id: string, addresses: Addresses): string {
  const address = addresses.get(id);
  if (address === undefined) throw new RangeError(`no place for cell ${id}`);
  return address;
}
