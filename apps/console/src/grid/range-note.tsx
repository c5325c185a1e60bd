import { useSyncExternalStore } from 'react';
import type { TableDefinition } from '#report/format-definition';
import { usePart } from '../drafting/open-draft.js';
import { useWords } from '../words/words.js';
import { useGridPlace } from './grid-place.js';
import { rangeRows } from './range.js';
import { sumOfCells } from './totals.js';

/** What is selected, with its sum, and what was done to it: read to whoever cannot see the table, in one place for all. */
export function RangeNote({ table }: { readonly table: TableDefinition }) {
  const { say } = useWords();
  const grid = useGridPlace();
  const selected = useSyncExternalStore(grid.subscribe, () => grid.selected);
  const told = useSyncExternalStore(grid.subscribe, () => grid.told);
  return (
    <p role="status" className="range-note">
      {told !== null && say(`grid.told.${told.what}`, { count: told.count })}
      {selected.size > 0 && <Selected table={table} ids={[...selected]} />}
    </p>
  );
}

function Selected({ table, ids }: { readonly table: TableDefinition; readonly ids: readonly string[] }) {
  const { say } = useWords();
  const { range } = useGridPlace();
  const cells = usePart((report) => report.tables[table.id]!);
  if (range === null) return null;
  const rows = rangeRows(table, range);
  // Numbers of things and sums of money make no sum.
  const isOneKind = new Set(rows.flat().map(({ column }) => column.kind)).size === 1;
  const sum = isOneKind ? sumOfCells(ids, cells) : null;
  return (
    <>
      {say('grid.selected', {
        rows: rows.length,
        columns: Math.max(...rows.map((row) => row.length)),
        count: ids.length,
      })}
      {sum !== null && say('grid.selectedSum', { sum })}
    </>
  );
}
