import type { Digest } from '#domain/identifiers';
import { type Instant, plusSeconds } from '#domain/instant';
import type { Leg } from '#evidence/statements';
import type { Ending, Round } from '#signoff/leg';
import { mayFollow } from '#signoff/opening-leg';
import { bundleOf, type Message, type World } from './world.js';
import { type CaseFile, contentOf, digestOf, type Sealed } from './case-file.js';
import { must } from './promise.js';
import { CONTRIBUTOR, ORGAN, START, SUBMITTER } from './staff.js';

/** What a service does with a message. False: not now, it comes again. */
type Handler = (world: World, file: CaseFile, body: Message['body']) => boolean;

/** Drafting hands in the next round of what came back, or a case of the kind that fits what is public. */
export function submit(world: World, another: string | null, flag: boolean): void {
  const open = world.cases.find(({ state }) => state === 'submitted');
  const back = world.cases.find(({ state }) => state === 'returned');
  const file = back ?? (open === undefined || flag ? nextCase(world, flag) : undefined);
  if (file === undefined) return;
  if (another !== null && !['withdraw', 'ratify'].includes(file.kind)) file.contributors = [...new Set([...file.contributors, another])]; // prettier-ignore
  file.round += 1;
  file.state = 'submitted';
  world.send('review', 'submitted', file, { round: file.round, contributors: file.contributors });
}

/** I1: of each kind one case at a time, and only what fits what is public. */
function nextCase(world: World, flag: boolean): CaseFile | undefined {
  const { live, highest } = world.publication;
  const contributors = [SUBMITTER, CONTRIBUTOR];
  const isOpen = (...kinds: readonly string[]): boolean =>
    world.cases.some(({ kind, state }) => kinds.includes(kind) && (state === 'submitted' || state === 'returned'));
  const writing = isOpen('publish', 'emergency', 'correct');
  if (live === null) return writing ? undefined : world.newCase(world.setting.kind, highest + 1, contributors);
  if (world.setting.kind === 'emergency' && flag && !isOpen('ratify') && world.cases.every(({ kind }) => kind !== 'ratify')) return world.newCase('ratify', live.edition, contributors); // prettier-ignore
  if (flag && !isOpen('withdraw')) return world.newCase('withdraw', live.edition, contributors);
  return writing ? undefined : world.newCase('correct', highest + 1, contributors);
}

const submitted: Handler = (world, file, body) => {
  const round = roundOf(world, file, 'review', body, { pass: 1, countedElsewhere: [] });
  return openLeg(world, file, { ...round, contributors: body['contributors'] as string[] });
};

const cleared: Handler = (world, file, body) => {
  const dossier = world.dossiers.get(body['dossier'] as string)!;
  const countedElsewhere = dossier.flatMap(({ actor, onBehalfOf }) => (onBehalfOf == null ? [actor] : [actor, onBehalfOf])); // prettier-ignore
  const review = file.legs.review.current;
  const contributors =
    review !== null && review.round.round === body['round'] ? review.round.contributors : file.contributors;
  const pass = body['pass'] as number;
  const reviewedAt = dossier.at(-1)!.at;
  const round = { ...roundOf(world, file, 'approval', body, { pass, countedElsewhere }), contributors };
  if (!openLeg(world, file, round, reviewedAt)) return false;
  world.lapse(file, 'approval');
  return true;
};

function roundOf(
  world: World,
  file: CaseFile,
  leg: Leg,
  body: Message['body'],
  rest: Pick<Round, 'pass' | 'countedElsewhere'>,
): Round {
  const { undoSeconds, waitSeconds } = world.setting;
  const { id: caseId, kind, edition, contributors } = file;
  const round = body['round'] as number;
  const told = ['correct', 'withdraw', 'emergency'].includes(kind);
  return {
    case: caseId, round, kind, leg, document: 'document', edition, organ: ORGAN, year: 2020, content: contentOf(file, round),
    route: digestOf('route'), submission: digestOf('submission'), submitter: SUBMITTER, contributors, undoSeconds,
    notBefore: waitSeconds === null ? null : plusSeconds(START, waitSeconds), notice: told ? digestOf(kind) : null,
    stages: world.stages.filter((stage) => stage.leg === leg),
    stagesBefore: leg === 'review' ? [] : world.stages.filter((stage) => stage.leg === 'review').map(({ id }) => id), ...rest,
  }; // prettier-ignore
}

/** As the use case of the services: old news changes nothing, and what may still go out is not overtaken by a round. */
function openLeg(world: World, file: CaseFile, round: Round, reviewedAt?: Instant): boolean {
  const before = file.legs[round.leg].current;
  if (before !== null && !mayFollow(round, before)) return true;
  if (standsInTheWay(world, file, round.leg)) return false;
  if (before !== null && world.command(file, round.leg, { type: 'supersede' }) !== 'accepted') return false;
  world.open(file, round, reviewedAt);
  return true;
}

