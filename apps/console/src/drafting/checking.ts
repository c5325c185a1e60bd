import type { CheckResult } from '#report/check-report';
import type { AnnualReport } from '#report/model';
import type { CheckContext } from '#report/rules/check-context';
import { checkKey } from '#report/settled-checks';
import type { Check } from '../api/answers.js';
import { same } from './same.js';

export type CheckQuestion =
  | { readonly kind: 'context'; readonly context: CheckContext }
  | { readonly kind: 'check'; readonly turn: number; readonly report: AnnualReport };
export interface CheckAnswer {
  readonly turn: number;
  readonly results: readonly CheckResult[];
  readonly tookMs: number;
}

/** One result of the rules with the key a sentence is given for. */
export type Finding = CheckResult & { readonly key: string };

/** What the checks say of a text. `of`: the text; while it is not the one on the screen they are being done again. */
export interface Checks {
  readonly state: 'running' | 'done' | 'broken';
  readonly of: AnnualReport | null;
  readonly results: readonly Finding[];
  /** How long the rules took, in milliseconds. */
  readonly tookMs: number;
}

const NONE: Checks = { state: 'running', of: null, results: [], tookMs: 0 };
/** Typing goes on for less than this between two keys. */
const PAUSE_MS = 120;
/** The rules take some milliseconds; what has not answered by now never will. */
const GIVE_UP_MS = 10_000;

/** Has a draft checked while it is written, in a thread of its own. Breaks loudly: nothing unchecked ever looks clean. */
export class Checking {
  #worker: Worker | undefined;
  #turn = 0;
  #asked: AnnualReport | null = null;
  #checks = NONE;
  #own: readonly Finding[] = [];
  #heard: { readonly checks: readonly Check[]; readonly report: AnnualReport } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly context: CheckContext) {}

  get checks(): Checks {
    return this.#checks;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Checks this text once typing pauses. */
  look(report: AnnualReport): void {
    this.#become({ ...this.#checks, state: 'running' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(report), PAUSE_MS);
  }

  /** What the service found in a text it has: it knows other organs' reports as well, which no browser is told. */
  hear(checks: readonly Check[], report: AnnualReport): void {
    this.#heard = { checks, report };
    this.#become({ ...this.#checks, results: this.#results(this.#checks.of) });
  }

  /** Tries once more what broke. */
  again(): void {
    if (this.#asked !== null) this.look(this.#asked);
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #ask(report: AnnualReport): void {
    this.#turn += 1;
    this.#asked = report;
    this.#worker ??= this.#start();
    this.#worker.postMessage({ kind: 'check', turn: this.#turn, report } satisfies CheckQuestion, []);
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#break(), GIVE_UP_MS);
  }

  #start(): Worker {
    const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<CheckAnswer>) => this.#answered(data));
    worker.addEventListener('error', () => this.#break());
    worker.postMessage({ kind: 'context', context: this.context } satisfies CheckQuestion, []);
    return worker;
  }

  #answered({ turn, results, tookMs }: CheckAnswer): void {
    if (turn !== this.#turn) return;
    clearTimeout(this.#watch);
    this.#own = results.map((result) => ({ ...result, key: checkKey(result) }));
    // No result at all is no clean bill: the rules did not run.
    const state = results.length === 0 ? 'broken' : 'done';
    this.#become({ state, of: this.#asked, results: this.#results(this.#asked), tookMs });
  }

  /** What is found here, with what the service alone found in the same text. */
  #results(of: AnnualReport | null): readonly Finding[] {
    if (of === null || this.#heard === null || !same(of, this.#heard.report)) return this.#own;
    const known = new Set(this.#own.map(({ key }) => key));
    const others = this.#heard.checks.filter(({ status, key }) => status === 'fail' && !known.has(key));
    return [...this.#own, ...others.map((check) => ({ ...check, place: check.place as Finding['place'] }) as Finding)];
  }

  #break(): void {
    this.close();
    this.#become({ ...this.#checks, state: 'broken' });
  }

  #become(checks: Checks): void {
    this.#checks = checks;
    for (const listener of this.#listeners) listener();
  }
}
