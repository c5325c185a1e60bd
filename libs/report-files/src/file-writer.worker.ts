import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { installFormats } from '#report/format';
import type { FormatDefinition } from '#report/format-definition';
import { writeReportFiles } from './writers/report-file-set.js';

/** What a thread is told when it starts: the formats its process has installed. */
export interface WriterThread {
  readonly formats: readonly FormatDefinition[];
}

installFormats((workerData as WriterThread).formats);
// On Linux this is the priority of this thread alone: files for convenience never take time from signing and publishing.
if (process.platform === 'linux') setPriority(10);

// A failure ends the thread: whoever started it hears of it as its error and starts another.
parentPort?.on('message', (signed: Uint8Array) => void answer(signed));

async function answer(signed: Uint8Array): Promise<void> {
  const files = await writeReportFiles(signed);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  parentPort?.postMessage(files);
}
