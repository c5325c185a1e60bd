import type { z } from 'zod';
import type { NextEditionOpened } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { whyNoNextEdition, withNextEdition } from '../domain/report-life.js';
import type { Asker } from '../drafting-ports.js';
import { reportToWrite } from '../drafting-rights.js';
import { lockReport } from '../persistence/report.repository.js';
import { saveAndTell } from '../report-news.js';

/**
 * Opens the next edition of a public (or withdrawn) report for writing; what is public stays as it is until the next one
 * is. Refuses not_found, not_allowed, case_open (case), not_public, edition_open (edition).
 */
export async function openNextEdition(
  tx: Tx,
  document: string,
  { person, correlationId }: Asker,
): Promise<z.infer<typeof NextEditionOpened> | Refusal> {
  const report = await reportToWrite(tx, await lockReport(tx, document), person);
  if (isRefusal(report)) return report;
  const refusal = whyNoNextEdition(report);
  if (refusal !== null) return refusal;
  await saveAndTell(tx, withNextEdition(report), correlationId);
  const { publicEdition, headRevision: revision, headDigest: digest } = report;
  return { document, edition: publicEdition + 1, revision, digest };
}
