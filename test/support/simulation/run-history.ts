import { plusSeconds } from '#domain/instant';
import type { Leg } from '#evidence/statements';
import type { LegCommand } from '#signoff/leg-command';
import type { LegRules } from '#signoff/leg-rules';
import { asked, look } from './asks.js';
import { type CaseFile, digestOf } from './case-file.js';
import type { Setting, Step } from './history.js';
import { must } from './promise.js';
import { handle, hold, publish, submit } from './services.js';
import { EVERYBODY, OFFICES } from './staff.js';
import { World } from './world.js';

/** Runs a whole history and lets it end in peace. Answers the event types and refusal codes it reached; throws Broken. */
export function runHistory(setting: Setting, steps: readonly Step[], rules: LegRules): ReadonlySet<string> {
  const world = new World(setting, rules);
  submit(world, null, false);
  for (const step of steps) {
    take(world, step);
    check(world);
  }
  endInPeace(world);
  return world.reached;
}

function take(world: World, step: Step): void {
  const { kind, who, other, seat, flag, seconds, fate, over } = step;
  const dies = fate === 'crash';
  const person = EVERYBODY[who]!;
  const office = OFFICES[seat % OFFICES.length]!;
  const file = world.cases[world.cases.length - 1 - (over === 9 ? 1 : 0)] ?? world.cases[0]!;
  switch (kind) {
    case 'tick':
      world.pass(seconds);
      return;
    case 'clock-back':
      world.pass(-(seconds % 7));
      return;
    case 'submit':
      return submit(world, over === 0 ? person : null, flag);
    case 'deliver':
      return deliver(world, seat, fate);
    case 'repeat':
      if (world.delivered.length > 0) handle(world, world.delivered[seat % world.delivered.length]!);
      return;
    case 'publish':
      return publish(world, seat, dies);
    case 'forge':
      return forge(world, file);
    case 'staff':
      return changeStaff(world, () => world.staff.leaveOrReturn(person, world.nextSecond()));
    case 'left-before':
      return changeStaff(world, () => leftBefore(world, file, step, person));
    case 'office':
      return changeStaff(world, () => world.staff.changeOffice(person, office, world.nextSecond()));
    case 'appoint':
      return changeStaff(world, () => appoint(world, step));
    case 'revoke':
      return changeStaff(world, () => world.staff.revoke(other));
    default:
      onLeg(world, file, step);
  }
}

function onLeg(world: World, file: CaseFile, step: Step): void {
  const { kind, who, seat, flag, fate } = step;
  const leg = kind === 'sign-well' ? legInHand(file, step.leg) : step.leg;
  const own = file.legs[leg];
  const dies = fate === 'crash';
  const { current } = own;
  if (current === null) return;
  switch (kind) {
    case 'view':
      return look(file, leg, EVERYBODY[who]!, current.round.content);
    case 'note':
      own.openNotes = flag ? own.openNotes + 1 : 0;
      return;
    case 'sweep':
      if (file.legs.approval.current !== null) world.command(file, 'approval', { type: 'release' }, dies);
      return;
    case 'escalate':
      world.command(file, leg, { type: 'escalate' }, dies);
      return;
    case 'offer-again':
      if (!dies) world.lapse(file, leg);
      world.command(file, leg, { type: 'offer-again', seatIds: world.freshIds() }, dies);
      return;
    case 'hold':
      return holdOne(world, seat);
    case 'again': {
      const old = world.asked[seat % Math.max(1, world.asked.length)];
      if (old !== undefined && old.file.legs[old.leg].current !== null)
        world.command(old.file, old.leg, asNew(world, old.command), dies);
      return;
    }
    default:
      ask(world, file, { ...step, leg });
  }
}

/** Whoever signs well signs where signatures are asked for. */
const legInHand = ({ legs }: CaseFile, otherwise: Leg): Leg =>
  (['approval', 'review'] as const).find((leg) => legs[leg].current?.state === 'in-review') ?? otherwise;

/** A person asks. When the answer is lost he asks again under the same key: the same answer, and nothing more happens. */
function ask(world: World, file: CaseFile, step: Step): void {
  const { leg, fate, kind, over } = step;
  const own = file.legs[leg];
  if (kind === 'sign-well') own.openNotes = over === 9 ? own.openNotes : 0;
  const command = asked({ world, file, leg, current: own.current!, step });
  const answer = world.command(file, leg, command, fate === 'crash');
  if (answer === null) return;
  world.asked.push({ file, leg, command });
  if (fate !== 'answer-lost') return;
  // The stored answer keeps the key from reaching the law at all; without it the law itself lets nothing happen twice.
  const signatures = signaturesOf(file);
  world.command(file, leg, asNew(world, command));
  must(command.type !== 'sign' || signaturesOf(file) === signatures, 'I21: a repeated signature counts once');
}

/** The same request once more: ids of seats are the service's own and fresh each time. */
function asNew(world: World, command: LegCommand): LegCommand {
  if ('seatIds' in command) return { ...command, seatIds: world.freshIds() };
  return 'seatId' in command ? { ...command, seatId: world.freshIds(1)[0]! } : command;
}

const signaturesOf = ({ legs }: CaseFile): number =>
  [legs.review, legs.approval].flatMap(({ current }) => current?.seats ?? []).filter(({ signature }) => signature !== null).length; // prettier-ignore

