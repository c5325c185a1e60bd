import type { CaseKind } from '#domain/case-kind';
import { type Handle, row, rows } from '#persistence/sql';
import { afterCommit, type Tx } from '#persistence/transaction';
import type { PublicationJob } from '../domain/publication-job.js';
import { SHOWING } from '../domain/public-pointer.js';
import { signalDue } from '../publish/due-signal.js';

/** A job as a publisher holds it, with what the attempts so far left behind. */
export interface StoredJob extends PublicationJob {
  readonly attempts: number;
  readonly pageTree: string | null;
  readonly receipt: string | null;
  readonly inclusion: string | null;
  readonly correlationId: string;
}

/** A job leased to one publisher. `token` fences every later write: without it nothing is recorded. */
export interface LeasedJob extends StoredJob {
  readonly token: string;
  /** When it was leased, in milliseconds since 1970 by the database's clock. */
  readonly leasedMs: number;
}

const COLUMNS = `case_id AS "case", round, document, edition, content, organ, year, kind, bundle, state, defect, attempts,
  page_tree AS "pageTree", receipt, inclusion, correlation_id AS "correlationId"`;

/** Makes everything about one document wait for its turn, so that messages of two services never cross. */
export async function lockDocument(tx: Tx, document: string): Promise<void> {
  await rows(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [document]);
}

/** The job of one round, or undefined. */
export function findJob(handle: Handle, caseId: string, round: number): Promise<StoredJob | undefined> {
  return row<StoredJob>(handle, `SELECT ${COLUMNS} FROM publication_job WHERE case_id = $1 AND round = $2`, [
    caseId,
    round,
  ]);
}

/** Writes what a message made of a job; one that is to be published wakes the publishers at commit. Run under `lockDocument`. */
export async function saveJob(tx: Tx, job: PublicationJob, correlationId: string): Promise<void> {
  const key = [job.case, job.round];
  const heard = [job.organ, job.year, job.bundle, job.state, job.defect, correlationId, job.kind];
  // Not an upsert: the row it would insert first is judged by the constraints, and a live job's new row has no receipt.
  const updated = await rows(
    tx,
    `UPDATE publication_job SET organ = $3, year = $4, bundle = $5, state = $6, defect = $7, correlation_id = $8, kind = $9,
       released_at = coalesce(released_at, CASE WHEN $6 = 'publishing' THEN clock_timestamp() END)
     WHERE case_id = $1 AND round = $2 RETURNING case_id`,
    [...key, ...heard],
  );
  if (updated.length === 0) {
    await rows(
      tx,
      `INSERT INTO publication_job (case_id, round, organ, year, bundle, state, defect, correlation_id, kind, document, edition,
         content, attempts, next_at, released_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, clock_timestamp(),
         CASE WHEN $6 = 'publishing' THEN clock_timestamp() END)`,
      [...key, ...heard, job.document, job.edition, job.content],
    );
  }
  if (job.state === 'publishing') afterCommit(tx, signalDue);
}

/**
 * A later round was submitted: what still waited for the earlier ones will never be released. A text may have gone on in a
 * case of its own, when the earlier one was cancelled; acts on a public edition are no rounds of it.
 */
export async function dropEarlierRounds(tx: Tx, later: PublicationJob): Promise<void> {
  await rows(
    tx,
    `UPDATE publication_job SET state = 'dropped' WHERE state = 'waiting' AND round < $2
       AND (case_id = $1 OR ($5 = ANY ($6) AND document = $3 AND edition = $4 AND kind = ANY ($6)))`,
    [later.case, later.round, later.document, later.edition, later.kind, SHOWING],
  );
}

