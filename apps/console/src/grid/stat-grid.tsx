import { Button } from 'antd';
import { memo, useCallback, useMemo, useState } from 'react';
import { printCell } from '#report/cell-text';
import { cellsOf } from '#report/format';
import type { CellPlace, FormatDefinition, TableDefinition } from '#report/format-definition';
import type { Cells } from '#report/model';
import { type PrintedCell, type PrintedTable, printedTables } from '#report/printed-tables';
import { useLocks, useOpenDraft, usePart } from '../drafting/open-draft.js';
import { useWords } from '../words/words.js';
import { BalanceStrip } from './balance-strip.js';
import type { ClipCell } from './clipboard-text.js';
import { type CellMark, FigureCell } from './figure-cell.js';
import { type GridPlace, GridPlaceProvider } from './grid-place.js';
import { PasteDialog } from './paste.dialog.js';
import { PlaceStrip } from './place-strip.js';
import { type RangeActs, rangeActs } from './range-acts.js';
import { RangeNote } from './range-note.js';
import { isTotal } from './totals.js';
import { ZeroDialog } from './zero.dialog.js';

interface StatGridProps {
  readonly format: FormatDefinition;
  readonly table: TableDefinition;
  readonly place: GridPlace;
  /** What the checks say of cells, by cell id. */
  readonly marks: ReadonlyMap<string, CellMark>;
  /** Last year's cells of the same meaning. */
  readonly lastYear: Cells | null;
}

/** A statutory table to write in, as the form prints it: one tab stop, arrows from cell to cell, Excel's keys. */
export function StatGrid({ format, table, place, marks, lastYear }: StatGridProps) {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const [clip, setClip] = useState<readonly (readonly ClipCell[])[] | null>(null);
  const [isZeroing, setZeroing] = useState(false);
  const [showsLastYear, setShowsLastYear] = useState(false);
  const paste = useCallback((found: readonly (readonly ClipCell[])[]) => setClip(found), []);
  const acts = useMemo(() => rangeActs(format, table, place, draft), [format, table, place, draft]);
  const close = (): void => {
    setClip(null);
    setZeroing(false);
    place.go(place.active);
  };
  const step = (direction: 'undo' | 'redo'): void => {
    const stepped = draft.step(direction);
    if (stepped?.table === table.id) place.go(stepped.id);
  };
  return (
    <GridPlaceProvider value={place}>
      <div className="grid-tools" role="group" aria-label={say('grid.tools')}>
        <Button onClick={() => setZeroing(true)}>{say('grid.zero')}</Button>
        {lastYear !== null && (
          <Button aria-pressed={showsLastYear} onClick={() => setShowsLastYear(!showsLastYear)}>
            {say('grid.compare')}
          </Button>
        )}
        <Button onClick={() => step('undo')}>{say('grid.undo')}</Button>
        <Button onClick={() => step('redo')}>{say('grid.redo')}</Button>
        <span className="soft">{say('grid.pasteHint')}</span>
      </div>
      <Sheet
        format={format}
        table={table}
        marks={marks}
        lastYear={showsLastYear ? lastYear : null}
        onPaste={paste}
        acts={acts}
      />
      <RangeNote table={table} />
      <PlaceStrip format={format} table={table} lastYear={lastYear} />
      <BalanceStrip format={format} table={table} />
      {clip !== null && <PasteDialog clip={clip} format={format} table={table} place={place} onClose={close} />}
      {isZeroing && <ZeroDialog format={format} table={table} onClose={close} />}
    </GridPlaceProvider>
  );
}

interface SheetProps extends Omit<StatGridProps, 'place'> {
  readonly onPaste: (clip: readonly (readonly ClipCell[])[]) => void;
  readonly acts: RangeActs;
}

/** The table itself; its frame depends on the form alone. */
const Sheet = memo(function Sheet({ format, table, marks, lastYear, onPaste, acts }: SheetProps) {
  const { draft } = useOpenDraft();
  const formatId = usePart((report) => report.format);
  const printed = useMemo(
    () => printedTables(draft.report).find(({ id }) => id === table.id) as PrintedTable,
    // The frame is the form's; figures are drawn by their own cells.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [formatId, table],
  );
  const locks = useLocks();
  const places = useMemo(() => new Map(cellsOf(table).map((cell) => [cell.id, cell])), [table]);
  const names = nameColumns(printed);
  const cell = (shown: PrintedCell, at: number) => {
    const place = shown.kind === 'data' ? places.get(shown.cellId) : undefined;
    if (place === undefined)
      return (
        <th
          key={at}
          className={isName(shown, at, names) ? 'name' : undefined}
          scope={shown.kind === 'head' ? shown.scope : undefined}
          colSpan={shown.colSpan}
          rowSpan={shown.rowSpan}
        >
          <span>{shown.text}</span>
        </th>
      );
    return (
      <FigureCell
        key={place.id}
        table={table}
        place={place}
        colSpan={shown.colSpan}
        isTotal={isTotal(format, table, place.id)}
        isLocked={locks?.isOpen(place.id) === false}
        mark={marks.get(place.id)}
        before={beforeText(lastYear, place)}
        onPaste={onPaste}
        acts={acts}
      />
    );
  };
  return (
    <div className="wide-table sheet-of-figures" lang="zh-CN">
      <table role="grid" aria-multiselectable="true" aria-label={printed.caption} className={`grid-${table.id}`}>
        <colgroup>
          {Array.from({ length: printed.columns }, (_, at) => (
            <col key={at} className={`of-${at < names - 1 ? 'groups' : at < names ? 'names' : 'figures'}`} />
          ))}
        </colgroup>
        {printed.groups.map(({ kind, rows }, group) => {
          const Group = kind === 'head' ? 'thead' : 'tbody';
          return (
            <Group key={group}>
              {rows.map((row, at) => (
                <tr key={at}>{row.map(cell)}</tr>
              ))}
            </Group>
          );
        })}
      </table>
    </div>
  );
});

/** How many columns name the rows; the others hold figures. */
function nameColumns({ columns, groups }: PrintedTable): number {
  const widths = groups.flatMap(({ rows }) =>
    rows.map((row) => row.reduce((sum, { kind, colSpan }) => (kind === 'data' ? sum + colSpan : sum), 0)),
  );
  return columns - Math.max(...widths);
}

/** What names one row, or stands above those names: it stays in view while figures go by. */
const isName = (shown: PrintedCell, at: number, names: number): boolean =>
  shown.kind === 'head' && (shown.scope === 'row' || (at === 0 && shown.colSpan === names));

function beforeText(lastYear: Cells | null, { id, column }: CellPlace): string | null {
  const cell = lastYear?.[id];
  return cell === undefined || cell.state !== 'value' ? null : printCell(column.kind, cell);
}
