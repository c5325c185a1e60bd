import { parentPort } from 'node:worker_threads';
import { readReportFile } from './read-report-file.js';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
parentPort?.on('message', (bytes: Uint8Array) => parentPort?.postMessage(readReportFile(bytes)));
