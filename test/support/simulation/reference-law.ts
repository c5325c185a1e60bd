import { plusSeconds } from '#domain/instant';
import type { LegEvent } from '#signoff/leg';
import type { LegCommand } from '#signoff/leg-command';
import { must } from './promise.js';
import { checkEnding } from './reference-ending.js';
import type { Facts, ReferenceLeg } from './reference-leg.js';
import { checkSeatAct } from './reference-seats.js';

type EventOf<T extends LegEvent['type']> = Extract<LegEvent, { readonly type: T }>;
type Completed = EventOf<'approved'> | { readonly type: 'cleared' };

/** Holds one event of an accepted command against the law, and tells it to the reference. Throws Broken. */
export function tellReference(leg: ReferenceLeg, command: LegCommand, event: LegEvent, facts: Facts): void {
  must(event.type !== 'seat-signed' || command.type === 'sign', 'I17: only a person signing adds a signature');
  if ('content' in command) must(command.content === leg.round.content, 'I4: an act over other content counts for nothing'); // prettier-ignore
  switch (event.type) {
    case 'stage-opened':
      must(leg.openStage() === leg.stageNumber(event.stage) && leg.clock?.stage !== leg.openStage(), 'I7: a stage opens when those before it are full, once'); // prettier-ignore
      leg.clock = { stage: leg.openStage(), dueAt: event.dueAt, escalated: false };
      return;
    case 'cleared':
    case 'approved':
      must(leg.state === 'in-review' && leg.openStage() === leg.round.stages.length, 'I2: every need is met');
      must((event.type === 'cleared') === (leg.round.leg === 'review'), 'I6: each leg ends in its own way');
      complete(leg, event as Completed, facts);
      return;
    case 'released':
    case 'postponed':
    case 'done':
    case 'superseded':
    case 'ended':
    case 'ended-elsewhere':
      checkEnding(leg, command, event, facts);
      return;
    case 'held':
      must(false, 'I14: nothing is held without a way on');
      return;
    case 'opened':
      must(false, 'I6: a round opens once');
      return;
    default:
      checkSeatAct(leg, command, event, facts);
  }
}

function complete(leg: ReferenceLeg, event: Completed, { at }: Facts): void {
  leg.state = event.type;
  leg.clock = null;
  if (event.type !== 'approved') return;
  leg.approvedAt = leg.lastSignedAt() ?? at;
  const { notBefore, undoSeconds } = leg.round;
  must(event.releaseAt >= plusSeconds(leg.approvedAt, undoSeconds) && (notBefore === null || event.releaseAt >= notBefore), 'I8: not before the wanted time, not before the undo time'); // prettier-ignore
  leg.releaseAt = event.releaseAt;
}
