import { Worker } from 'node:worker_threads';
import { installedFormats } from '#report/format';
import type { WriterTask, WriterThread } from './file-writer.worker.js';
import type { CoverFacts, MadeCover } from './writers/cover-picture.js';
import { DERIVED_NAMES, type MadeFile } from './writers/derived-names.js';

/** How much the files of one report may take. The thread has a low priority: on a busy machine a second of work can take a minute. */
export interface WriterLimits {
  readonly seconds?: number;
  readonly megabytes?: number;
}

/** The thread's file, beside this one in the sources, in dist and in the bundle; under Jest the compiled one is used. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/run/file-writer.worker.js' : './file-writer.worker.js',
  import.meta.url,
);

/**
 * Makes the files beside a report, and covers of articles, in one thread with limits, one after the other, so that no report can stop or starve the process. A thread
 * that takes too long or too much is given up and no file made: `writer_gave_up`. Otherwise answers what `writeReportFiles` answers. Each waits until
 * `mayBegin` resolves, at once when the writer is closing.
 */
export class FileWriter {
  readonly #limits: Required<WriterLimits>;
  #thread: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #closing = new AbortController();

  constructor(
    limits: WriterLimits = {},
    private readonly mayBegin: (closing: AbortSignal) => Promise<void> = () => Promise.resolve(),
  ) {
    this.#limits = { seconds: 120, megabytes: 256, ...limits };
  }

  /** The files of an edition, from its signed bytes. Never rejects. */
  write(signed: Uint8Array): Promise<readonly MadeFile[]> {
    return this.#inTurn({ signed }, (code, detail) => DERIVED_NAMES.map((name) => ({ name, code, detail })));
  }

  /** The cover of an article about an edition. Never rejects; `writer_gave_up` and `writer_closed` may pass. */
  cover(facts: CoverFacts): Promise<MadeCover> {
    return this.#inTurn<MadeCover>({ cover: facts }, (code, detail) => ({ code, detail }));
  }

  /** Ends the thread; what is at work or still waits is answered with the code `writer_closed`. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#thread?.terminate();
    await this.#last;
  }

  #inTurn<Made>(task: WriterTask, gaveUp: (code: string, detail: string) => Made): Promise<Made> {
    const made = this.#last.then(() => this.#makeNow(task, gaveUp));
    this.#last = made;
    return made;
  }

  async #makeNow<Made>(task: WriterTask, gaveUp: (code: string, detail: string) => Made): Promise<Made> {
    const { signal } = this.#closing;
    if (!signal.aborted) await this.mayBegin(signal);
    if (signal.aborted) return gaveUp('writer_closed', 'the process stops');
    this.#thread ??= this.#start();
    const worker = this.#thread;
    try {
      return await answerOf<Made>(worker, task, this.#limits.seconds);
    } catch (error) {
      this.#thread = undefined;
      // Native code is not stopped until it returns; nothing waits for it.
      void worker.terminate();
      const detail = error instanceof Error ? error.message : String(error);
      return gaveUp(signal.aborted ? 'writer_closed' : 'writer_gave_up', detail);
    }
  }

  #start(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: this.#limits.megabytes, maxYoungGenerationSizeMb: 32 };
    const workerData: WriterThread = { formats: installedFormats() };
    const worker = new Worker(WORKER, { resourceLimits, execArgv: [], workerData });
    worker.unref();
    return worker;
  }
}

function answerOf<Made>(worker: Worker, task: WriterTask, seconds: number): Promise<Made> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      worker.unref();
      then();
    };
    const onMessage = (made: Made): void => settle(() => resolve(made));
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void => settle(() => reject(new Error(`the writer's thread ended with ${code}`)));
    const timer = setTimeout(() => settle(() => reject(new Error(`not written within ${seconds} s`))), seconds * 1000);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    worker.postMessage(task);
  });
}
