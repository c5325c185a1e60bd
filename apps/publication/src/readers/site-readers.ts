import cluster, { type Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { environmentForReaders } from '#service-runtime/reader-environment';
import type { Log } from '#service-runtime/log';
import type { SiteFolder } from '../site/site-folder.js';
import { answerReader, type ReaderNeeds } from './answer-reader.js';
import type { PublisherWord } from './reader.messages.js';

/** The program of a reader: beside this one where programs are bundled. */
const PROGRAM = fileURLToPath(new URL('site-reader.js', import.meta.url));

const RESTART_MS = { first: 200, most: 10_000 };
/** A reader that ran this long has recovered: its next end is its first. */
const RECOVERED_MS = 30_000;
/** A reader that drains has no more to do than end its answers. */
const KILL_AFTER_MS = 5_000;

/** `count`: how many processes; `databaseUrl`: where they search; `program`: what they run, the reader of the site unless a test says another. */
export interface SiteReadersSettings extends ReaderNeeds {
  readonly count: number;
  readonly databaseUrl: string;
  readonly folder: SiteFolder;
  readonly log: Log;
  readonly program?: string;
}

/**
 * The processes that answer readers of the public site, beside the one that publishes: a rush of readers takes nothing from it, all processors answer,
 * and what faces the network holds no key to sign with and may read no row but those of the search. They share one port; each takes connections by
 * itself, so that none waits while the publisher is busy. One that ends is started again.
 */
export class SiteReaders {
  readonly #workers = new Set<Worker>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #forget: () => void;
  #isStopping = false;

  private constructor(private readonly settings: SiteReadersSettings) {
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.setupPrimary({ exec: settings.program ?? PROGRAM, args: [], serialization: 'advanced' });
    this.#forget = settings.folder.onChange((address) => this.tellAll({ tell: 'changed', address }));
  }

  /** Starts them and waits until each listens; rejects when one ends before. */
  static async start(settings: SiteReadersSettings): Promise<SiteReaders> {
    const readers = new SiteReaders(settings);
    try {
      await Promise.all(Array.from({ length: settings.count }, () => readers.startOne(0)));
    } catch (error) {
      await readers.stop();
      throw error;
    }
    return readers;
  }

  /** Process ids of those that run. */
  get pids(): readonly number[] {
    return [...this.#workers].flatMap(({ process: { pid } }) => pid ?? []);
  }

  /** Lets each end its answers; kills what does not end. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#forget();
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(
      [...this.#workers].map(async (worker) => {
        const ended = new Promise((resolve) => worker.once('exit', resolve));
        worker.process.kill('SIGTERM');
        const timer = setTimeout(() => worker.process.kill('SIGKILL'), KILL_AFTER_MS);
        await ended;
        clearTimeout(timer);
      }),
    );
  }

  private tellAll(word: PublisherWord): void {
    for (const worker of this.#workers) tell(worker, word);
  }

  /** `ends`: how often in a row one ended soon after its start. Resolves when it listens. */
  private startOne(ends: number): Promise<void> {
    const { folder: _, log, ...needs } = this.settings;
    const worker = cluster.fork(environmentForReaders(this.settings.databaseUrl));
    const startedAt = performance.now();
    this.#workers.add(worker);
    worker.on('message', (message: unknown) => {
      answerReader(message, needs, (error) => log.fault('site_fault', error)).then(
        (word) => word !== null && tell(worker, word),
        (error: unknown) => log.fault('site_fault', error),
      );
    });
    return new Promise((resolve, reject) => {
      worker.once('listening', () => resolve());
      const ended = (reason: string): void => {
        if (!this.#workers.delete(worker)) return;
        reject(new Error(`a reader of the public site ended before it listened: ${reason}`));
        if (!this.#isStopping) this.startAgain(reason, performance.now() - startedAt > RECOVERED_MS ? 0 : ends);
      };
      worker.once('exit', (code: number | null, signal: string | null) => ended(signal ?? `exit code ${code}`));
      // A process that could not be made has no exit; one that cannot be spoken with any more is of no use.
      worker.on('error', (error) => {
        worker.process.kill('SIGKILL');
        ended(error.message);
      });
    });
  }

  private startAgain(reason: string, ends: number): void {
    const restartMs = Math.min(RESTART_MS.first * 2 ** ends, RESTART_MS.most);
    this.settings.log.error('site_reader_ended', { reason, restartMs });
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      // How it ends is told when it does.
      this.startOne(ends + 1).catch(() => undefined);
    }, restartMs);
    this.#timers.add(timer);
  }
}

/** A reader that is just ending hears nothing any more, and has nothing to hear: what cannot be sent to it is no fault of this process. */
function tell(worker: Worker, word: PublisherWord): void {
  if (worker.isConnected()) worker.send(word, () => undefined);
}
