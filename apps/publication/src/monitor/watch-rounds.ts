import type { Log } from '#service-runtime/log';
import type { ReadingTurns } from '../domain/reading-turns.js';
import { ListWatch } from './list-watch.js';
import { SiteWatch, type WatchGround } from './site-watch.js';
import { putAsideStrays } from './stray-files.js';
import { failureOf, type Look, type WatchFailure } from './watch-failure.js';
import { WatchRecord } from './watch-record.js';

/** What the rounds of the monitor look at. `renew`: what keeps proofs from being checked against something newer, if anything does. */
export interface RoundsGround extends WatchGround {
  renew(): Promise<WatchFailure | undefined>;
}

/**
 * The rounds of the monitor. Each look stands by itself: one that fails is told in the report, with its cause and since when, and the others are made and
 * told all the same.
 */
export class WatchRounds {
  readonly #watch: SiteWatch;
  readonly #lists: ListWatch;
  #record: WatchRecord | undefined;

  /** `budget`: how many addresses' worth of reading the downloads may cost a round. */
  constructor(
    private readonly ground: RoundsGround,
    private readonly turns: ReadingTurns,
    budget: number,
    private readonly log: Log,
  ) {
    this.#watch = new SiteWatch(ground, turns, {
      onFault: (error, { organ, year, edition }) =>
        this.failed('addresses', error, `${organ}/${year}${edition === null ? '' : `/v${edition}`}`),
      onProblem: async (problem) => this.#record?.problem(problem),
    });
    this.#lists = new ListWatch(ground, budget, (error, path) => this.failed('lists', error, path));
  }

  /** One round. Throws when its report can be neither read nor written. */
  async round(): Promise<void> {
    const { folder } = this.ground;
    const record = await WatchRecord.begin(folder, (error) => this.log.fault('watch_not_written', error));
    this.#record = record;
    const refused = await this.looking('trust', () => this.ground.renew());
    if (refused !== undefined) this.tell(refused);
    await this.looking('strays', async () => record.strays(await this.strays(record)));
    const found = await this.looking('addresses', () => this.#watch.round());
    await record.write();
    const listed = await this.looking('lists', () => this.#lists.round());
    record.lists(listed?.problems ?? []);
    for (const problem of found?.problems ?? []) this.log.error('public_copy_unproved', { ...problem });
    for (const problem of listed?.problems ?? []) this.log.error('public_page_unproved', { ...problem });
    const { worstSeconds } = this.turns.figures();
    const { addresses, looked, proved, silent } = found ?? {};
    const lists = { lists: listed?.lists, listsProved: listed?.proved, listsSilent: listed?.silent };
    this.log.info('watched', { addresses, looked, proved, silent, worstSeconds, ...lists });
    await record.close(found, this.turns.figures());
  }

  private async strays(record: WatchRecord): ReturnType<typeof putAsideStrays> {
    const onFault = (error: unknown, path: string): void => this.failed('strays', error, path);
    const strays = await putAsideStrays(this.ground.folder, onFault, (found) => record.strays(found));
    for (const stray of strays) this.log.error('public_page_unproved', { ...stray });
    return strays;
  }

  private async looking<T>(look: Look, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.failed(look, error);
      return undefined;
    }
  }

  private failed(look: Look, error: unknown, where = ''): void {
    this.log.fault('watch_look_failed', error, { look, where });
    this.#record?.failure(failureOf(look, error, where));
  }

  private tell(failure: WatchFailure): void {
    this.log.error('watch_look_failed', { ...failure });
    this.#record?.failure(failure);
  }
}
