import { parentPort } from 'node:worker_threads';
import { readReportFile, type ReadOptions } from './read-report-file.js';

/** One file to read; answered with the reading or the refusal. */
export interface ReadRequest {
  readonly bytes: Uint8Array;
  readonly options: ReadOptions;
}

// A failure ends the thread: whoever started it hears of it as its error and starts another.
parentPort?.on('message', ({ bytes, options }: ReadRequest) => {
  void readReportFile(bytes, options).then((reading) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    parentPort?.postMessage(reading);
  });
});
