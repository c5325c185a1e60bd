import type { z } from 'zod';
import type { NextEditionOpened, OpenNextEdition } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { publicText } from '../correction-locks.js';
import { firstPlaces } from '../domain/correction.js';
import { isLocked, whyNoNextEdition, withNextEdition } from '../domain/report-life.js';
import type { Asker } from '../drafting-ports.js';
import { reportToWrite } from '../drafting-rights.js';
import { addOpenedPlace } from '../persistence/opened-place.repository.js';
import { lockReport, type StoredReport } from '../persistence/report.repository.js';
import { saveAndTell } from '../report-news.js';

/**
 * Opens the next edition of a public (or withdrawn) report for writing; what is public stays as it is until the next one
 * is. Of what is public only `places` may be changed at first. Refuses not_found, not_allowed, case_open (case), not_public,
 * edition_open (edition), place_unknown (place).
 */
export async function openNextEdition(
  tx: Tx,
  { document, places }: { readonly document: string } & z.infer<typeof OpenNextEdition>,
  { person, correlationId }: Asker,
): Promise<z.infer<typeof NextEditionOpened> | Refusal> {
  const report = await reportToWrite(tx, await lockReport(tx, document), person);
  if (isRefusal(report)) return report;
  const refusal = whyNoNextEdition(report);
  if (refusal !== null) return refusal;
  const opened = withNextEdition(report);
  const first = isLocked(opened) ? firstPlaces(await publicText(tx, opened), places) : [];
  if (isRefusal(first)) return first;
  await saveAndTell(tx, opened, correlationId);
  await openFirst(tx, opened, first, person);
  const { publicEdition, headRevision: revision, headDigest: digest } = report;
  return { document, edition: publicEdition + 1, revision, digest };
}

async function openFirst(tx: Tx, report: StoredReport, places: readonly string[], person: string): Promise<void> {
  const { document, lockedEdition: edition } = report;
  for (const place of places) await addOpenedPlace(tx, { document, edition, place, reason: null, person });
}
