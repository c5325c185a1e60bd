import { cellId } from '#report/format';
import type { BlockDefinition, CellPlace, FormatDefinition, Identity } from '#report/format-definition';

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

/** `✓` where both sides agree, else left minus right; blank while a figure is missing. */
export function checkFormula(
  { left, right }: Identity,
  { table, block, column }: { readonly table: string; readonly block: BlockDefinition; readonly column: string },
  addresses: Addresses,
): string {
  const refs = (rows: readonly string[]): string[] =>
    rows.map((row) => addressOf(cellId(table, block.id, row, column), addresses));
  const [one, other] = [refs(left), refs(right)];
  const difference = `${one.join('+')}-${other.join('-')}`;
  const all = [...one, ...other];
  return `IF(COUNT(${all.join(',')})<${all.length},"",IF(${difference}=0,"✓",${difference}))`;
}

function addressOf(id: string, addresses: Addresses): string {
  const address = addresses.get(id);
  if (address === undefined) throw new RangeError(`no place for cell ${id}`);
  return address;
}
