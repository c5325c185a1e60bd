import { type Handle, row, rows } from '#persistence/sql';
import type { CaseKind } from '#domain/case-kind';
import type { JobState } from '../domain/publication-job.js';

/** One edition of a document as `GET /publications/:document` shows it. */
export interface EditionRow {
  readonly edition: number;
  readonly case: string;
  readonly round: number;
  readonly kind: CaseKind | null;
  readonly content: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly defect: string | null;
  readonly organ: string | null;
  readonly releasedAt: Date | null;
  readonly effectAt: Date | null;
  readonly nextAt: Date;
  /** True while a publisher works on it. */
  readonly isLeased: boolean;
}

/** Every round of a document, newest first. */
export function findEditions(handle: Handle, document: string): Promise<EditionRow[]> {
  return rows<EditionRow>(
    handle,
    `SELECT edition, case_id AS "case", round, kind, content, state, attempts, defect, organ,
       released_at AS "releasedAt", live_at AS "effectAt", next_at AS "nextAt",
       lease_until IS NOT NULL AND lease_until > clock_timestamp() AS "isLeased" FROM publication_job
     WHERE document = $1 ORDER BY edition DESC, round DESC`,
    [document],
  );
}

/** What is public of a document and proved so by a receipt; undefined while nothing is. */
export function findLive(
  handle: Handle,
  document: string,
): Promise<{ organ: string; year: number; edition: number; receipt: string; liveAt: Date } | undefined> {
  return row(
    handle,
    `SELECT pointer.organ, pointer.year, pointer.edition, job.receipt, job.live_at AS "liveAt"
     FROM live_pointer pointer JOIN publication_job job ON (job.case_id, job.round) = (pointer.case_id, pointer.round)
     WHERE pointer.document = $1 AND job.state = 'live'`,
    [document],
  );
}

/** Whose report a document is; undefined before drafting's message or a bundle named the organ. */
export async function findOrganOf(handle: Handle, document: string): Promise<string | undefined> {
  const found = await row<{ organ: string }>(
    handle,
    'SELECT organ FROM publication_job WHERE document = $1 AND organ IS NOT NULL LIMIT 1',
    [document],
  );
  return found?.organ;
}
