import type { z } from 'zod';
import { ReportDetail, ReportStarted, ReportSubmitted, RevisionSaved } from '#contracts/http/drafting.api';
import { ReportLines } from '#contracts/http/gateway.api';
import type { ApiClient } from './api-client.js';
import { CommandFailure, EXIT } from './exit-code.js';

/** A file as it was read. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type ReportInList = z.infer<typeof ReportLines>['items'][number];

/** The line of an organ's report of a year, if it was started and this person may see it. */
export async function findReport(client: ApiClient, organ: string, year: number): Promise<ReportInList | undefined> {
  const query = new URLSearchParams({ organ, year: String(year) });
  const { items } = await client.get(`/reports?${query.toString()}`, ReportLines);
  return items.find((line) => line.organ === organ && line.year === year);
}

/** Opens the report of an organ and year, starting it when nobody has. Answers its document id. */
export async function openReport(client: ApiClient, organ: string, year: number): Promise<string> {
  const known = await findReport(client, organ, year);
  return known?.document ?? (await client.command('/reports', { organ, year }, ReportStarted)).document;
}

/** Imports a file as the next revision of a report. */
export async function importFile(
  client: ApiClient,
  document: string,
  file: SourceFile,
): Promise<z.infer<typeof RevisionSaved>> {
  const { revision } = await client.get(`/reports/${document}`, ReportDetail);
  const body = { baseRevision: revision, fileName: file.name, bytes: Buffer.from(file.bytes).toString('base64') };
  return client.command(`/reports/${document}/imports`, body, RevisionSaved);
}

/** Submits exactly the revision saved. CommandFailure `checks_failed` when a check forbids it. */
export async function submitRevision(
  client: ApiClient,
  saved: z.infer<typeof RevisionSaved>,
  notBefore: string | null = null,
): Promise<z.infer<typeof ReportSubmitted>> {
  if (saved.blocked) {
    const failed = saved.checks.filter(({ status, severity }) => status === 'fail' && severity === 'E');
    const list = (language: 'zh' | 'en'): string =>
      failed.map(({ rule, message }) => `\n  ${rule} ${message[language]}`).join('');
    throw new CommandFailure(
      EXIT.finding,
      'checks_failed',
      {
        zh: `有 ${failed.length} 处必须改正，不能送审：${list('zh')}`,
        en: `${failed.length} errors forbid submission:${list('en')}`,
      },
      { checks: failed },
    );
  }
  const { document, revision, digest } = saved;
  return client.command(`/reports/${document}/submissions`, { revision, digest, notBefore }, ReportSubmitted);
}
