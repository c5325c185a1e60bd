import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { refuse, type Refusal } from '#domain/decision';
import type { ReportReading } from '#report/readers/read-report-document';
import { PORTS, type ServicePorts } from '#service-runtime/ports';

const LIMITS = { seconds: 20, megabytes: 256 };
type Reading = ReportReading | Refusal;

/**
 * Reads files from strangers in a thread with limits, one after another, so that none can stop or starve the service.
 * Refuses unreadable_file (seconds, megabytes) when a file needs more, and whatever the reader refuses.
 */
@Injectable()
export class FileReader implements OnApplicationShutdown {
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  /** The next file waits until the one before is read. */
  readonly read = (bytes: Uint8Array): Promise<Reading> => {
    const reading = this.#last.then(() => this.#readNow(bytes));
    this.#last = reading.catch(() => undefined); // whoever asked hears of it; the next file is not to blame
    return reading;
  };

  async onApplicationShutdown(): Promise<void> {
    await this.#discard();
  }

  async #readNow(bytes: Uint8Array): Promise<Reading> {
    const worker = (this.#worker ??= this.#start());
    try {
      return await answerOf(worker, bytes);
    } catch (error) {
      await this.#discard();
      this.ports.log.fault('file_reader_gave_up', error, { sizeBytes: bytes.byteLength });
      return refuse('unreadable_file', { ...LIMITS });
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL('./read-report-file.worker.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: LIMITS.megabytes },
    });
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = null;
    });
    worker.unref();
    return worker;
  }

  async #discard(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

function answerOf(worker: Worker, bytes: Uint8Array): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      then();
    };
    const onMessage = (reading: Reading): void => settle(() => resolve(reading));
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void => settle(() => reject(new Error(`file reader ended with ${code}`)));
    const onTimeout = (): void => settle(() => reject(new Error(`file not read within ${LIMITS.seconds} s`)));
    const timer = setTimeout(onTimeout, LIMITS.seconds * 1000);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    worker.postMessage(bytes);
  });
}
