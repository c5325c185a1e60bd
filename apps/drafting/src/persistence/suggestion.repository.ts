import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** A suggestion a note made on a report. `digest`: of its document in the content store. */
export interface StoredSuggestion {
  readonly note: string;
  readonly document: string;
  readonly case: string;
  readonly round: number;
  readonly leg: 'review' | 'approval';
  readonly digest: string;
  readonly state: 'waiting' | 'accepted' | 'closed';
}

const SUGGESTION = 'SELECT note, document, case_id AS "case", round, leg, digest, state FROM suggestion';

/** Keeps a suggestion as waiting; one that is known stays as it is. */
export async function addSuggestion(tx: Tx, suggestion: Omit<StoredSuggestion, 'state'>): Promise<void> {
  const { note, document, case: caseId, round, leg, digest } = suggestion;
  await rows(
    tx,
    `INSERT INTO suggestion (note, document, case_id, round, leg, digest, state)
     VALUES ($1, $2, $3, $4, $5, $6, 'waiting') ON CONFLICT (note) DO NOTHING`,
    [note, document, caseId, round, leg, digest],
  );
}

/** The note was closed: what waited of it waits no more. An accepted suggestion stays accepted. */
export async function closeSuggestion(tx: Tx, note: string, document: string): Promise<void> {
  await rows(tx, `UPDATE suggestion SET state = 'closed' WHERE note = $1 AND document = $2 AND state = 'waiting'`, [
    note,
    document,
  ]);
}

/** Marks a suggestion as taken over by a revision. The report's row is locked by the caller. */
export async function markAccepted(tx: Tx, note: string, revision: number): Promise<void> {
  await rows(tx, `UPDATE suggestion SET state = 'accepted', revision = $2 WHERE note = $1`, [note, revision]);
}

/** The suggestion of a note on this report and case, or undefined. */
export function findSuggestion(
  handle: Handle,
  { note, document, case: caseId }: Pick<StoredSuggestion, 'note' | 'document' | 'case'>,
): Promise<StoredSuggestion | undefined> {
  return row(handle, `${SUGGESTION} WHERE note = $1 AND document = $2 AND case_id = $3`, [note, document, caseId]);
}

/** The suggestions that wait for the drafter of a report. */
export function waitingSuggestions(handle: Handle, document: string): Promise<StoredSuggestion[]> {
  return rows(handle, `${SUGGESTION} WHERE document = $1 AND state = 'waiting' ORDER BY round, note`, [document]);
}
