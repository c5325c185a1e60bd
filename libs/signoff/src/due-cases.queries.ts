import { randomUUID } from 'node:crypto';
import { row } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** A case a sweep took for this transaction. A sweep has no request behind it, so the correlation starts here. */
interface DueCase {
  readonly caseId: string;
  readonly correlationId: string;
}

/** Takes the approved case that has been due longest, leaving out those another transaction holds. */
export async function takeDueCase(tx: Tx): Promise<DueCase | undefined> {
  const found = await row<{ case_id: string }>(
    tx,
    `SELECT case_id FROM leg_case
     WHERE current AND state = 'approved' AND release_at <= clock_timestamp()
     ORDER BY release_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  return found === undefined ? undefined : { caseId: found.case_id, correlationId: randomUUID() };
}

/** Takes the case whose open stage has been overdue longest and whose superior was not asked yet. */
export async function takeOverdueCase(tx: Tx): Promise<DueCase | undefined> {
  const found = await row<{ case_id: string }>(
    tx,
    `SELECT case_id FROM leg_case
     WHERE current AND state = 'in-review' AND NOT escalated AND due_at < clock_timestamp()
     ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  return found === undefined ? undefined : { caseId: found.case_id, correlationId: randomUUID() };
}

/** Takes a case under sign-off whose seats were not held against this version of the directory yet. */
export async function takeUnjudgedCase(tx: Tx, version: number): Promise<DueCase | undefined> {
  const found = await row<{ case_id: string }>(
    tx,
    `SELECT case_id FROM leg_case WHERE current AND state = 'in-review' AND judged_by < $1
     ORDER BY judged_by LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [version],
  );
  return found === undefined ? undefined : { caseId: found.case_id, correlationId: randomUUID() };
}

/** Takes a case that an earlier release held and did not end. */
export async function takeStrandedCase(tx: Tx): Promise<DueCase | undefined> {
  const found = await row<{ case_id: string }>(
    tx,
    `SELECT case_id FROM leg_case WHERE current AND state = 'held' AND ended_kind IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  return found === undefined ? undefined : { caseId: found.case_id, correlationId: randomUUID() };
}

/** Takes a case released more than a minute ago that is not live, once per ten minutes, and notes that it was taken. */
export async function takeUnpublishedCase(tx: Tx): Promise<DueCase | undefined> {
  const found = await row<{ case_id: string }>(
    tx,
    `UPDATE leg_case SET reminded_at = clock_timestamp() WHERE id = (
       SELECT id FROM leg_case
       WHERE current AND state = 'released' AND released_at < clock_timestamp() - interval '60 seconds'
         AND (reminded_at IS NULL OR reminded_at < clock_timestamp() - interval '10 minutes')
       ORDER BY released_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING case_id`,
  );
  return found === undefined ? undefined : { caseId: found.case_id, correlationId: randomUUID() };
}
