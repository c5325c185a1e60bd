import type { z } from 'zod';
import type { ReportRead } from '#contracts/http/drafting.api';
import type { Finding } from '#report/finding';
import type { AnnualReport } from '#report/model';
import type { Passage } from '#report/readers/passages';
import type { CellSource } from '#report/readers/table-cells';
import { send } from '../api/send.js';

/** What becomes of tracked changes in a file; `refuse`: nobody has decided yet. */
export type TrackedChanges = 'refuse' | 'accept' | 'reject';

/** A file as it was read and not kept yet, with the file itself. */
export interface ReadFile {
  readonly use: 'this-year' | 'last-year';
  readonly fileName: string;
  readonly bytes: string;
  readonly changes: TrackedChanges;
  readonly reading: Omit<z.infer<typeof ReportRead>, 'report' | 'lastYear' | 'findings' | 'passages' | 'sources'> & {
    readonly report: AnnualReport;
    readonly lastYear: AnnualReport | null;
    readonly findings: readonly Finding[];
    readonly passages: readonly (Passage | null)[];
    readonly sources: Readonly<Record<string, CellSource>>;
  };
}

/** Largest file, in bytes. */
const LARGEST = 5 * 1024 * 1024;

/** A file too large to be sent. */
export class TooLarge extends Error {}

/** Has a file read by the service; nothing is kept. Throws TooLarge, Refused (tracked_changes and what the reader refuses), Unreachable. */
export async function readFile(
  document: string,
  file: File,
  use: ReadFile['use'],
  changes: TrackedChanges,
): Promise<ReadFile> {
  if (file.size > LARGEST) throw new TooLarge(`${file.size} bytes`);
  const fileName = file.name.slice(-255);
  const bytes = await base64Of(file);
  const body = { fileName, bytes, changes, use };
  const reading = await send<ReadFile['reading']>({ method: 'POST', path: `/reports/${document}/readings`, body });
  return { use, fileName, bytes, changes, reading };
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve((reader.result as string).split(',')[1] ?? ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file could not be read')));
    reader.readAsDataURL(file);
  });
}
