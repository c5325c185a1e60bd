import { StepFigures } from '#contracts/http/publication-steps.api';
import { type Handle, rows } from '#persistence/sql';
import { afterCommit, type Tx } from '#persistence/transaction';
import type { AttemptTrail, EndedStep, Figures, StepName } from '../publish/attempt-trail.js';

/** Which attempt at which round is meant. */
interface OfAttempt {
  readonly case: string;
  readonly round: number;
  readonly attempts: number;
}

/** Writes what an attempt has done since it was last written. `closing`: its present step is done by this very transaction, and found this. */
export async function writeTrail(tx: Tx, of: OfAttempt, trail: AttemptTrail, closing?: Figures): Promise<void> {
  const steps = trail.unwritten(closing);
  await appendSteps(tx, of, steps);
  afterCommit(tx, () => trail.written(steps.length));
}

/** Appends steps of an attempt, in one statement. */
export async function appendSteps(tx: Tx, of: OfAttempt, steps: readonly EndedStep[]): Promise<void> {
  if (steps.length === 0) return;
  const written = steps.map(({ figures, defect, ...step }) => ({
    ...step,
    figures: StepFigures.parse(figures),
    defect: defect?.code,
    data: defect?.data,
  }));
  await rows(
    tx,
    `INSERT INTO publication_step (case_id, round, attempt, step, started_at, ended_at, figures, defect, defect_data)
     SELECT $1, $2, $3, step, to_timestamp("beganMs" / 1000), to_timestamp("endedMs" / 1000), figures, defect, data
     FROM jsonb_to_recordset($4::jsonb)
       AS told (step text, "beganMs" float8, "endedMs" float8, figures jsonb, defect text, data jsonb)`,
    [of.case, of.round, of.attempts, JSON.stringify(written)],
  );
}

/** One step as it was written. */
export interface StepRow {
  readonly case: string;
  readonly round: number;
  readonly attempt: number;
  readonly step: StepName;
  readonly startedAt: Date;
  readonly tookMs: number;
  readonly figures: Figures;
  readonly defect: string | null;
  readonly defectData: Readonly<Record<string, unknown>> | null;
}

/** The steps of the last `attempts` attempts at each round of a document, in order. */
export function findSteps(handle: Handle, document: string, attempts: number): Promise<StepRow[]> {
  return rows<StepRow>(
    handle,
    `SELECT step.case_id AS "case", step.round, step.attempt, step.step, step.started_at AS "startedAt",
       (extract(epoch FROM step.ended_at - step.started_at) * 1000)::float8 AS "tookMs", step.figures, step.defect,
       step.defect_data AS "defectData"
     FROM publication_step step JOIN publication_job job ON (job.case_id, job.round) = (step.case_id, step.round)
     WHERE job.document = $1 AND step.attempt > job.attempts - $2
     ORDER BY step.case_id, step.round, step.attempt, step.started_at, step.ended_at`,
    [document, attempts],
  );
}
