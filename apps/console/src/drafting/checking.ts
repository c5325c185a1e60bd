import type { CheckResult } from '#report/check-report';
import type { AnnualReport } from '#report/model';
import type { CheckContext } from '#report/rules/check-context';
import type { Check } from '../api/answers.js';
import { same } from './same.js';

export type CheckQuestion =
  | { readonly kind: 'context'; readonly context: CheckContext }
  | { readonly kind: 'check'; readonly turn: number; readonly report: AnnualReport };
export interface CheckAnswer {
  readonly turn: number;
  readonly failed: readonly Finding[];
  /** How many results there were, those that passed included. */
  readonly count: number;
  readonly tookMs: number;
}

/** One failed check with the key a sentence is given for. */
export type Finding = CheckResult & { readonly key: string };

/** What the checks say of a text. `of`: the text; while it is not the one on the screen they are being done again. */
export interface Checks {
  readonly state: 'running' | 'done' | 'broken';
  readonly of: AnnualReport | null;
  /** What failed, gravest first. A finding that stays is the same object, and the list is while all of it stays. */
  readonly findings: readonly Finding[];
  /** How long the rules took, in milliseconds, and the how many-th time it was. */
  readonly tookMs: number;
  readonly turn: number;
}

const NONE: Checks = { state: 'running', of: null, findings: [], tookMs: 0, turn: 0 };
const ORDER = { E: 0, W: 1, I: 2 } as const;
/** Typing goes on for less than this between two keys. */
const PAUSE_MS = 200;
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

  /** Checks the text once typing pauses; until then a key costs nothing here. */
  look(text: () => AnnualReport): void {
    if (this.#checks.state !== 'running') this.#become({ ...this.#checks, state: 'running' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(text()), PAUSE_MS);
  }

  /** What the service found in a text it has: it knows other organs' reports as well, which no browser is told. */
  hear(checks: readonly Check[], report: AnnualReport): void {
    this.#heard = { checks, report };
    this.#become({ ...this.#checks, findings: this.#findings(this.#checks.of) });
  }

  /** Tries once more what broke. */
  again(): void {
    const asked = this.#asked;
    if (asked !== null) this.look(() => asked);
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

  #answered({ turn, failed, count, tookMs }: CheckAnswer): void {
    if (turn !== this.#turn) return;
    clearTimeout(this.#watch);
    this.#own = failed;
    // No result at all is no clean bill: the rules did not run.
    const state = count === 0 ? 'broken' : 'done';
    this.#become({ state, of: this.#asked, findings: this.#findings(this.#asked), tookMs, turn });
  }

  /** What is found here, with what the service alone found in the same text. */
  #findings(of: AnnualReport | null): readonly Finding[] {
    const known = new Set(this.#own.map(({ key }) => key));
    const isHeard = of !== null && this.#heard !== null && same(of, this.#heard.report);
    const others = isHeard ? (this.#heard?.checks ?? []) : [];
    const more = others.filter(({ status, key }) => status === 'fail' && !known.has(key)) as readonly Finding[];
    const found = [...this.#own, ...more].toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
    return keptSame(this.#checks.findings, found);
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

/** The new findings, those that were there before as the objects they were: what is drawn of them is not drawn again. */
function keptSame(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
  const known = new Map(before.map((finding) => [finding.key, finding]));
  const kept = now.map((finding) => {
    const was = known.get(finding.key);
    return was !== undefined && same(was, finding) ? was : finding;
  });
  return kept.length === before.length && kept.every((finding, at) => finding === before[at]) ? before : kept;
}
