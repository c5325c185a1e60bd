import type { z } from 'zod';
import { type PublicationAttempt, type PublicationCause, StepFigures } from '#contracts/http/publication-steps.api';
import { type Instant, instant } from '#domain/instant';
import { attemptState } from '../domain/attempt-state.js';
import type { EditionRow } from '../persistence/publication-detail.queries.js';
import type { StepRow } from '../persistence/publication-step.repository.js';
import { publicationCause } from '../publish/publication-causes.js';

/** How many attempts at a round are shown; earlier ones stay recorded. */
export const ATTEMPTS_SHOWN = 5;

type Cause = z.infer<typeof PublicationCause>;
type Attempt = z.infer<typeof PublicationAttempt>;

/** The attempts at a round as people see them, earliest first. `steps`: of the whole document. */
export function shownTrail(row: EditionRow, steps: readonly StepRow[]): Attempt[] {
  const own = steps.filter((step) => step.case === row.case && step.round === row.round);
  return own
    .filter(({ step }) => step === 'begun')
    .map(({ attempt, startedAt }) => {
      const of = own.filter((step) => step.attempt === attempt);
      const isHeld = row.state === 'publishing' && row.isLeased && attempt === row.attempts;
      const told = of.map(({ step, defect }) => ({ step, hasFailed: defect !== null }));
      const shown = of.filter(({ step }) => step !== 'begun').map(shownStep);
      return { attempt, state: attemptState({ steps: told, isHeld }), startedAt: instant(startedAt), steps: shown };
    });
}

function shownStep({ step, startedAt, tookMs, figures, defect, defectData }: StepRow): Attempt['steps'][number] {
  return {
    step,
    startedAt: instant(startedAt),
    tookMs,
    figures: StepFigures.parse(figures),
    cause: defect === null ? null : causeOf(defect, defectData),
  };
}

/** Why a round stands still: the cause its last attempt told, or what its code alone says. */
export function shownCause(row: EditionRow, steps: readonly StepRow[]): Cause | null {
  if (row.defect === null) return null;
  const told = steps.findLast(
    (step) =>
      step.case === row.case && step.round === row.round && step.attempt === row.attempts && step.defect !== null,
  );
  return told?.defect == null ? causeOf(row.defect, {}) : causeOf(told.defect, told.defectData);
}

function causeOf(code: string, data: StepRow['defectData']): Cause {
  return { code, ...publicationCause(code, data ?? {}) };
}

/** When the next attempt is due: one that was broken off is taken up again as soon as its lease is over. */
export function shownNext({ state, isLeased, attempts, nextAt }: EditionRow): Instant | null {
  return state === 'publishing' && !isLeased && attempts > 0 ? instant(nextAt) : null;
}
