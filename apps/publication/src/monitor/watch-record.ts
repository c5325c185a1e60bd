import type { TurnFigures } from '../domain/reading-turns.js';
import type { SiteFolder } from '../site/site-folder.js';
import type { ListProblem } from './list-watch.js';
import type { WatchProblem, WatchRound } from './site-watch.js';
import type { StrayFile } from './stray-files.js';
import type { WatchFailure } from './watch-failure.js';
import { afterRound, duringRound, readWatchReport, type WatchReport, watchReportBytes } from './watch-report.js';

/**
 * What a round has found by now, written into the report of the monitor as it is found: before a link or a file is taken out of readers' reach, and after
 * each look. A monitor that is killed has said what it did, and what the rounds before it found stays.
 */
export class WatchRecord {
  readonly #problems = new Map<string, WatchProblem>();
  readonly #failures: WatchFailure[] = [];
  #strays: readonly StrayFile[] = [];
  #lists: readonly ListProblem[] = [];

  private constructor(
    private readonly folder: SiteFolder,
    private readonly before: WatchReport | undefined,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Begins with what the report says. `onFault`: told when there is one that cannot be read, or the disk does not take what is found while the round goes on. */
  static async begin(folder: SiteFolder, onFault: (error: unknown) => void): Promise<WatchRecord> {
    const bytes = await folder.readWatch();
    const before = bytes && readWatchReport(bytes);
    if (bytes !== undefined && before === undefined) onFault(new RangeError('the report of the rounds before is none'));
    return new WatchRecord(folder, before, onFault);
  }

  /** What is wrong at an address; the same address again is told of anew. */
  async problem(problem: WatchProblem): Promise<void> {
    this.#problems.set(`${problem.organ} ${problem.year} ${problem.edition ?? ''}`, problem);
    await this.write();
  }

  async strays(strays: readonly StrayFile[]): Promise<void> {
    this.#strays = strays;
    await this.write();
  }

  lists(problems: readonly ListProblem[]): void {
    this.#lists = problems;
  }

  failure(failure: WatchFailure): void {
    this.#failures.push(failure);
  }

  /** Writes what there is by now. What stands in the way of that must not stand in the way of the round. */
  async write(): Promise<void> {
    try {
      const report = duringRound(this.before, this.problems(), new Date(), this.found());
      await this.folder.writeWatch(watchReportBytes(report));
    } catch (error) {
      this.onFault(error);
    }
  }

  /** Writes the report of the whole round. Without `round`: the addresses could not be looked at, so what the rounds before counted stays. */
  async close(round: WatchRound | undefined, turns: TurnFigures): Promise<void> {
    const now = new Date();
    const { addresses = 0, looked = 0, proved = 0, silent = 0 } = round ?? this.before ?? {};
    const counted = { addresses, looked, proved, silent, problems: this.problems() };
    const report = afterRound(this.before, counted, now, { ...this.found(), turns });
    await this.folder.writeWatch(watchReportBytes(report));
  }

  private problems(): readonly WatchProblem[] {
    return [...this.#problems.values()];
  }

  private found(): {
    readonly lists: readonly ListProblem[];
    readonly strays: readonly StrayFile[];
    readonly failures: readonly WatchFailure[];
  } {
    return { lists: this.#lists, strays: this.#strays, failures: this.#failures };
  }
}
