import type { FileNotice, SourcePlace } from '#report/readers/report-document';

const LONGEST_SAMPLE = 200;

/** Counts what a file reader saw besides the text; keeps the first of each kind. */
export class Notices {
  readonly #seen = new Map<FileNotice['code'], { count: number; sample: string; at: SourcePlace }>();

  add(code: FileNotice['code'], sample: string, at: SourcePlace): void {
    const known = this.#seen.get(code);
    if (known === undefined) this.#seen.set(code, { count: 1, sample: sample.trim().slice(0, LONGEST_SAMPLE), at });
    else known.count += 1;
  }

  count(code: FileNotice['code']): number {
    return this.#seen.get(code)?.count ?? 0;
  }

  list(): readonly FileNotice[] {
    return [...this.#seen].map(([code, notice]) => ({ code, ...notice }));
  }
}
