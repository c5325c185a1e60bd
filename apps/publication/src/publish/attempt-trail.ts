import type { z } from 'zod';
import type { PUBLICATION_STEPS, StepFigures } from '#contracts/http/publication-steps.api';

export type StepName = (typeof PUBLICATION_STEPS)[number];
export type Figures = z.infer<typeof StepFigures>;

/** Why a step failed: a stable code, and what fills its sentence. */
export interface StepDefect {
  readonly code: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** A step that ended. `beganMs`, `endedMs`: since 1970, by the clock the trail was begun by. */
export interface EndedStep {
  readonly step: StepName;
  readonly beganMs: number;
  readonly endedMs: number;
  readonly figures: Figures;
  readonly defect: StepDefect | null;
}

/**
 * What one attempt did, kept in memory until a transaction the attempt needs anyway writes it: telling of a step costs no transaction of its own. A
 * step is entered, and ends when it is done or when it fails; what was entered and never ended is told by nobody. `begunMs`:
 * when the attempt began, since 1970, by the database's clock, on which its times go on, so that steps stand in their order and beside the job's
 * times. `clock`: milliseconds that never go back.
 */
export class AttemptTrail {
  readonly #ended: EndedStep[] = [];
  readonly #born: number;
  #written = 0;
  #entered: { readonly step: StepName; readonly beganMs: number } | undefined;

  constructor(
    private readonly begunMs: number,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.#born = clock();
  }

  /** Begins a step; one that was begun and did not end is forgotten. */
  enter(step: StepName): void {
    this.#entered = { step, beganMs: this.now() };
  }

  /** The step that was entered is done, with what it found. */
  done(figures: Figures): void {
    this.#ended.push(...this.closed(figures, null));
    this.#entered = undefined;
  }

  /** The step that was entered failed. */
  fail(defect: StepDefect): void {
    this.#ended.push(...this.closed({}, defect));
    this.#entered = undefined;
  }

  /** Steps that ended and are not written. `figures`: as if the one that was entered were done now, with these; repeating the question changes nothing. */
  unwritten(figures?: Figures): readonly EndedStep[] {
    return [...this.#ended.slice(this.#written), ...(figures === undefined ? [] : this.closed(figures, null))];
  }

  /** So many more of them are written. */
  written(count: number): void {
    this.#written += count;
  }

  private now(): number {
    return this.begunMs + this.clock() - this.#born;
  }

  private closed(figures: Figures, defect: StepDefect | null): EndedStep[] {
    if (this.#entered === undefined) return [];
    return [{ ...this.#entered, endedMs: this.now(), figures, defect }];
  }
}