/** Leases the job that is due longest and notes that an attempt began, or answers undefined. Another publisher passes it over until `seconds` have gone. */
export async function leaseDueJob(tx: Tx, token: string, seconds: number): Promise<LeasedJob | undefined> {
  const leased = await row<Omit<LeasedJob, 'token'>>(
    tx,
    `WITH leased AS (UPDATE publication_job SET attempts = attempts + 1, lease_token = $1,
       lease_until = clock_timestamp() + make_interval(secs => $2)
     WHERE (case_id, round) = (
       SELECT case_id, round FROM publication_job
       WHERE state = 'publishing' AND next_at <= clock_timestamp()
         AND (lease_until IS NULL OR lease_until <= clock_timestamp())
       ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING *), begun AS (
       INSERT INTO publication_step (case_id, round, attempt, step, started_at, ended_at, figures)
       SELECT case_id, round, attempts, 'begun', statement_timestamp(), statement_timestamp(), '{}' FROM leased)
     SELECT ${COLUMNS}, (extract(epoch FROM statement_timestamp()) * 1000)::float8 AS "leasedMs" FROM leased`,
    [token, seconds],
  );
  return leased && { ...leased, token };
}

/** Locks a leased job for a write. False when the lease was lost: somebody else publishes it, so stop. */
export async function stillLeased(tx: Tx, job: LeasedJob): Promise<boolean> {
  const found = await row(
    tx,
    `SELECT 1 FROM publication_job WHERE case_id = $1 AND round = $2 AND lease_token = $3 AND state = 'publishing' FOR UPDATE`,
    [job.case, job.round, job.token],
  );
  return found !== undefined;
}

/** Notes the files a job will show, and whose they are. */
export async function noteTree(
  tx: Tx,
  job: LeasedJob,
  tree: { readonly tree: string | null; readonly organ: string; readonly year: number; readonly kind: CaseKind },
): Promise<void> {
  await rows(
    tx,
    'UPDATE publication_job SET page_tree = $3, organ = $4, year = $5, kind = $6 WHERE case_id = $1 AND round = $2',
    [job.case, job.round, tree.tree, tree.organ, tree.year, tree.kind],
  );
}

/** A failed attempt: tried again after `seconds`. `defect` says why, as a stable code. False when the lease was lost, and nothing changed. */
export async function postponeJob(tx: Tx, job: LeasedJob, defect: string, seconds: number): Promise<boolean> {
  const found = await rows(
    tx,
    `UPDATE publication_job SET defect = $4, lease_token = NULL, lease_until = NULL,
       next_at = clock_timestamp() + make_interval(secs => $5)
     WHERE case_id = $1 AND round = $2 AND lease_token = $3 RETURNING 1`,
    [job.case, job.round, job.token, defect, seconds],
  );
  return found.length > 0;
}

/** Ends the attempts: the job is held with its defect until a person looked at it. */
export async function holdJob(tx: Tx, job: LeasedJob, defect: string): Promise<void> {
  await rows(
    tx,
    `UPDATE publication_job SET state = 'held', defect = $4, lease_token = NULL, lease_until = NULL
     WHERE case_id = $1 AND round = $2 AND lease_token = $3`,
    [job.case, job.round, job.token, defect],
  );
}

/** How a job ended: an edition is public, an act on one took effect, or it came too late and changed nothing. */
export type JobEnd = 'live' | 'done' | 'passed';

/** The job's effect is proved by the receipt. Editions it replaced or took back are former ones from now on. */
export async function endJob(tx: Tx, job: LeasedJob, end: JobEnd, receipt: string): Promise<void> {
  const former = end === 'live' ? 'superseded' : end === 'done' && job.kind === 'withdraw' ? 'withdrawn' : null;
  if (former !== null)
    await rows(
      tx,
      `UPDATE publication_job SET state = $3 WHERE document = $1 AND state IN ('live', $4)
         AND CASE WHEN $3 = 'superseded' THEN edition < $2 ELSE edition <= $2 END`,
      [job.document, job.edition, former, former === 'withdrawn' ? 'superseded' : 'live'],
    );
  await rows(
    tx,
    `UPDATE publication_job SET state = $5, receipt = $4, live_at = clock_timestamp(), defect = NULL, kind = $6,
       lease_token = NULL, lease_until = NULL
     WHERE case_id = $1 AND round = $2 AND lease_token = $3`,
    [job.case, job.round, job.token, receipt, end, job.kind],
  );
}

