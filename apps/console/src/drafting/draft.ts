import { formatById, tableOf } from '#report/format';
import type { AnnualReport, Cell, Cells, Chapter } from '#report/model';
import { changesOf, type History, NO_HISTORY, stepped, withAct } from '../grid/history.js';
import { withTotals } from '../grid/totals.js';
import type { Locks } from './locks.js';

/** Cells of one table to write, by cell id. */
export type CellWrites = Readonly<Record<string, Cell>>;

/** The report as it stands on the screen. Parts that did not change stay the same objects, so only what changed is drawn again. */
export class Draft {
  #report: AnnualReport;
  #history: History = NO_HISTORY;
  readonly #listeners = new Set<() => void>();

  /** `locks`: what may not be written here; it stays as it is, whatever writes it. */
  constructor(
    report: AnnualReport,
    private readonly locks: Locks | null = null,
  ) {
    this.#report = report;
  }

  get report(): AnnualReport {
    return this.#report;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Puts another text in place: somebody else's edits, a decision between two. What was done before is not undone across it. */
  replace(report: AnnualReport): void {
    this.#history = NO_HISTORY;
    this.#become(report);
  }

  /** Writes what stands before chapter one. */
  write(change: (report: AnnualReport) => AnnualReport): void {
    this.#write(change(this.#report));
  }

  writeChapter(no: number, change: (chapter: Chapter) => Chapter): void {
    const chapters = this.#report.chapters.map((chapter) => (chapter.no === no ? change(chapter) : chapter));
    this.#write({ ...this.#report, chapters });
  }

  /** Writes cells as one act, with the totals that follow from them; answers how many were written, as locked ones are left. */
  writeCells(table: string, wanted: CellWrites): number {
    const format = formatById(this.#report.format);
    const before = this.#report.tables[table];
    if (format === null || before === undefined) throw new RangeError(`the report has no table ${table}`);
    const writes = this.#unlocked(wanted);
    const after = withTotals(format, tableOf(format, table), before, { ...before, ...writes });
    const changes = changesOf(table, before, after);
    const count = Object.keys(writes).length;
    if (changes.length === 0) return count;
    const next = this.#withTable(table, after);
    if (this.locks?.admits(this.#report, next) === false) return 0;
    this.#history = withAct(this.#history, changes);
    this.#become(next);
    return count;
  }

  /** Of several cells those that are open; what one writes into a single cell is judged with what follows from it. */
  #unlocked(writes: CellWrites): CellWrites {
    const { locks } = this;
    const ids = Object.keys(writes);
    const left = locks === null || ids.length < 2 ? [] : ids.filter(locks.isLeft);
    locks?.tellLeft(left);
    return Object.fromEntries(Object.entries(writes).filter(([id]) => !left.includes(id)));
  }

  #write(next: AnnualReport): void {
    this.locks?.tellLeft([]);
    if (this.locks?.admits(this.#report, next) !== false) this.#become(next);
  }

  /** Undoes the last act in a table, or does it again; answers the cell one should stand on. */
  step(direction: 'undo' | 'redo'): { readonly table: string; readonly id: string } | null {
    const step = stepped(this.#history, direction);
    if (step === null) return null;
    this.locks?.tellLeft([]);
    this.#history = step.history;
    const tables: Record<string, Cells> = { ...this.#report.tables };
    for (const { table, id, after } of step.cells) tables[table] = { ...tables[table], [id]: after };
    this.#become({ ...this.#report, tables });
    return step.cells[0] ?? null;
  }

  #withTable(table: string, cells: Cells): AnnualReport {
    return { ...this.#report, tables: { ...this.#report.tables, [table]: cells } };
  }

  #become(report: AnnualReport): void {
    if (report === this.#report) return;
    this.#report = report;
    for (const listener of this.#listeners) listener();
  }
}
