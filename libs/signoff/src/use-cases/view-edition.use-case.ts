import { isRefusal, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { Handle } from '#persistence/sql';
import type { AnnualReport } from '#report/model';
import type { LegCase } from '../leg.js';
import { editionReport } from '../notes/edition-report.js';
import { readLeg } from '../read-leg.js';

/** The text a case is about; `report` null once the round came to nothing: it is its drafter's again, and may be another by now. */
export interface EditionOfCase {
  readonly case: string;
  readonly content: Digest;
  readonly report: AnnualReport | null;
}

const CAME_TO_NOTHING: ReadonlySet<LegCase['state']> = new Set(['returned', 'withdrawn', 'held', 'cancelled']);

/** Exactly the bytes under sign-off, for everybody who may read the case: drafting knows its own readers alone. Refuses not_found. */
export async function viewEdition(handle: Handle, caseId: string, person: string): Promise<EditionOfCase | Refusal> {
  const found = await readLeg(handle, caseId, person);
  if (isRefusal(found)) return found;
  const { state, round } = found.leg.legCase;
  const report = CAME_TO_NOTHING.has(state) ? null : await editionReport(handle, round.content);
  return { case: caseId, content: round.content, report };
}
