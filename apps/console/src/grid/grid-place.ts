import { createContext, useContext, useSyncExternalStore } from 'react';
import type { TableDefinition } from '#report/format-definition';
import type { Mode } from './moves.js';
import { cellAt } from './table-rows.js';

/** Where the keyboard stands in one table. `released`: Escape was pressed, so Tab leaves the table as it leaves any field. */
export class GridPlace {
  #active: string;
  #mode: Mode = 'standing';
  #released = false;
  /** True when the cell that becomes active takes the focus: somebody is in the table. */
  isHeld = false;
  readonly #listeners = new Set<() => void>();

  constructor(table: TableDefinition) {
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

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Stands on a cell, and has it take the focus. */
  go(id: string): void {
    this.isHeld = true;
    this.#active = id;
    this.become('standing');
  }

  become(mode: Mode, released = false): void {
    this.#mode = mode;
    this.#released = released;
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