/** Another case of the kind is open in this leg: the table's unique index refuses a second, which comes again once that one's end is heard of. */
function standsInTheWay(world: World, file: CaseFile, leg: Leg): boolean {
  return world.cases.some(
    (other) =>
      other.id !== file.id &&
      other.kind === file.kind &&
      ['in-review', 'approved', 'released'].includes(other.legs[leg].current?.state ?? ''),
  );
}

/** The other leg ended the round, or sent it back to a stage of this one. */
const endedInApproval: Handler = (world, file, body) => {
  const review = file.legs.review.current;
  const kind = body['kind'] as Ending['kind'];
  const round = body['round'] as number;
  if (review === null || (kind === 'cancelled' ? round > review.round.round : round !== review.round.round)) return true; // prettier-ignore
  const to = body['to'] as string;
  const seatIds = world.freshIds();
  const pass = body['pass'] as number;
  const code = body['code'] as string | undefined;
  const command = kind === 'sent-back' ? ({ type: 'reopen', to, pass, seatIds, ...(code === undefined ? {} : { code }) } as const) : ({ type: 'end-elsewhere', kind } as const); // prettier-ignore
  return world.command(file, 'review', command) === 'accepted';
};

const endedForDrafting: Handler = (_world, file, body) => {
  const kind = body['kind'] as Ending['kind'];
  if (kind === 'cancelled' && file.state !== 'effective') file.state = 'over';
  else if (file.state === 'submitted' && file.round === body['round'] && kind !== 'sent-back') file.state = 'returned';
  return true;
};

const heard =
  (type: 'granted' | 'released'): Handler =>
  (world, file, body) => {
    const bundle = body['bundle'] as string;
    world.publication.hear(type, bundle, (body['said'] as Sealed | undefined) ?? world.sealed.get(bundle)!);
    return true;
  };

const effective: Handler = (world, file, body) => {
  const { round, edition, content } = body as { round: number; edition: number; content: Digest };
  const leg = file.legs.approval.current;
  if (leg?.round.round !== round) return true;
  const confirmed = world.command(file, 'approval', { type: 'confirm', edition, content });
  if (file.legs.approval.current?.state === 'done') must(world.publication.acted.has(bundleOf(file.id, leg.round)), 'I9: done is public'); // prettier-ignore
  return confirmed === 'accepted' || confirmed === 'not_approved' || confirmed === 'content_changed';
};

const toldBy = (command: { type: 'overtake' } | { type: 'hold'; code: string }): Handler => (world, file, { round }) =>
  file.legs.approval.current?.round.round !== round || world.command(file, 'approval', command) === 'accepted'; // prettier-ignore

const effectiveForDrafting: Handler = (_world, file) => {
  if (file.state !== 'over') file.state = 'effective';
  return true;
};

const HANDLERS: Readonly<Record<string, Handler>> = {
  'review submitted': submitted,
  'approval cleared': cleared,
  'review ended': endedInApproval,
  'drafting ended': endedForDrafting,
  'publication granted': heard('granted'),
  'publication released': heard('released'),
  'approval effective': effective,
  'approval superseded': toldBy({ type: 'overtake' }),
  'approval held': toldBy({ type: 'hold', code: 'not_proved' }),
  'drafting effective': effectiveForDrafting,
  'drafting superseded': effectiveForDrafting,
};

/** Hands a message to its service, in one transaction; false when it has to come again. */
export function handle(world: World, message: Message): boolean {
  return HANDLERS[`${message.to} ${message.type}`]!(world, world.of(message.case), message.body);
}

/** Publication gives a round up and says so, as often as it is asked. */
export function hold(world: World, bundle: string, sealed: Sealed): void {
  if (world.publication.giveUp(bundle)) world.send('approval', 'held', world.of(sealed.case), { round: sealed.round });
}

/** Publication acts on a bundle it may act on; `dies` before it could say so. */
export function publish(world: World, nth: number, dies: boolean): void {
  const jobs = world.publication.released();
  const [bundle, sealed] = jobs[nth % Math.max(1, jobs.length)] ?? [];
  if (bundle === undefined || sealed === undefined) return;
  // The last question: is every signer, as is known by now, one who was in office?
  if (!world.publication.acted.has(bundle) && world.counted.get(bundle)!.some((seat) => !world.staff.countsStill(seat))) return hold(world, bundle, sealed); // prettier-ignore
  const type = world.publication.act(bundle, sealed);
  const file = world.of(sealed.case);
  if (dies) return;
  for (const to of ['approval', 'drafting'] as const) world.send(to, type, file, { ...sealed });
}
