import { isSeatOpen, type LegRules, legRules, openStage } from '#signoff/leg-rules';

const seatsNeeded = ({ need, slots }: Parameters<LegRules['isStageFull']>[0]): number =>
  need === 'all' ? slots.length : need;
const signedIn = (seats: Parameters<LegRules['isStageFull']>[1]): number =>
  seats.filter(({ signature }) => signature !== null).length;

/** The law with one rule broken, by what is wrong with it: each must be noticed. At least one for every rule there is. */
export const brokenRules: Readonly<Record<string, Partial<LegRules>>> = {
  'one signature too few is enough': {
    isStageFull: (stage, seats) => legRules.isStageFull({ ...stage, need: Math.max(1, seatsNeeded(stage) - 1) }, seats),
  },
  'an added signature stands in for one of the route': {
    isStageFull: (stage, seats) => signedIn(seats) >= seatsNeeded(stage),
  },
  'a stage does not wait for its added signer': {
    isStageFull: (stage, seats) => signedIn(seats.filter(({ addedBy }) => addedBy === null)) >= seatsNeeded(stage),
  },
  'the order within a stage is ignored': {
    mayBeNext: (stage, seats, seat) => legRules.mayBeNext({ ...stage, ordered: false }, seats, seat),
  },
  'a signed seat may be signed again': { mayBeNext: () => true },
  'an old seat id is accepted': {
    findSeat: (leg, id) => legRules.findSeat(leg, id) ?? leg.seats.find((seat) => isSeatOpen(legRules, leg, seat)),
  },
  'offices are not asked for': { officeFor: (_leg, { role, organ }) => ({ role, organ }) },
  'whoever holds the office takes the seat of a named person': {
    officeFor: (leg, seat, ...rest) => legRules.officeFor(leg, { ...seat, person: null }, ...rest),
  },
  'the superior signs before the stage is overdue': {
    officeFor: (leg, ...rest) =>
      legRules.officeFor({ ...leg, clock: leg.clock && { ...leg.clock, escalated: true } }, ...rest),
  },
  'anybody is deputy of whoever holds the office': {
    officeFor: (leg, seat, { actor, onBehalfOf }, offices, at) =>
      legRules.officeFor(leg, seat, { actor: onBehalfOf ?? actor, onBehalfOf: null }, offices, at),
  },
  'contributors may sign': {
    areDutiesSeparate: (leg, who) =>
      legRules.areDutiesSeparate({ ...leg, round: { ...leg.round, contributors: [], submitter: '' } }, who),
  },
  'only the submitter is excluded': {
    areDutiesSeparate: (leg, who) =>
      legRules.areDutiesSeparate({ ...leg, round: { ...leg.round, contributors: [] } }, who),
  },
  'the principal is not counted': {
    areDutiesSeparate: (leg, { actor }) => legRules.areDutiesSeparate(leg, { actor, onBehalfOf: null }),
  },
  'the other leg is not counted': {
    areDutiesSeparate: (leg, who) =>
      legRules.areDutiesSeparate({ ...leg, round: { ...leg.round, countedElsewhere: [] } }, who),
  },
  'one person signs twice in a leg': {
    areDutiesSeparate: (leg, who) =>
      legRules.areDutiesSeparate({ ...leg, seats: leg.seats.map((seat) => ({ ...seat, signature: null })) }, who),
  },
  'what was not opened may be signed': { hasViewed: () => true },
  'what was opened is some content or other': { hasViewed: (viewed) => viewed.length > 0 },
  'open notes do not matter': { areNotesClosed: () => true },
  'any grade is enough': { isGradeEnough: () => true },
  'a password entered again is as good as a passkey': {
    isGradeEnough: (demanded, given) => demanded === given || given === 'attested',
  },
  'whatever a passkey answers is its signature': { isPasskeyGood: () => true },
  'an old step-up is enough': { isStepUpFresh: (given, stepUpAt) => given === 'passkey' || stepUpAt !== null },
  'no step-up is needed': { isStepUpFresh: () => true },
  'the checklist is decoration': { isChecklistComplete: () => true },
  'the content is not compared': { isSameContent: () => true },
  'the statement is not compared': { isSameStatement: () => true },
  'the release does not wait': { isDue: () => true },
  'a recall after the release is accepted': { mayRecallIn: ({ state }) => ['approved', 'released'].includes(state) },
  'anybody may cancel': { mayCancel: () => true },
  'anybody may postpone': { mayPostpone: () => true },
  'a release may be brought forward': { isLater: () => true },
  'any stage may be returned to': { isEarlierStage: () => true },
  'only the stage returned to signs again': { seatsFrom: (leg, stage) => leg.seats.filter((seat) => seat.stage === stage) }, // prettier-ignore
  'a signature of somebody else may be taken back': { isOwnSignature: () => true },
  'a signature others relied on may be taken back': { isLastSigned: () => true },
  'a renewed seat keeps its id': { renewed: ({ id }) => ({ seat: id, id }) },
  'one person is asked twice in a stage': { isAsked: () => false },
  'anybody may remove an added signer': { mayRemove: ({ addedBy, signature }) => addedBy !== null && signature === null },
  'a seat of the route may be removed': { mayRemove: ({ signature }) => signature === null },
  'a signed seat may be removed': { mayRemove: (seat, actor) => seat.addedBy === actor },
  'a signer the route names may be replaced': { isNamedByRoute: () => false },
  'the superior is asked at once': { isOverdue: (leg) => openStage(legRules, leg) !== undefined },
  'a signature counts though its signer had left': { countsStill: () => true },
  'nobody looks whether the rest can be filled': { blocked: () => null },
}; // prettier-ignore
