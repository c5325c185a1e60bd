import { formatById, tableOf } from '#report/format';
import type { AnnualReport, Cell, Cells, Chapter } from '#report/model';
import { changesOf, type History, NO_HISTORY, stepped, withAct } from '../grid/history.js';
import { withTotals } from '../grid/totals.js';

/** Cells of one table to write, by cell id. */
export type CellWrites = Readonly<Record<string, Cell>>;

/** The report as it stands on the screen. Parts that did not change stay the same objects, so only what changed is drawn again. */
export class Draft {
  #report: AnnualReport;
  #history: History = NO_HISTORY;
  readonly #listeners = new Set<() => void>();

  constructor(report: AnnualReport) {
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
    this.#become(change(this.#report));
  }

  writeChapter(no: number, change: (chapter: Chapter) => Chapter): void {
    const chapters = this.#report.chapters.map((chapter) => (chapter.no === no ? change(chapter) : chapter));
    this.#become({ ...this.#report, chapters });
  }

  /** Writes cells as one act, with the totals that follow from them. */
  writeCells(table: string, writes: CellWrites): void {
    const format = formatById(this.#report.format);
    const before = this.#report.tables[table];
    if (format === null || before === undefined) throw new RangeError(`the report has no table ${table}`);
    const after = withTotals(format, tableOf(format, table), before, { ...before, ...writes });
    const changes = changesOf(table, before, after);
    if (changes.length === 0) return;
    this.#history = withAct(this.#history, changes);
    this.#become(this.#withTable(table, after));
  }

  /** Undoes the last act in a table, or does it again; answers the cell one should stand on. */
  step(direction: 'undo' | 'redo'): { readonly table: string; readonly id: string } | null {
    const step = stepped(this.#history, direction);
    if (step === null) return null;
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
