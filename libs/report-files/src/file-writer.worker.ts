import { parentPort, workerData } from 'node:worker_threads';
import { installFormats } from '#report/format';
import type { FormatDefinition } from '#report/format-definition';
import { giveWay } from './give-way.js';
import { type CoverFacts, coverPicture, type MadeCover } from './writers/cover-picture.js';
import { writeReportFiles } from './writers/report-file-set.js';
import { GlyphMissing } from './writers/typesetter.js';

/** What a thread is told when it starts: the formats its process has installed. */
export interface WriterThread {
  readonly formats: readonly FormatDefinition[];
}

installFormats((workerData as WriterThread).formats);
// On Linux this is the priority of this thread alone: files for convenience never take time from signing and publishing.
if (process.platform === 'linux') giveWay();

/** What a thread is asked for: the files beside an edition, by its signed bytes, or the cover of an article about one. */
export type WriterTask = { readonly signed: Uint8Array } | { readonly cover: CoverFacts };

// A failure ends the thread: whoever started it hears of it as its error and starts another.
parentPort?.on('message', (task: WriterTask) => void answer(task));

async function answer(task: WriterTask): Promise<void> {
  const made = 'signed' in task ? await writeReportFiles(task.signed) : await coverOf(task.cover);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  parentPort?.postMessage(made);
}

async function coverOf(facts: CoverFacts): Promise<MadeCover> {
  try {
    return { bytes: await coverPicture(facts) };
  } catch (error) {
    if (!(error instanceof GlyphMissing)) throw error;
    return { code: error.code, detail: error.message };
  }
}
