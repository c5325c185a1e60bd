import type { z } from 'zod';
import {
  NextEditionOpened,
  ReportDetail,
  ReportStarted,
  ReportSubmitted,
  RevisionSaved,
} from '#contracts/http/drafting.api';
import { ReportLines } from '#contracts/http/gateway.api';
import { isRefusal } from '#domain/decision';
import type { AnnualReport } from '#report/model';
import { parseAnnualReport } from '#report/parse-annual-report';
import type { Message } from '#report/place';
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

/** Opens the next edition of a public or withdrawn report for writing, unless it is open already. */
export async function openEdition(client: ApiClient, document: string): Promise<void> {
  const { state } = await client.get(`/reports/${document}`, ReportDetail);
  if (state === 'live' || state === 'withdrawn')
    await client.command(`/reports/${document}/corrections`, {}, NextEditionOpened);
}

/** Asks that what is public now is taken back, for this public reason. */
export async function withdrawPublic(
  client: ApiClient,
  document: string,
  reason: string,
): Promise<z.infer<typeof ReportSubmitted>> {
  const { public: now } = await client.get(`/reports/${document}`, ReportDetail);
  if (now === null)
    throw new CommandFailure(EXIT.finding, 'nothing_public', {
      zh: '现在没有公开的版本可撤回。',
      en: 'Nothing is public now that could be taken back.',
    });
  const { edition, content } = now;
  return client.command(`/reports/${document}/withdrawals`, { edition, content, reason }, ReportSubmitted);
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

type Check = z.infer<typeof RevisionSaved>['checks'][number];

/** How a revision is submitted. `sentenceFor`: what is said about a failed check, undefined when nothing is. */
export interface Submitting {
  readonly notBefore?: string | null;
  readonly kind?: 'publish' | 'correct' | 'emergency';
  readonly reason?: string | null;
  readonly sentenceFor?: (check: Check) => string | undefined;
}

/**
 * Submits exactly the revision saved, with a sentence for each warning. CommandFailure `checks_failed` when an error stands that nobody may or
 * does override, `warnings_unexplained` when a warning has no sentence.
 */
export async function submitRevision(
  client: ApiClient,
  { document, revision, digest, checks }: z.infer<typeof RevisionSaved>,
  { notBefore = null, kind = 'publish', reason = null, sentenceFor = () => undefined }: Submitting = {},
): Promise<z.infer<typeof ReportSubmitted>> {
  const failed = checks.filter(({ status, severity }) => status === 'fail' && severity !== 'I');
  const explanations = failed.flatMap((check) => {
    const sentence = sentenceFor(check);
    return sentence === undefined ? [] : [{ check: check.key, sentence }];
  });
  const open = failed.filter(({ key }) => !explanations.some(({ check }) => check === key));
  const errors = failed.filter((check) => check.severity === 'E' && (!check.overridable || open.includes(check)));
  if (errors.length > 0)
    throw failure('checks_failed', errors, {
      zh: `有 ${errors.length} 处必须改正，不能送审：`,
      en: `${errors.length} errors forbid submission:`,
    });
  if (open.length > 0)
    throw failure('warnings_unexplained', open, {
      zh: `有 ${open.length} 处提醒须逐处说明（--explain 规则号=说明）：`,
      en: `${open.length} warnings need a sentence each (--explain RULE=sentence):`,
    });
  const body = { revision, digest, notBefore, explanations, kind, reason };
  return client.command(`/reports/${document}/submissions`, body, ReportSubmitted);
}

function failure(code: string, checks: readonly Check[], head: Message): CommandFailure {
  const list = (language: 'zh' | 'en'): string =>
    checks.map(({ rule, message }) => `\n  ${rule} ${message[language]}`).join('');
  return new CommandFailure(
    EXIT.finding,
    code,
    { zh: head.zh + list('zh'), en: head.en + list('en') },
    { checks: [...checks] },
  );
}

/** Saves a report that was changed here as the next revision. */
export async function saveRevision(
  client: ApiClient,
  { document, revision }: Pick<z.infer<typeof RevisionSaved>, 'document' | 'revision'>,
  report: AnnualReport,
): Promise<z.infer<typeof RevisionSaved>> {
  return client.command(`/reports/${document}/revisions`, { baseRevision: revision, report }, RevisionSaved);
}

/** The newest revision's content. Throws when the server's answer is no report: a defect of this version. */
export async function contentOf(client: ApiClient, document: string): Promise<AnnualReport> {
  const { report } = await client.get(`/reports/${document}`, ReportDetail);
  const parsed = parseAnnualReport(report);
  if (isRefusal(parsed))
    throw new Error(`report ${document} is not in this program's model: ${JSON.stringify(parsed.data)}`);
  return parsed;
}