/** The job whose files stand, or are about to stand, at an address; undefined means nobody signed for them. */
export function findJobOfTree(
  handle: Handle,
  at: { readonly organ: string; readonly year: number; readonly tree: string },
): Promise<StoredJob | undefined> {
  return row<StoredJob>(
    handle,
    `SELECT ${COLUMNS} FROM publication_job
     WHERE page_tree = $1 AND organ = $2 AND year = $3 AND state IN ('publishing', 'live', 'superseded', 'done')`,
    [at.tree, at.organ, at.year],
  );
}

/** Every job whose files stand, or are about to stand, at an address. */
export function findStandingJobs(handle: Handle): Promise<StoredJob[]> {
  return rows<StoredJob>(
    handle,
    `SELECT ${COLUMNS} FROM publication_job
     WHERE page_tree IS NOT NULL AND state IN ('publishing', 'live', 'superseded', 'done')`,
  );
}

/** Every job whose files readers must be able to reach: editions, and the pages that say one was taken back. `content`: only those about these signed bytes. */
export function findPublishedJobs(handle: Handle, content: string | null = null): Promise<StoredJob[]> {
  return rows<StoredJob>(
    handle,
    `SELECT ${COLUMNS} FROM publication_job
     WHERE (state IN ('live', 'superseded') OR (state = 'done' AND kind = 'withdraw')) AND ($1::text IS NULL OR content = $1)
     ORDER BY document, edition`,
    [content],
  );
}

/** The editions of a document that readers can reach, or could until they were taken back; lowest first. */
export function findShownEditions(handle: Handle, document: string): Promise<StoredJob[]> {
  return rows<StoredJob>(
    handle,
    `SELECT ${COLUMNS} FROM publication_job
     WHERE document = $1 AND state IN ('live', 'superseded', 'withdrawn') ORDER BY edition`,
    [document],
  );
}

/** The round that shows, or showed, an edition; undefined when none ever did. */
export function findShownEdition(handle: Handle, document: string, edition: number): Promise<StoredJob | undefined> {
  return row<StoredJob>(
    handle,
    `SELECT ${COLUMNS} FROM publication_job
     WHERE document = $1 AND edition = $2 AND state IN ('live', 'superseded', 'withdrawn')`,
    [document, edition],
  );
}

/** The round that ratified an edition, or undefined. */
export function findRatification(handle: Handle, document: string, edition: number): Promise<StoredJob | undefined> {
  return row<StoredJob>(
    handle,
    `SELECT ${COLUMNS} FROM publication_job WHERE document = $1 AND edition = $2 AND kind = 'ratify' AND state = 'done'`,
    [document, edition],
  );
}

/** Rounds released more than `seconds` ago and still not public. */
export function findOverdueJobs(handle: Handle, seconds: number): Promise<StoredJob[]> {
  return rows<StoredJob>(
    handle,
    `SELECT ${COLUMNS} FROM publication_job
     WHERE state = 'publishing' AND released_at < clock_timestamp() - make_interval(secs => $1)`,
    [seconds],
  );
}

/** After a page was rendered anew, the job's files have another digest. Changes nothing when they were laid out anew since the job was read. */
export async function replaceTree(tx: Tx, job: StoredJob, tree: string): Promise<void> {
  await rows(
    tx,
    `WITH replaced AS (UPDATE publication_job SET page_tree = $3 WHERE case_id = $1 AND round = $2
       AND page_tree IS NOT DISTINCT FROM $4 RETURNING case_id, round)
     UPDATE live_pointer SET tree = $3 FROM replaced
     WHERE (live_pointer.case_id, live_pointer.round) = (replaced.case_id, replaced.round)`,
    [job.case, job.round, tree, job.pageTree],
  );
}
