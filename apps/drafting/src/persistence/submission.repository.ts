import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { Submission } from './report.repository.js';

const COLUMNS = 'case_id AS "case", round, edition, kind, revision, content, route, submission, submitter, at, notice';

/** Appends a round handed to sign-off. */
export async function addSubmission(tx: Tx, document: string, submission: Submission): Promise<void> {
  await rows(
    tx,
    `INSERT INTO submission (report_id, edition, round, case_id, kind, revision, content, route, submission, submitter, at, notice)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      document,
      submission.edition,
      submission.round,
      submission.case,
      submission.kind,
      submission.revision,
      submission.content,
      submission.route,
      submission.submission,
      submission.submitter,
      submission.at,
      submission.notice,
    ],
  );
}

/** A round handed to sign-off; `at` is the database's. */
export type StoredSubmission = Omit<Submission, 'at'> & { readonly at: Date };

/** The text submitted last, or undefined before the first: acts on a public edition submit no text. */
export function lastSubmission(handle: Handle, document: string): Promise<StoredSubmission | undefined> {
  return row<StoredSubmission>(
    handle,
    `SELECT ${COLUMNS} FROM submission WHERE report_id = $1 AND kind IN ('publish', 'correct', 'emergency')
     ORDER BY edition DESC, round DESC LIMIT 1`,
    [document],
  );
}

/** One round by its case, or undefined. */
export function findSubmission(
  handle: Handle,
  round: { readonly case: string | null; readonly round: number | null },
): Promise<StoredSubmission | undefined> {
  return row<StoredSubmission>(handle, `SELECT ${COLUMNS} FROM submission WHERE case_id = $1 AND round = $2`, [
    round.case,
    round.round,
  ]);
}

/** The round in which an edition was published as an emergency: once it is public there is no later one. */
export function emergencySubmission(
  handle: Handle,
  document: string,
  edition: number,
): Promise<StoredSubmission | undefined> {
  return row<StoredSubmission>(
    handle,
    `SELECT ${COLUMNS} FROM submission WHERE report_id = $1 AND edition = $2 AND kind = 'emergency'
     ORDER BY round DESC LIMIT 1`,
    [document, edition],
  );
}
