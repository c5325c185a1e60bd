import type { z } from 'zod';
import type { OpenPlace, PlaceOpened } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { placeName } from '#report/correction/report-places';
import { locksOf, publicText } from '../correction-locks.js';
import { whyNoOpening } from '../domain/correction.js';
import { whyNoRevision } from '../domain/report-life.js';
import type { Asker } from '../drafting-ports.js';
import { reportToWrite } from '../drafting-rights.js';
import { whyNoReason } from '../handing-over.js';
import { addOpenedPlace } from '../persistence/opened-place.repository.js';
import { lockReport } from '../persistence/report.repository.js';
import { tellReport } from '../report-news.js';

/**
 * Opens one more place of a correction for writing; the reason is shown to whoever signs it. Refuses not_found, not_allowed, case_open, already_live,
 * withdrawn_publicly, reason_required, unsafe_text and what `whyNoOpening` refuses.
 */
export async function openPlace(
  tx: Tx,
  { document, place, reason }: { readonly document: string } & z.infer<typeof OpenPlace>,
  { person, correlationId }: Asker,
): Promise<z.infer<typeof PlaceOpened> | Refusal> {
  const report = await reportToWrite(tx, await lockReport(tx, document), person);
  if (isRefusal(report)) return report;
  const refusal =
    whyNoRevision(report, report.headRevision) ??
    whyNoOpening(await locksOf(tx, report), place, reason) ??
    (reason === null ? null : whyNoReason(reason));
  if (refusal !== null) return refusal;
  const { lockedEdition: edition } = report;
  await addOpenedPlace(tx, { document, edition, place, reason, person });
  // Others who write it see the place open, and its reason.
  await tellReport(tx, report, correlationId);
  return { document, edition, place, name: placeName(await publicText(tx, report), place) ?? place };
}
