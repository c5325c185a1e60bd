import type { z } from 'zod';
import type { RevisionSaved, SaveReport } from '#contracts/http/drafting.api';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { canonicalBytes } from '#evidence/canonical';
import type { Tx } from '#persistence/transaction';
import type { Finding } from '#report/finding';
import type { AnnualReport } from '#report/model';
import { parseAnnualReport } from '#report/parse-annual-report';
import { placeName } from '#report/correction/report-places';
import { checkContextOf } from '../check-context.js';
import { checkContent, summaryOf } from '../content-checks.js';
import { fitToCorrection } from '../correction-locks.js';
import { whyNoRevision } from '../domain/report-life.js';
import type { Asker, DraftingPorts } from '../drafting-ports.js';
import { reportToWrite } from '../drafting-rights.js';
import { addRevision, lockReport } from '../persistence/report.repository.js';
import { saveAndTell } from '../report-news.js';
import { keepReport } from '../revision-content.js';

/** What shall become the next revision. `importedFrom`: name of the file it was read from. */
export interface NextRevision {
  readonly document: string;
  readonly baseRevision: number;
  /** A refusal where it cannot be read; it is answered to those who may write here, after everything else. */
  readonly report: AnnualReport | Refusal;
  readonly findings: readonly Finding[];
  readonly importedFrom: string | null;
  /** True for a file read as it is: of it a correction takes only what is open. */
  readonly isFile?: boolean;
}

/** Saves a report written cell by cell, or read from a file and looked at. Refuses invalid_report (problems) and what `saveRevision` refuses. */
export async function saveReport(
  tx: Tx,
  { document, baseRevision, report, importedFrom }: { document: string } & z.infer<typeof SaveReport>,
  asker: Asker,
  ports: Pick<DraftingPorts, 'crypto'>,
): Promise<z.infer<typeof RevisionSaved> | Refusal> {
  const parsed = parseAnnualReport(report);
  return saveRevision(tx, { document, baseRevision, report: parsed, findings: [], importedFrom }, asker, ports);
}

/**
 * Appends the next revision and answers its digest and the checks it did not pass; the author is a contributor from now on.
 * Refuses not_found, not_allowed, case_open, already_live, revision_not_latest (latest, base), what it cannot be read for,
 * year_differs (found, expected), in a correction place_locked (count, places, ids).
 */
export async function saveRevision(
  tx: Tx,
  next: NextRevision,
  { person, correlationId }: Asker,
  { crypto }: Pick<DraftingPorts, 'crypto'>,
): Promise<z.infer<typeof RevisionSaved> | Refusal> {
  const { document, report: read, findings, importedFrom, isFile = false } = next;
  const report = await reportToWrite(tx, await lockReport(tx, document), person);
  if (isRefusal(report)) return report;
  const refusal = whyNoRevision(report, next.baseRevision);
  if (refusal !== null) return refusal;
  if (isRefusal(read)) return read;
  if (read.year !== report.year) return refuse('year_differs', { found: read.year, expected: report.year });
  const fitted = await fitToCorrection(tx, report, { content: read, isFile, person });
  if (isRefusal(fitted)) return fitted;
  const { report: content, left } = fitted;

  const bytes = canonicalBytes(content);
  const revision = {
    seq: report.headRevision + 1,
    baseSeq: report.headRevision,
    report: new TextDecoder().decode(bytes),
    digest: crypto.sha256(bytes),
    author: person,
    importedFrom,
  };
  keepReport(revision.digest, content);
  const { results, errors, warnings, blocked } = checkContent(content, await checkContextOf(tx, report));
  await addRevision(tx, document, revision);
  const saved = { ...report, headRevision: revision.seq, headDigest: revision.digest, errors, warnings };
  await saveAndTell(tx, saved, correlationId);
  return {
    document,
    revision: revision.seq,
    digest: revision.digest,
    findings: [...findings],
    left: left.map((place) => ({ place, name: placeName(read, place) ?? place })),
    // The answer is kept with its Idempotency-Key: what passed would be most of it, and nobody reads it there.
    checks: results.filter(({ status }) => status !== 'pass').map(summaryOf),
    blocked,
  };
}
