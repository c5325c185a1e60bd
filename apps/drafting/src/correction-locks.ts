import type { z } from 'zod';
import type { ReportDetail } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import { instant } from '#domain/instant';
import type { Handle } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { placeName } from '#report/correction/report-places';
import type { AnnualReport } from '#report/model';
import { fitToLocks, type FittedText, type Locks } from './domain/correction.js';
import { isLocked } from './domain/report-life.js';
import { addOpenedPlace, openedPlaces } from './persistence/opened-place.repository.js';
import { requireRevision, type StoredReport } from './persistence/report.repository.js';
import { reportOf } from './revision-content.js';

/** The report as it is public. */
export async function publicText(handle: Handle, { document, liveRevision }: StoredReport): Promise<AnnualReport> {
  return reportOf(await requireRevision(handle, document, liveRevision));
}

/** What the edition in hand may change; null where nothing is locked. */
export async function locksOf(handle: Handle, report: StoredReport): Promise<Locks | null> {
  if (!isLocked(report)) return null;
  const opened = await openedPlaces(handle, report.document, report.lockedEdition);
  return { base: await publicText(handle, report), open: new Set(opened.map(({ place }) => place)) };
}

/** A text as it may be saved, the place it opens being open from now on. Refuses as `fitToLocks` does. */
export async function fitToCorrection(
  tx: Tx,
  report: StoredReport,
  { content, isFile, person }: { readonly content: AnnualReport; readonly isFile: boolean; readonly person: string },
): Promise<FittedText | Refusal<'place_locked'>> {
  const locks = await locksOf(tx, report);
  if (locks === null) return { report: content, opens: null, left: [] };
  const fitted = fitToLocks(locks, content, isFile);
  if (isRefusal(fitted) || fitted.opens === null) return fitted;
  const { document, lockedEdition: edition } = report;
  await addOpenedPlace(tx, { document, edition, place: fitted.opens, reason: null, person });
  return fitted;
}

type Shown = z.infer<typeof ReportDetail>['correction'];

/** What of a public report the edition in hand, or the one that is public, may change or has changed, and why. */
export async function correctionOf(handle: Handle, report: StoredReport): Promise<Shown> {
  const { document, state, lockedEdition: edition, publicEdition } = report;
  const isShown = isLocked(report) || (state === 'live' && edition === publicEdition && edition > 1);
  if (!isShown) return null;
  const opened = await openedPlaces(handle, document, edition);
  if (state === 'live' && opened.length === 0) return null;
  const base = await publicText(handle, report);
  const named = opened.map((one) => ({ ...one, name: placeName(base, one.place) ?? one.place, at: instant(one.at) }));
  return { edition, base: report.liveRevision, opened: named };
}
