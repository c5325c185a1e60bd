import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** A signed head and what orders it. */
export interface PublicCheckpoint {
  readonly epoch: string;
  readonly size: number;
  readonly note: string;
}

/** Keeps a head unless a larger one of the same epoch is there. False when it was not newer. */
export async function keepCheckpoint(tx: Tx, { epoch, size, note }: PublicCheckpoint): Promise<boolean> {
  const kept = await rows(
    tx,
    `INSERT INTO public_checkpoint AS known (only_one, epoch, size, note) VALUES (true, $1, $2, $3)
     ON CONFLICT (only_one) DO UPDATE SET epoch = excluded.epoch, size = excluded.size, note = excluded.note
     WHERE known.epoch <> excluded.epoch OR known.size < excluded.size RETURNING size`,
    [epoch, size, note],
  );
  return kept.length === 1;
}

/** The newest head, or undefined before the first. */
export function newestCheckpoint(handle: Handle): Promise<PublicCheckpoint | undefined> {
  return row<PublicCheckpoint>(handle, 'SELECT epoch, size, note FROM public_checkpoint');
}

/** Notes where the proof of a round's bundle is; a job that waited for it is due now. False when no such job is known. */
export async function keepInclusion(
  tx: Tx,
  { case: caseId, round, bundle, inclusion }: { case: string; round: number; bundle: string; inclusion: string },
): Promise<boolean> {
  const kept = await rows(
    tx,
    `UPDATE publication_job SET inclusion = $4, next_at = CASE WHEN state = 'publishing' THEN clock_timestamp() ELSE next_at END
     WHERE case_id = $1 AND round = $2 AND bundle = $3 RETURNING case_id`,
    [caseId, round, bundle, inclusion],
  );
  return kept.length === 1;
}
