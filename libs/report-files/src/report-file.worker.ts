import { parentPort, workerData } from 'node:worker_threads';
import { installFormats } from '#report/format';
import type { FormatDefinition } from '#report/format-definition';
import { readReportFile, type ReadOptions } from './read-report-file.js';

/** What a thread is told when it starts: the formats its process has installed. */
export interface ReaderThread {
  readonly formats: readonly FormatDefinition[];
}

/** One file to read; answered with the reading or the refusal. */
export interface ReadRequest {
  readonly bytes: Uint8Array;
  readonly options: ReadOptions;
}

installFormats((workerData as ReaderThread).formats);

// A failure ends the thread: whoever started it hears of it as its error and starts another.
parentPort?.on('message', (request: ReadRequest) => void answer(request));

async function answer({ bytes, options }: ReadRequest): Promise<void> {
  const reading = await readReportFile(bytes, options);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  parentPort?.postMessage(reading);
}
