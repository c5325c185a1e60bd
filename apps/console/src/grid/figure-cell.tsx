import {
  type ClipboardEvent,
  type KeyboardEvent,
  memo,
  useDeferredValue,
  useEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import { printCell } from '#report/cell-text';
import { cellName } from '#report/format';
import type { CellPlace, TableDefinition } from '#report/format-definition';
import type { Cell } from '#report/model';
import { useOpenDraft, usePart } from '../drafting/open-draft.js';
import { useWords } from '../words/words.js';
import { clipOfHtml } from './clipboard-html.js';
import { type ClipCell, clipOfText } from './clipboard-text.js';
import { readEntry } from './entry.js';
import { type GridPlace, useGridPlace } from './grid-place.js';
import type { RangeActs } from './range-acts.js';
import { actOfKey, type KeyAct, moved } from './moves.js';
import { cellAt, figureRows, placeOfCell } from './table-rows.js';

/** What the checks say of a cell, gravest first. */
export type CellMark = 'bad' | 'warn' | undefined;

interface FigureCellProps {
  readonly table: TableDefinition;
  readonly place: CellPlace;
  readonly colSpan: number;
  readonly isTotal: boolean;
  /** In a correction that is not about it. */
  readonly isLocked: boolean;
  readonly mark: CellMark;
  /** Last year's figure, where it is shown. */
  readonly before: string | null;
  readonly onPaste: (clip: readonly (readonly ClipCell[])[]) => void;
  /** Acts on everything selected in the table. */
  readonly acts: RangeActs;
}

/** One figure. Only the cell one stands on is a text field; whatever is typed there draws nothing but itself. */
export const FigureCell = memo(function FigureCell(props: FigureCellProps) {
  const { table, place, colSpan, isTotal, before } = props;
  const { say } = useWords();
  const grid = useGridPlace();
  const cell = usePart((report) => report.tables[table.id]![place.id]!);
  const door = grid.cell(place.id);
  const standing = useSyncExternalStore(door.subscribe, door.standing);
  const isActive = standing.startsWith('active');
  // The field one has left is taken away when there is time: while it had the focus, that costs more than all the rest of a move.
  const wasActive = useDeferredValue(isActive);
  const text = printCell(place.column.kind, cell);
  // A blank is told by its look: a mark on each of them would hide those that matter.
  const mark = cell.state === 'unfilled' ? undefined : props.mark;
  const look = [
    'figure',
    isTotal && 'total',
    props.isLocked && 'locked',
    cell.state === 'unfilled' && 'unfilled',
    cell.state === 'unreadable' || cell.state === 'not-applicable' ? 'bad' : mark,
    standing,
    before !== null && 'two-lines',
  ];
  return (
    <td
      id={`cell-${place.id}`}
      role="gridcell"
      colSpan={colSpan}
      aria-selected={standing !== ''}
      aria-readonly={props.isLocked ? true : undefined}
      className={look.filter(Boolean).join(' ')}
      onMouseDown={(event) => {
        if (event.shiftKey && grid.mode === 'standing') {
          event.preventDefault();
          grid.extend(place.id);
          return;
        }
        draw(grid);
        if (isActive && grid.selected.size === 0) return;
        event.preventDefault();
        grid.go(place.id);
      }}
      onMouseEnter={() => {
        if (grid.isDrawing && grid.mode === 'standing') grid.extend(place.id);
      }}
    >
      {/* Under the field as well: a column keeps its width whatever is being typed. */}
      <span aria-hidden={isActive} className={isActive ? 'under' : undefined}>
        {text}
        {text === '' && <span className="hidden">{say('grid.unfilled')}</span>}
      </span>
      {(isActive || wasActive) && <CellField {...props} mark={mark} cell={cell} text={text} isActive={isActive} />}
      {before !== null && (
        <small>
          <span className="hidden">{say('grid.lastYear')} </span>
          {before}
        </small>
      )}
    </td>
  );
});

/** The mouse draws a rectangle until its button is let go, wherever that is. */
function draw(grid: GridPlace): void {
  grid.isDrawing = true;
  window.addEventListener('mouseup', () => (grid.isDrawing = false), { once: true });
}

type CellFieldProps = FigureCellProps & { readonly cell: Cell; readonly text: string; readonly isActive: boolean };

function CellField({ table, place, mark, isLocked, cell, text, isActive, onPaste, acts }: CellFieldProps) {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const grid = useGridPlace();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const input = field.current;
    if (input === null || grid.active !== place.id || grid.mode !== 'standing') return;
    input.value = text;
    if (!grid.isHeld) return;
    // What takes the focus selects itself.
    if (document.activeElement === input) input.select();
    else input.focus();
  }, [grid, place, text]);

  const commit = (): void => {
    const typed = field.current?.value ?? text;
    if (grid.mode === 'standing' || typed === text) return;
    draft.writeCells(table.id, { [place.id]: readEntry(place.column.kind, typed).cell });
  };
  useEffect(() => (isActive ? grid.holds(commit) : undefined));
  const stand = (): void => {
    if (field.current !== null) field.current.value = text;
    field.current?.select();
  };
  const act = (what: KeyAct): boolean => {
    if (what.act === 'move') {
      const widths = figureRows(table).map(({ cells }) => cells.length);
      const to = moved(placeOfCell(table, place.id) ?? { row: 0, column: 0 }, what.move, widths);
      const isTab = what.move === 'next' || what.move === 'back';
      if (to === null || (isTab && grid.isReleased)) {
        commit();
        return false;
      }
      const next = cellAt(table, to)?.id ?? place.id;
      if (next === place.id) commit();
      grid.go(next);
      if (next === place.id) field.current?.select();
    } else if (what.act === 'edit') {
      grid.become('editing');
      const end = field.current?.value.length ?? 0;
      field.current?.setSelectionRange(end, end);
    } else if (what.act === 'cancel') {
      grid.become('standing');
      stand();
    } else if (what.act === 'leave') {
      if (grid.selected.size > 0) grid.extend(place.id);
      else grid.become('standing', true);
    } else if (what.act === 'extend') acts.extend(what.move);
    else if (what.act === 'all') acts.all();
    else if (what.act === 'fill') acts.fill(what.to);
    else if (what.act === 'clear') acts.clear();
    else {
      const stepped = draft.step(what.act);
      if (stepped?.table === table.id) grid.go(stepped.id);
    }
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter, arrows and Tab belong to the input method while somebody composes with it.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const what = actOfKey(
      { key: event.key, shift: event.shiftKey, command: event.ctrlKey || event.metaKey },
      grid.mode,
    );
    if (what !== null && act(what)) event.preventDefault();
  };
  const paste = (event: ClipboardEvent): void => {
    const { clipboardData: data } = event;
    const clip = clipOfHtml(data.getData('text/html')) ?? clipOfText(data.getData('text/plain'));
    if (clip === null || grid.mode === 'editing') return;
    event.preventDefault();
    onPaste(clip);
  };
  const type = (): void => {
    if (grid.mode === 'standing') grid.become('typing');
  };
  const problem = mark === undefined ? '' : `，${say(mark === 'bad' ? 'checks.E' : 'checks.W')}`;
  const lock = isLocked ? `，${say('lock.locked')}` : '';
  return (
    <input
      ref={field}
      type="text"
      defaultValue={text}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      aria-label={`${cellName(place)}，${cell.state === 'unfilled' ? say('grid.unfilled') : text}${problem}${lock}`}
      readOnly={isLocked}
      aria-invalid={mark === 'bad'}
      onKeyDown={onKeyDown}
      onInput={type}
      onCompositionStart={type}
      onDoubleClick={() => grid.become('editing')}
      onPaste={paste}
      onCopy={(event) => acts.copy(event)}
      onCut={(event) => acts.copy(event) && acts.clear()}
      onFocus={() => {
        grid.isHeld = true;
        if (grid.mode === 'standing') field.current?.select();
      }}
      onBlur={() => {
        // Going to another cell takes this field away, which is no leaving of the table.
        if (grid.active !== place.id) return;
        commit();
        grid.isHeld = false;
        grid.become('standing');
      }}
    />
  );
}
