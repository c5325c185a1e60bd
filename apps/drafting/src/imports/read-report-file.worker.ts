import { parentPort } from 'node:worker_threads';
import { readReportFile } from './read-report-file.js';

parentPort?.on('message', (bytes: Uint8Array) => parentPort?.postMessage(readReportFile(bytes)));
