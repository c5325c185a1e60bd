import { createContext, useContext, useSyncExternalStore } from 'react';
import type { TableDefinition } from '#report/format-definition';
import type { Mode } from './moves.js';
import { type Range, rangeBetween, rangeRows } from './range.js';
import { cellAt } from './table-rows.js';

/** What was done to several cells at once, to be told: how many were filled or cleared, copied. */
export interface Told {
  readonly what: 'filled' | 'cleared' | 'copied';
  readonly count: number;
}

/** Where the keyboard stands in one table, and what is selected from there. `released`: Escape was pressed, so Tab leaves the table as it leaves any field. */
export class GridPlace {
  #active: string;
  #mode: Mode = 'standing';
  #released = false;
  /** The far corner of what is selected; the cell one stands on is the near one. */
  #far: string | null = null;
  #selected: ReadonlySet<string> = new Set();
  #told: Told | null = null;
  /** True while the mouse draws a rectangle. */
  isDrawing = false;
  /** True when the cell that becomes active takes the focus: somebody is in the table. */
  isHeld = false;
  readonly #listeners = new Set<() => void>();
  readonly #cells = new Map<string, CellDoor>();
  #finish: (() => void) | null = null;

  constructor(private readonly table: TableDefinition) {
    this.#active = cellAt(table, { row: 0, column: 0 })?.id ?? '';
  }

  get active(): string {
    return this.#active;
  }

  get mode(): Mode {
    return this.#mode;
  }

  get isReleased(): boolean {
    return this.#released;
  }

  /** The far corner of what is selected: the cell one stands on, where nothing else is. */
  get far(): string {
    return this.#far ?? this.#active;
  }

  /** The cells selected; empty where one only stands on a cell. */
  get selected(): ReadonlySet<string> {
    return this.#selected;
  }

  get told(): Told | null {
    return this.#told;
  }

  /** What an act on several cells concerns: what is selected, or the cell one stands on. Null in a table without cells. */
  get range(): Range | null {
    return rangeBetween(this.table, this.#active, this.far);
  }

  /** Selects everything between the cell one stands on and another. */
  extend(id: string): void {
    this.#far = id === this.#active ? null : id;
    this.#told = null;
    const { range } = this;
    const cells = this.#far === null || range === null ? [] : rangeRows(this.table, range).flat();
    this.#selected = new Set(cells.map((cell) => cell.id));
    this.become('standing');
  }

  /** Says what was done to what is selected. */
  tell(told: Told): void {
    this.#told = told;
    this.become('standing');
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** How one cell stands, told to that cell alone: a move concerns two of them, not two hundred. */
  cell(id: string): CellDoor {
    let door = this.#cells.get(id);
    if (door === undefined) {
      door = new CellDoor(() => standingOf(id === this.#active, this.#selected.has(id)));
      this.#cells.set(id, door);
    }
    return door;
  }

  /** The field one types in says how to write what stands in it, whichever way one leaves; answers how to take that back. */
  holds(finish: () => void): () => void {
    this.#finish = finish;
    return () => {
      if (this.#finish === finish) this.#finish = null;
    };
  }

  /** Stands on a cell, and has it take the focus; what was being typed elsewhere is written first. */
  go(id: string): void {
    if (id !== this.#active) this.#finish?.();
    this.isHeld = true;
    this.#active = id;
    this.extend(id);
  }

  become(mode: Mode, released = false): void {
    this.#mode = mode;
    this.#released = released;
    for (const listener of this.#listeners) listener();
    for (const door of this.#cells.values()) door.look();
  }
}

/** How a cell stands: one is on it, it is selected with others, both, or neither. */
type CellStanding = 'active' | 'selected' | 'active selected' | '';

const standingOf = (isActive: boolean, isSelected: boolean): CellStanding =>
  isActive ? (isSelected ? 'active selected' : 'active') : isSelected ? 'selected' : '';

/** One cell's way to hear how it stands. */
class CellDoor {
  #last: CellStanding;
  readonly #listeners = new Set<() => void>();

  constructor(readonly standing: () => CellStanding) {
    this.#last = standing();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Tells those who listen if anything changed. */
  look(): void {
    const now = this.standing();
    if (now === this.#last) return;
    this.#last = now;
    for (const listener of this.#listeners) listener();
  }
}

const Place = createContext<GridPlace | undefined>(undefined);
export const GridPlaceProvider = Place.Provider;

/** The place in the table around. */
export function useGridPlace(): GridPlace {
  const place = useContext(Place);
  if (place === undefined) throw new Error('no table around this cell');
  return place;
}

export function useActive(): string {
  const place = useGridPlace();
  return useSyncExternalStore(place.subscribe, () => place.active);
}
