import { memo, useDeferredValue } from 'react';
import { printCell } from '#report/cell-text';
import { cellName, cellsOf } from '#report/format';
import type { CellPlace, FormatDefinition, TableDefinition } from '#report/format-definition';
import type { Cells } from '#report/model';
import { useLocks, usePart } from '../drafting/open-draft.js';
import { Unlock } from '../drafting/unlock.js';
import { has, type Key, useWords } from '../words/words.js';
import { useActive } from './grid-place.js';
import { isTotal } from './totals.js';

interface PlaceStripProps {
  readonly format: FormatDefinition;
  readonly table: TableDefinition;
  readonly lastYear: Cells | null;
}

/** Where one stands: the cell, last year's figure, and what the form's instructions say belongs there. Drawn after the cell. */
export function PlaceStrip(props: PlaceStripProps) {
  const { table } = props;
  const active = useDeferredValue(useActive());
  const cells = useDeferredValue(usePart((report) => report.tables[table.id]!));
  return <Where {...props} active={active} cells={cells} />;
}

interface WhereProps extends PlaceStripProps {
  readonly active: string;
  readonly cells: Cells;
}

const Where = memo(function Where({ format, table, lastYear, active, cells }: WhereProps) {
  const { say } = useWords();
  const locks = useLocks();
  const place = cellsOf(table).find(({ id }) => id === active);
  if (place === undefined) return null;
  const cell = cells[place.id]!;
  const before = lastYear?.[place.id];
  const unfilled = Object.values(cells).filter(({ state }) => state === 'unfilled').length;
  return (
    <div className="place-strip">
      <p>
        <strong lang="zh-CN">{cellName(place)}</strong>{' '}
        {cell.state === 'unfilled' ? say('grid.unfilled') : printCell(place.column.kind, cell)}
        {cell.original.startsWith('=') && <span className="soft"> {cell.original}</span>}
        {isTotal(format, table, place.id) && <span className="soft"> · {say('grid.total')}</span>}
        {before?.state === 'value' && (
          <span className="soft">
            {' · '}
            {say('grid.lastYear')} {printCell(place.column.kind, before)}
          </span>
        )}
        <span className="soft"> · {say('grid.left', { count: unfilled })}</span>
      </p>
      {locks?.isOpen(place.id) === false && (
        <p>
          <Unlock key={place.id} place={place.id} />
        </p>
      )}
      <p className="help">
        {helpOf(place).map((key) => (
          <span key={key}>{say(key)} </span>
        ))}
      </p>
      <p className="soft">{say('grid.keys')}</p>
    </div>
  );
});

/** The sentences on a row and a column of the form, where there are any. */
function helpOf({ table, block, row, column }: CellPlace): Key[] {
  const own = [table.id, block.id, row.id]
    .filter((part) => part !== '')
    .join('-')
    .replaceAll('.', '-');
  const paths = [`help.row.${own}`, `help.column.${column.id.split('.').at(-1)}`];
  return paths.filter((path) => has(path)) as Key[];
}
