import type { z } from 'zod';
import type { LegCaseOutcome } from '#contracts/http/leg.api';
import { isRefusal, type Refusal } from '#domain/decision';
import { openStageId } from './leg-announcement.js';
import type { StoredLeg } from './stored-leg.js';

/** What a person's command answers: where the case stands after it, or the refusal unchanged. */
export function legOutcome(result: StoredLeg | Refusal): z.infer<typeof LegCaseOutcome> | Refusal {
  if (isRefusal(result)) return result;
  const { legCase, version } = result;
  const { round, state } = legCase;
  return { case: round.case, leg: round.leg, round: round.round, version, state, stage: openStageId(legCase) };
}
