import type { LegEvent } from '#signoff/leg';
import type { LegCommand } from '#signoff/leg-command';
import { DISCLOSURE_HEAD } from '#signoff/directory';
import { must } from './promise.js';
import type { Facts, ReferenceLeg } from './reference-leg.js';

type EventOf<T extends LegEvent['type']> = Extract<LegEvent, { readonly type: T }>;
type EndEvent = EventOf<'released' | 'postponed' | 'done' | 'superseded' | 'ended' | 'ended-elsewhere' | 'cleared'>;

/** Holds what ends, releases or puts off a round against the law, and tells it to the reference. */
export function checkEnding(leg: ReferenceLeg, command: LegCommand, event: EndEvent, facts: Facts): void {
  const { state, releasedAt, releaseAt } = leg;
  switch (event.type) {
    case 'released':
      must(state === 'approved' && releaseAt !== null && releaseAt <= event.at, 'I8: released when approved and due');
      leg.releasedAt = event.at;
      break;
    case 'postponed': {
      must(command.type === 'postpone' && state === 'approved', 'I10: only what is approved is put off');
      const signed = leg.seats.filter(({ signature }) => signature !== null);
      const last = signed.filter(({ signature }) => signature!.at === leg.lastSignedAt()).map(({ signature }) => signature!.actor); // prettier-ignore
      must(command.actor === leg.round.submitter || last.includes(command.actor), 'only the submitter or the last signer puts off'); // prettier-ignore
      must(releaseAt !== null && event.releaseAt > releaseAt && event.releaseAt === command.until, 'I8: a release is never brought forward'); // prettier-ignore
      leg.releaseAt = event.releaseAt;
      return;
    }
    case 'done':
      must(releasedAt !== null && state === 'released', 'I9: only what was released, and not given up, is done');
      must(command.type === 'confirm' && command.edition === leg.round.edition && command.content === leg.round.content, 'I9: done is proved for exactly this'); // prettier-ignore
      break;
    case 'superseded':
      if (command.type === 'overtake') must(releasedAt !== null && state === 'released', 'only what was released is overtaken'); // prettier-ignore
      else must(['in-review', 'cleared'].includes(state) && releasedAt === null, 'I10: what may go out is not superseded by a round'); // prettier-ignore
      break;
    case 'ended-elsewhere':
      must(state === 'cleared' || (event.kind === 'cancelled' && ['in-review', 'returned', 'withdrawn'].includes(state)), 'only what was handed on, or cancelled, is ended by the other leg'); // prettier-ignore
      break;
    case 'ended':
      ended(leg, command, event, facts);
      break;
    default:
  }
  leg.state =
    event.type === 'ended'
      ? stateAfter(event.ending.kind)
      : event.type === 'ended-elsewhere'
        ? stateAfter(event.kind)
        : event.type;
  leg.clock = null;
  if (event.type === 'ended') leg.releaseAt = leg.releasedAt = null;
}

const stateAfter = (kind: EventOf<'ended-elsewhere'>['kind']): ReferenceLeg['state'] =>
  kind === 'recalled' ? 'returned' : kind;

function ended(leg: ReferenceLeg, command: LegCommand, { ending }: EventOf<'ended'>, facts: Facts): void {
  const { round, state } = leg;
  if (command.type === 'lapse') {
    must(ending.kind === 'sent-back' && ending.by === null && ending.code !== undefined && state === 'in-review', 'I15: an end has its reason'); // prettier-ignore
    const [first] = round.stagesBefore.filter((stage) => facts.lapsedBefore.includes(stage));
    must(ending.to !== null && ending.to === first, 'I3: only what would not verify goes back, to its stage');
    return;
  }
  if (command.type === 'hold') {
    must(ending.kind === 'held' && ending.by === null && ending.code === command.code, 'I15: an end has its reason');
    must(state === 'approved' || state === 'released', 'I10: only what may go out is held, and only what publication gave up'); // prettier-ignore
    return;
  }
  must(ending.reason.trim() !== '', 'I15: an end has its reason');
  must('actor' in command && ending.by === command.actor, 'I17: only a person ends a round');
  switch (ending.kind) {
    case 'returned':
    case 'sent-back':
      must(command.type === 'return', 'I15: only a return returns');
      must((ending.kind === 'returned') === (ending.to === null), 'a return names its stage, or none');
      must(ending.to === null || round.stagesBefore.includes(ending.to), 'only a stage of the leg before is sent back to'); // prettier-ignore
      leg.entitled(leg.seat(command.seat), command, facts.at, facts.staff);
      return;
    case 'withdrawn':
      must(state === 'in-review' && command.actor === round.submitter, 'only the submitter withdraws, under sign-off');
      return;
    case 'recalled':
      must(leg.releasedAt === null && state === 'approved', 'I10: no recall after the release');
      must([round.submitter, ...round.countedElsewhere, ...actors(leg)].includes(command.actor), 'only the submitter or a signer recalls'); // prettier-ignore
      return;
    case 'cancelled':
      must(['in-review', 'returned', 'withdrawn', 'held'].includes(state), 'I10: nothing is cancelled that may go out');
      must(command.actor === round.submitter || facts.staff.holds(command.actor, DISCLOSURE_HEAD, round.organ, facts.at), 'only the submitter or the office cancels'); // prettier-ignore
      return;
    default:
  }
}

const actors = (leg: ReferenceLeg): readonly string[] =>
  leg.seats.flatMap(({ signature }) => (signature === null ? [] : [signature.actor]));
