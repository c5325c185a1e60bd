import { getContent } from '#content-store/content-store';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { Handle } from '#persistence/sql';
import { compareReports, type ReportComparison } from '#report/comparison/compare-reports';
import { parseEdition } from '#report/edition';
import type { AnnualReport } from '#report/model';
import { lastSeenContent } from '../beside-the-case.repository.js';
import { lastSignedContent } from '../leg-decision.repository.js';
import { readLeg } from '../read-leg.js';

/**
 * What has changed since the person signed this report last, or, where he never did, since he opened it last; `comparison` null when it
 * is new to him.
 */
export interface Difference {
  readonly case: string;
  readonly content: Digest;
  readonly fromContent: Digest | null;
  /** Whether that content was signed, or only opened. */
  readonly signed: boolean;
  readonly comparison: Pick<ReportComparison, 'cells' | 'title' | 'preface' | 'chapters'> | null;
}

/** The difference between what the person signed or saw last and what stands under sign-off now. Refuses not_found. */
export async function viewDifference(handle: Handle, caseId: string, person: string): Promise<Difference | Refusal> {
  const found = await readLeg(handle, caseId, person);
  if (isRefusal(found)) return found;
  const { round } = found.leg.legCase;
  const signedContent = await lastSignedContent(handle, round, person);
  const fromContent = signedContent ?? (await lastSeenContent(handle, round, person));
  const identity = { case: caseId, content: round.content, fromContent, signed: signedContent !== null };
  if (fromContent === null) return { ...identity, comparison: null };
  const [before, after] = [await reportOf(handle, fromContent), await reportOf(handle, round.content)];
  const { cells, title, preface, chapters } = compareReports(before, after);
  return { ...identity, comparison: { cells: cells.filter(({ kind }) => kind !== 'same'), title, preface, chapters } };
}

async function reportOf(handle: Handle, content: Digest): Promise<AnnualReport> {
  const edition = parseEdition(await getContent(handle, content));
  if (isRefusal(edition)) throw new Error(`content ${content} under sign-off is no edition: ${edition.refused}`);
  return edition.report;
}