/** Any message that waits; one whose handling dies, or whose acknowledgement is lost, comes again. */
function deliver(world: World, nth: number, fate: Step['fate']): void {
  if (world.pending.length === 0 || fate === 'crash') return;
  const at = nth % world.pending.length;
  const message = world.pending[at]!;
  if (!handle(world, message) || fate === 'answer-lost') return;
  world.pending.splice(world.pending.indexOf(message), 1);
  world.delivered.push(message);
}

/** Publication cannot prove one of the rounds it has heard of, or is asked again about one it gave up. */
function holdOne(world: World, nth: number): void {
  const jobs = world.publication.heardOf();
  const [bundle, sealed] = jobs[nth % Math.max(1, jobs.length)] ?? [];
  if (bundle !== undefined && sealed !== undefined) hold(world, bundle, sealed);
}

/** Somebody who writes to the queue says that content nobody signed was released. */
function forge(world: World, file: CaseFile): void {
  const { id, kind, edition, round } = file;
  const said = { case: id, round, edition, kind, content: digestOf('forged') };
  for (const bundle of [...world.sealed.keys(), 'bundle nobody sealed'])
    must(!world.publication.hear('released', bundle, said), 'I8: a message is a hint, what counts is the bundle');
  // And that a later round is under way while this one may still go out.
  const { current } = file.legs.approval;
  if (current === null || !['approved', 'released'].includes(current.state)) return;
  must(world.command(file, 'approval', { type: 'supersede' }) !== 'accepted', 'I10: what may go out is not superseded');
}

function changeStaff(world: World, change: () => void): void {
  change();
  for (const file of world.cases) for (const leg of ['review', 'approval'] as const) world.judge(file, leg);
}

/** The news that somebody had left comes after he signed; now and then of somebody who did not sign. */
function leftBefore(world: World, { legs }: CaseFile, { seat, flag, seconds }: Step, otherwise: string): void {
  const seats = [legs.review, legs.approval].flatMap(({ current }) => current?.seats ?? []);
  const signatures = seats.flatMap(({ signature }) => signature ?? []);
  const one = flag ? undefined : signatures[seat % Math.max(1, signatures.length)];
  world.staff.leftBefore(one?.onBehalfOf ?? one?.actor ?? otherwise, one?.at ?? plusSeconds(world.now, -seconds));
}

/** A deputy for somebody who may sign a seat that is open now, or for anybody. */
function appoint(world: World, { who, other, seat, flag, seconds }: Step): void {
  const current = world.cases.at(-1)?.legs[flag ? 'review' : 'approval'].current;
  const place = current?.seats.find(({ signature }) => signature === null);
  const office = place ?? OFFICES[seat % OFFICES.length]!;
  const holders = world.staff.holders(office.role, office.organ, world.now);
  const principal = holders[who % Math.max(1, holders.length)] ?? EVERYBODY[who]!;
  world.staff.appoint(principal, EVERYBODY[other]!, office, world.now, 20 + seconds * 10);
}

/** What is true of the world after every step, whatever was done. */
function check(world: World): void {
  const { live } = world.publication;
  const approvals = world.cases.map(({ kind, legs: { approval } }) => ({ kind, leg: approval.current }));
  if (live !== null) {
    const behind = approvals.some(
      ({ kind, leg }) =>
        ['publish', 'emergency', 'correct'].includes(kind) && leg?.releasedAt != null && leg.round.edition === live.edition && leg.round.content === live.content && ['released', 'done'].includes(leg.state),
    ); // prettier-ignore
    must(behind, 'I8: what is public was released, on exactly that content');
  }
  for (const kind of new Set(world.cases.map((file) => file.kind))) {
    const open = world.cases.filter((file) => file.kind === kind && isOpen(file));
    must(open.length <= 1, 'I1: one open case of each kind');
  }
}

function isOpen({ legs: { review, approval } }: CaseFile): boolean {
  const handedOn = approval.current?.round.round === review.current?.round.round && approval.current?.round.pass === review.current?.round.pass; // prettier-ignore
  return (
    review.current?.state === 'in-review' ||
    (review.current?.state === 'cleared' && !handedOn) ||
    ['in-review', 'approved', 'released'].includes(approval.current?.state ?? '')
  );
}

/** I14: when faults stop, every message arrives, and what was approved and not stopped by anybody has its effect once. */
function endInPeace(world: World): void {
  for (let turn = 0; turn < 8; turn += 1) {
    world.pass(10_000);
    for (let left = world.pending.length * 4; world.pending.length > 0 && left > 0; left -= 1)
      deliver(world, 0, 'done');
    for (const file of world.cases) if (file.legs.approval.current?.state === 'approved') world.command(file, 'approval', { type: 'release' }); // prettier-ignore
    world.publication.released().forEach((_, nth) => publish(world, nth, false));
    check(world);
  }
  for (let left = 200; world.pending.length > 0 && left > 0; left -= 1) deliver(world, 0, 'done');
  must(world.pending.length === 0, 'I14: every message is answered in the end');
  must(
    world.cases.every((file) => !file.cancelled || !isOpen(file)),
    'what was cancelled is over for good',
  );
  for (const { legs: { review, approval }, kind } of world.cases) {
    const leg = approval.current;
    must(leg?.state !== 'approved' && leg?.state !== 'released', `I14: what is approved and due has its effect (${kind})`);
    must(leg?.state !== 'held' || leg.ending !== null, 'I14: what was held is back with its drafter');
    const handedOn = leg !== null && leg.round.round === review.current?.round.round && leg.round.pass === review.current.round.pass; // prettier-ignore
    must(review.current?.state !== 'cleared' || handedOn, 'I14: what review has cleared is in the approval leg');
  } // prettier-ignore
}
