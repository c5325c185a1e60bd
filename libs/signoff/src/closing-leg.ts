import { accept, refuse } from '#domain/decision';
import type { LegCase } from './leg.js';
import type { CommandOf } from './leg-command.js';
import type { LegContext, LegDecision } from './leg-context.js';
import type { LegRules } from './leg-rules.js';

/** 放行: from here on there is no recall. */
export function decideRelease(current: LegCase, { at }: LegContext, rules: LegRules): LegDecision {
  if (current.releasedAt !== null) return accept();
  if (current.state !== 'approved') return refuse('not_approved', { state: current.state });
  return rules.isDue(current.releaseAt, at)
    ? accept({ type: 'released', at })
    : refuse('too_early', { notBefore: current.releaseAt });
}

/** Publication proved that exactly these bytes are public. Anything else about this case is not its confirmation. */
export function decideConfirm(current: LegCase, proof: CommandOf<'confirm'>): LegDecision {
  if (current.releasedAt === null || current.state === 'superseded')
    return refuse('not_approved', { state: current.state });
  if (proof.edition !== current.round.edition || proof.content !== current.round.content)
    return refuse('content_changed');
  return current.state === 'done' ? accept() : accept({ type: 'done' });
}

/**
 * Publication could not prove the round and has given it up for good, before it said so: the round ends, also after its
 * release, and is the drafter's again. A confirmation that came all the same would find nothing released.
 */
export function decideHold(current: LegCase, { code }: CommandOf<'hold'>, { at }: LegContext): LegDecision {
  if (!['approved', 'released'].includes(current.state) && !isStranded(current)) return accept();
  return accept({
    type: 'ended',
    ending: { kind: 'held', by: null, at, reason: '', place: null, to: null, code },
  });
}

/** Held by an earlier release of this program, which had no way on from there. */
function isStranded({ state, ending }: LegCase): boolean {
  return state === 'held' && ending === null;
}

/** Released, but what is public by then has passed it by: it ends without effect. */
export function decideOvertake(current: LegCase): LegDecision {
  return current.state === 'released' ? accept({ type: 'superseded' }) : accept();
}

/** A newer round has begun. What was approved may still go out, so it can be recalled but never overtaken. */
export function decideSupersede(current: LegCase): LegDecision {
  if (current.releasedAt !== null) return refuse('too_late', { at: current.releasedAt });
  if (current.state === 'approved' || isStranded(current)) return refuse('case_open', { case: current.round.case });
  return ['in-review', 'cleared'].includes(current.state) ? accept({ type: 'superseded' }) : accept();
}

/**
 * The later leg ended the round: what this leg signed counts for nothing any more. When it cancelled the case, this leg ends
 * wherever it stands: the case may be back with its drafter, or in its next round already.
 */
export function decideEndElsewhere({ state }: LegCase, { kind }: CommandOf<'end-elsewhere'>): LegDecision {
  const ends = kind === 'cancelled' ? ['cleared', 'in-review', 'returned', 'withdrawn'] : ['cleared'];
  return ends.includes(state) ? accept({ type: 'ended-elsewhere', kind }) : accept();
}
