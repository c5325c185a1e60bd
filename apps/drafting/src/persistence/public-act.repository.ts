import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { type BesideKind, OPEN_ACT_STATES, type PublicAct } from '../domain/public-act.js';

/** An act as its row has it. */
export interface StoredAct extends PublicAct {
  readonly id: string;
  readonly document: string;
  readonly dueAt: Date | null;
}

const ACT = `SELECT id, report_id AS document, kind, edition, state, case_id AS "case", round, due_at AS "dueAt" FROM public_act`;

/** Every open act on a report. Acts change only under the report's row lock. */
export function openActs(handle: Handle, document: string): Promise<StoredAct[]> {
  return rows<StoredAct>(handle, `${ACT} WHERE report_id = $1 AND state = ANY ($2) ORDER BY kind`, [
    document,
    OPEN_ACT_STATES,
  ]);
}

/** The open act of a kind on a report, or undefined. */
export function openAct(handle: Handle, document: string, kind: BesideKind): Promise<StoredAct | undefined> {
  return row<StoredAct>(handle, `${ACT} WHERE report_id = $1 AND kind = $2 AND state = ANY ($3)`, [
    document,
    kind,
    OPEN_ACT_STATES,
  ]);
}

/** The act a case is about, or undefined when the case is about a text. */
export function actOfCase(handle: Handle, caseId: string): Promise<StoredAct | undefined> {
  return row<StoredAct>(handle, `${ACT} WHERE case_id = $1`, [caseId]);
}

/** Adds an act. False when the emergency of that edition was put to ratification before. */
export async function addAct(tx: Tx, act: StoredAct): Promise<boolean> {
  const added = await rows(
    tx,
    `INSERT INTO public_act (id, report_id, kind, edition, state, case_id, round, due_at, opened_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp())
     ON CONFLICT (report_id, edition) WHERE kind = 'ratify' DO NOTHING RETURNING id`,
    [act.id, act.document, act.kind, act.edition, act.state, act.case, act.round, act.dueAt],
  );
  return added.length === 1;
}

/** Writes the fields that change in an act's life. */
export async function saveAct(tx: Tx, act: StoredAct): Promise<void> {
  await rows(
    tx,
    'UPDATE public_act SET edition = $2, state = $3, case_id = $4, round = $5, due_at = $6 WHERE id = $1',
    [act.id, act.edition, act.state, act.case, act.round, act.dueAt],
  );
}

/** Documents with a ratification that could not be submitted, or has no due time yet; longest waiting first. */
export async function documentsOwingRatification(handle: Handle, most: number): Promise<string[]> {
  const found = await rows<{ document: string }>(
    handle,
    `SELECT report_id AS document FROM public_act WHERE state = 'owed' ORDER BY opened_at LIMIT $1`,
    [most],
  );
  return found.map(({ document }) => document);
}
