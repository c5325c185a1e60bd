import { Worker } from 'node:worker_threads';
import { refuse, type Refusal } from '#domain/decision';
import { installedFormats } from '#report/format';
import type { ReportReading } from '#report/readers/read-report-document';
import type { ReadOptions } from './read-report-file.js';
import type { ReaderThread, ReadRequest } from './report-file.worker.js';

/** How much a stranger's file may take. `threads`: files read at once. */
export interface ReaderLimits {
  readonly threads?: number;
  readonly seconds?: number;
  readonly megabytes?: number;
  /** Hears why a thread gave up, beside the refusal. */
  readonly onGiveUp?: (error: Error, sizeBytes: number) => void;
}

interface Waiting {
  readonly request: ReadRequest;
  readonly resolve: (reading: ReportReading | Refusal) => void;
}

/** The thread's file, beside this one in the sources, in dist and in the bundle; under Jest the compiled one is used. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/run/report-file.worker.js' : './report-file.worker.js',
  import.meta.url,
);

/**
 * Reads files from strangers in threads with limits, so that none can stop, starve or crash the process. A thread that takes too long or too much is
 * thrown away, and the file refused: unreadable_file (seconds, megabytes). Otherwise answers what `readReportFile` answers.
 */
export class ReportFileReader {
  readonly #limits: Required<Omit<ReaderLimits, 'onGiveUp'>> & Pick<ReaderLimits, 'onGiveUp'>;
  readonly #idle: Worker[] = [];
  readonly #busy = new Set<Worker>();
  readonly #waiting: Waiting[] = [];
  #closed = false;

  constructor(limits: ReaderLimits = {}) {
    this.#limits = { threads: 1, seconds: 20, megabytes: 256, ...limits };
  }

  /** Files are taken up in the order given, as many at once as there are threads. */
  read(bytes: Uint8Array, options: ReadOptions = {}): Promise<ReportReading | Refusal> {
    if (this.#closed) return Promise.reject(new Error('the file reader is closed'));
    return new Promise((resolve) => {
      this.#waiting.push({ request: { bytes, options }, resolve });
      this.#next();
    });
  }

  /** Ends the threads; files still waiting are refused as unreadable. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve(this.#refusal());
    await Promise.all([...this.#idle.splice(0), ...this.#busy].map(async (worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#busy.size >= this.#limits.threads) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) return;
    const worker = this.#idle.pop() ?? this.#start();
    this.#busy.add(worker);
    void this.#answer(worker, waiting).finally(() => this.#next());
  }

  async #answer(worker: Worker, { request, resolve }: Waiting): Promise<void> {
    try {
      const reading = await answerOf(worker, request, this.#limits.seconds);
      this.#idle.push(worker);
      resolve(reading);
    } catch (error) {
      this.#limits.onGiveUp?.(error instanceof Error ? error : new Error(String(error)), request.bytes.byteLength);
      await worker.terminate();
      resolve(this.#refusal());
    } finally {
      this.#busy.delete(worker);
    }
  }

  #refusal(): Refusal<'unreadable_file'> {
    const { seconds, megabytes } = this.#limits;
    return refuse('unreadable_file', { seconds, megabytes });
  }

  #start(): Worker {
    const { megabytes } = this.#limits;
    const limits = { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 };
    const workerData: ReaderThread = { formats: installedFormats() };
    const worker = new Worker(WORKER, { resourceLimits: limits, execArgv: [], workerData });
    worker.unref();
    return worker;
  }
}

function answerOf(worker: Worker, request: ReadRequest, seconds: number): Promise<ReportReading | Refusal> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      worker.unref();
      then();
    };
    const onMessage = (reading: ReportReading | Refusal): void => settle(() => resolve(reading));
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void =>
      settle(() => reject(new Error(`the file reader's thread ended with ${code}`)));
    const timer = setTimeout(() => {
      settle(() => reject(new Error(`the file was not read within ${seconds} s`)));
    }, seconds * 1000);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    worker.postMessage(request);
  });
}
