import type { z } from 'zod';
import type { RevisionSaved } from '#contracts/http/drafting.api';
import type { AnnualReport } from '#report/model';
import type { Problem, Report } from '../api/answers.js';
import { command, read, Refused, Unreachable } from '../api/send.js';
import { isHere } from '../api/session.js';
import type { Draft } from './draft.js';
import type { KeptCopies } from './kept-copies.js';
import { type Conflict, merge, settled } from './merge.js';
import { same } from './same.js';
import { untilSaveMs } from './save-pace.js';
import { sendable } from './sendable.js';

type Saved = z.infer<typeof RevisionSaved>;

/** Where saving stands. `away`: nobody answers; what was typed is kept on this device and goes on its way by itself. */
export type SaveState =
  | { readonly state: 'saved'; readonly at: string | null }
  | { readonly state: 'waiting' | 'sending' | 'away' | 'conflict' }
  | { readonly state: 'refused'; readonly problem: Problem };

/** A revision as the service has it. `digest` null: nothing is saved yet. */
export interface Base {
  readonly revision: number;
  readonly digest: string | null;
  readonly report: AnnualReport;
}

const RETRY_MS = 2000;

/** A copy on this device is some milliseconds' work: at most one in this time while one types, and one when the page is hidden. */
const KEEP_MS = 250;

/** Saves a draft by itself: one revision at a time, each on the one before, and what others saved in between is merged in. */
export class Saving {
  #base: Base;
  #state: SaveState = { state: 'saved', at: null };
  #conflicts: readonly Conflict[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #sending: AnnualReport | null = null;
  /** When this page last made a revision, by the clock that never jumps. */
  #savedAt: number | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;

  constructor(
    private readonly document: string,
    private readonly person: string,
    private readonly draft: Draft,
    private readonly kept: KeptCopies,
    base: Base,
    private readonly onSaved: (saved: Pick<Saved, 'revision' | 'checks'>, report: AnnualReport) => void,
  ) {
    this.#base = base;
    const stop = draft.subscribe(() => this.#written());
    const leave = (): void => this.#look();
    window.addEventListener('pagehide', leave);
    window.addEventListener('visibilitychange', leave);
    this.#stop = () => {
      stop();
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('visibilitychange', leave);
    };
  }

  get base(): Base {
    return this.#base;
  }

  get state(): SaveState {
    return this.#state;
  }

  get conflicts(): readonly Conflict[] {
    return this.#conflicts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** True while something on the screen is not saved. */
  isDirty(): boolean {
    return !same(sendable(this.draft.report), this.#base.report);
  }

  /** Saves what there is now; resolves when everything is saved, or when somebody has to decide something first. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    await this.#running;
  }

  /** Hears of a revision somebody saved elsewhere. */
  hear(theirs: Base): void {
    if (this.#running !== undefined || theirs.revision <= this.#base.revision) return;
    this.#join(theirs);
    if (this.#conflicts.length === 0 && this.isDirty()) this.#touched();
    else if (this.#conflicts.length === 0) this.#become({ state: 'saved', at: new Date().toISOString() });
  }

  /** What was typed before this page was opened, on a revision that may be an old one by now. */
  takeOver(mine: AnnualReport, on: AnnualReport): void {
    this.#put(merge(on, sendable(mine), this.#base.report));
    this.#touched();
  }

  /** Decides a place two people wrote. */
  settle(conflict: Conflict, side: 'mine' | 'theirs'): void {
    this.#conflicts = this.#conflicts.filter((one) => one !== conflict);
    if (side === 'theirs') this.draft.replace(settled(this.draft.report, conflict.place, conflict.theirs));
    this.#touched();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#looking);
    this.#stop();
    if (!this.isDirty()) return;
    // Never under the name of somebody else who signed in here: the copy on this device waits for its writer.
    if (isHere(this.person)) void this.flush();
    else this.#keep();
  }

  /** A key was pressed: what that means is looked at after the screen shows it. */
  #written(): void {
    if (this.#state.state === 'saved') this.#become({ state: 'waiting' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#untilSaveMs());
    this.#looking ??= setTimeout(() => this.#touched(), KEEP_MS);
  }

  #untilSaveMs(): number {
    return untilSaveMs(this.#savedAt === null ? null : performance.now() - this.#savedAt);
  }

  /** Looks at once at what was just written, and saves it: the page may be gone in a moment. */
  #look(): void {
    if (this.#looking !== undefined) this.#touched();
    if (document.visibilityState === 'hidden' && this.isDirty()) void this.flush();
  }

  #touched(): void {
    clearTimeout(this.#looking);
    this.#looking = undefined;
    this.#keep();
    if (this.#conflicts.length > 0) return this.#become({ state: 'conflict' });
    if (!this.isDirty()) {
      if (this.#running === undefined) this.#become({ state: 'saved', at: new Date().toISOString() });
      return;
    }
    if (this.#state.state !== 'away' && this.#state.state !== 'sending') this.#become({ state: 'waiting' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#untilSaveMs());
  }

  /** One after another: a revision stands on the one before. What is on its way is repeated under its key until it is answered. */
  async #run(): Promise<void> {
    while (this.#conflicts.length === 0 && this.isDirty()) {
      const report = sendable(this.draft.report);
      this.#sending = report;
      this.#keep();
      this.#become({ state: 'sending' });
      try {
        await this.#send(report);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.problem.code !== 'revision_not_latest')
          return this.#become({ state: 'refused', problem: error.problem });
        if (!(await this.#joinNewest())) return;
      } finally {
        this.#sending = null;
      }
    }
    this.#keep();
    this.#become(this.#conflicts.length > 0 ? { state: 'conflict' } : { state: 'saved', at: new Date().toISOString() });
  }

  async #send(report: AnnualReport): Promise<void> {
    const body = { baseRevision: this.#base.revision, report, importedFrom: null };
    const onWaiting = (isAway: boolean): void => this.#become({ state: isAway ? 'away' : 'sending' });
    const saved = await command<Saved>(`/reports/${this.document}/revisions`, body, { onWaiting });
    this.#base = { revision: saved.revision, digest: saved.digest, report };
    this.#savedAt = performance.now();
    this.onSaved(saved, report);
  }

  /** Merges in what others saved; false when it could not be read, and is tried again by itself. */
  async #joinNewest(): Promise<boolean> {
    try {
      const { revision, digest, report } = await read<Report>(`/reports/${this.document}`);
      if (report === null) throw new Error('a newer revision without a text');
      this.#join({ revision, digest, report });
      return true;
    } catch (error) {
      if (error instanceof Refused) this.#become({ state: 'refused', problem: error.problem });
      else if (error instanceof Unreachable) {
        this.#become({ state: 'away' });
        this.#timer = setTimeout(() => void this.flush(), RETRY_MS);
      } else throw error;
      return false;
    }
  }

  #join(theirs: Base): void {
    const merged = merge(this.#base.report, sendable(this.draft.report), theirs.report);
    this.#base = theirs;
    this.#put(merged);
  }

  #put({ report, conflicts }: { readonly report: AnnualReport; readonly conflicts: readonly Conflict[] }): void {
    this.#conflicts = [...this.#conflicts, ...conflicts];
    if (!same(report, sendable(this.draft.report))) this.draft.replace(report);
    if (conflicts.length > 0) this.#become({ state: 'conflict' });
  }

  #keep(): void {
    const { person } = this;
    const mine = this.draft.report;
    this.kept.keep(this.isDirty() ? { person, base: this.#base.revision, mine, sending: this.#sending } : null);
  }

  #become(state: SaveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
