import { LRUCache } from 'lru-cache';
import type { Handle } from '#persistence/sql';
import type { AnnualReport } from '#report/model';
import { type LiveRevision, requireRevision, type Revision } from './persistence/report.repository.js';

/** Reports of the revisions written or read last; one is some 100 kB with what the rules made of it. */
const kept = new LRUCache<string, AnnualReport>({ max: 400 });

/**
 * The report of a revision. A digest never means another one, and the rules remember what they made of each report, so what was checked when it was
 * saved is not read and checked from nothing when it is opened and submitted.
 */
export function reportOf({ digest, report }: Pick<Revision, 'digest' | 'report'>): AnnualReport {
  const known = kept.get(digest);
  if (known !== undefined) return known;
  const content = JSON.parse(report) as AnnualReport;
  kept.set(digest, content);
  return content;
}

/** Keeps the report whose canonical bytes have this digest. */
export function keepReport(digest: string, report: AnnualReport): void {
  kept.set(digest, report);
}

/** The report of a public revision; read from the database only when it is not known. */
export async function liveReport(handle: Handle, { document, seq, digest }: LiveRevision): Promise<AnnualReport> {
  return kept.get(digest) ?? reportOf(await requireRevision(handle, document, seq));
}
