import { lockedChanges } from '#report/correction/locked-changes';
import { lockedParagraphs } from '#report/correction/locked-prose';
import { chapterPlace, paragraphPlace, placeName, proseOf, tableOfCell } from '#report/correction/report-places';
import { takeOpen } from '#report/correction/take-open';
import type { AnnualReport, Chapter } from '#report/model';
import type { Place } from '#report/place';
import type { Report } from '../api/answers.js';
import { sendable } from './sendable.js';

/** A place the correction may change; `reason` null: it began there. */
export type Opened = Pick<NonNullable<Report['correction']>['opened'][number], 'place' | 'name' | 'reason'>;

/** How the locks stand. `left`: names of the places the last act would have changed and that stayed as they were. */
export interface LockState {
  readonly opened: readonly Opened[];
  readonly left: readonly string[];
}

const NO_MORE: LockState = { opened: [], left: [] };

/** What of a correction is locked on this screen. The service keeps the law; this keeps anybody from writing what it would refuse. */
export class Locks {
  #state: LockState;
  #open: ReadonlySet<string>;
  #left: readonly string[] = [];
  #isOver = false;
  readonly #listeners = new Set<() => void>();

  constructor(
    readonly base: AnnualReport,
    opened: readonly Opened[],
  ) {
    this.#state = { opened, left: [] };
    this.#open = placesOf(opened);
  }

  get state(): LockState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** True while nothing is chosen yet: what is changed first is what the correction begins with. */
  get isUndecided(): boolean {
    return !this.#isOver && this.#open.size === 0;
  }

  /** True for a place that may be written: one that is open, in a chapter that is, or any while nothing is chosen. */
  isOpen(place: string): boolean {
    const prose = proseOf(place);
    const isInOpenChapter = prose !== null && this.#open.has(chapterPlace(prose.chapter));
    return this.#isOver || this.#open.size === 0 || this.#open.has(place) || isInOpenChapter;
  }

  /** True for a cell that an act on several cells leaves alone: while nothing is chosen it does not choose. */
  readonly isLeft = (cell: string): boolean => this.isUndecided || !this.isOpen(cell);

  /** Paragraphs of a chapter on the screen that are locked, by number there, each with its number in the public text. */
  lockedParagraphsOf(now: Chapter): ReadonlyMap<number, number> {
    const before = this.base.chapters.find(({ no }) => no === now.no);
    if (before === undefined || this.isOpen(chapterPlace(now.no))) return new Map();
    const isOpen = (index: number): boolean => this.isOpen(paragraphPlace(now.no, index));
    const all = now.paragraphs.map((_, index): [number, number] => [index, index]);
    return lockedParagraphs(before, now, isOpen) ?? new Map(all.filter(([index]) => !isOpen(index)));
  }

  /** True when a text may take the place of another on the screen; the first place changed is open from then on. */
  admits(now: AnnualReport, next: AnnualReport): boolean {
    const locked = this.#isOver ? [] : this.locked(next);
    const [first, ...more] = locked;
    if (first === undefined) return true;
    if (this.isUndecided && more.length === 0) {
      this.#become([{ place: first, name: this.nameOf(first), reason: null }], []);
      return true;
    }
    const known = new Set(this.locked(now));
    const added = locked.filter((place) => !known.has(place));
    if (added.length > 0) this.tellLeft(added);
    return added.length === 0;
  }

  /** Where a text differs from what is public although it may not. */
  locked(report: AnnualReport): string[] {
    return lockedChanges(this.base, sendable(report), this.#open);
  }

  /** The text with everything that is locked as it is public. */
  restored(report: AnnualReport): AnnualReport {
    return takeOpen(this.base, sendable(report), this.#open).report;
  }

  /** Says which places an act would have changed and left alone; none: it left nothing. */
  tellLeft(places: readonly string[]): void {
    if (places.length + this.#left.length > 0) this.#become(this.#state.opened, places);
  }

  /**
   * Hears what the service knows as open; null: nothing is locked any more. A place just begun with is not known there yet.
   * What an act left alone is told until it may be written: such an answer comes at any time, also right after the act.
   */
  hear(opened: readonly Opened[] | null): void {
    this.#isOver = opened === null;
    const own = this.#state.opened.filter(({ place }) => opened?.some((one) => one.place === place) === false);
    this.#become([...(opened ?? []), ...(opened?.length === 0 ? own : [])], this.#left);
  }

  nameOf(place: string): string {
    return placeName(this.base, place) ?? place;
  }

  #become(opened: readonly Opened[], left: readonly string[]): void {
    this.#open = placesOf(opened);
    this.#left = left.filter(this.isLeft);
    const names = [...new Set(this.#left.map((place) => this.nameOf(place)))];
    this.#state = opened.length + names.length === 0 ? NO_MORE : { opened, left: names };
    for (const listener of this.#listeners) listener();
  }
}

const placesOf = (opened: readonly Opened[]): ReadonlySet<string> => new Set(opened.map(({ place }) => place));

/** Where a place of a correction is to be written. */
export function placeToGo(report: AnnualReport, place: string): Place {
  const prose = proseOf(place);
  if (prose !== null)
    return { chapter: prose.chapter, ...(prose.paragraph === null ? {} : { paragraph: prose.paragraph }) };
  const table = tableOfCell(report, place);
  if (table !== null) return { table, cell: place };
  return { part: place === 'preface' ? 'preface' : place === 'scope' ? 'period' : 'title' };
}
