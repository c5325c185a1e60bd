import * as fc from 'fast-check';
import type { Leg, RouteStage } from '#evidence/statements';
import { CHIEF, OFFICES, ORGAN, SIGNERS } from './staff.js';

/** What may happen in a step. What gets a history further is named more often. */
const KINDS = [
  'sign-well', 'sign-well', 'sign-well', 'sign-well', 'sign-well', 'sign-well', 'sign-well', 'sign-well',
  'sign-well', 'sign-well', 'sign-well', 'sign-well', 'deliver', 'deliver', 'deliver', 'deliver', 'deliver', 'deliver', 'deliver', 'deliver', 'submit', 'submit', 'publish', 'publish', 'sweep', 'sweep', 'tick', 'tick',
  'sign', 'sign', 'sign-for', 'sign-for', 'return', 'return', 'send-back', 'send-back', 'take-back', 'take-back', 'hand-over', 'hand-over', 'add-signer', 'add-signer',
  'remove-signer', 'withdraw', 'recall', 'recall', 'cancel', 'postpone', 'postpone', 'hold', 'again', 'again', 'repeat', 'forge',
  'view', 'note', 'staff', 'left-before', 'left-before', 'office', 'appoint', 'appoint', 'revoke', 'offer-again', 'escalate', 'escalate', 'clock-back',
] as const; // prettier-ignore

const step = fc.record({
  kind: fc.constantFrom(...KINDS),
  leg: fc.constantFrom<Leg>('review', 'approval'),
  who: fc.nat(14),
  other: fc.nat(14),
  seat: fc.nat(40),
  /** How sound what is asked for is: 0 to 5 sound, 6 to 9 each wrong in its own way. */
  over: fc.nat(9),
  flag: fc.boolean(),
  seconds: fc.nat(30),
  /** The transaction commits; or its process dies before that; or the answer, or a message's acknowledgement, is lost after it. */
  fate: fc.constantFrom('done', 'done', 'done', 'done', 'done', 'done', 'crash', 'answer-lost'),
}); // prettier-ignore

/** One step of a history. */
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const stage = fc.record({
  slots: fc.array(fc.record({ office: fc.nat(2), named: fc.nat(5) }), { minLength: 1, maxLength: 3 }),
  need: fc.constantFrom<'all' | 1 | 2>('all', 'all', 1, 2),
  ordered: fc.boolean(),
  passkey: fc.nat(11),
  checklist: fc.constantFrom(0, 0, 1, 2),
  superior: fc.boolean(),
  dueWorkingDays: fc.constantFrom(0, 1, 2),
});
type StageSetting = typeof stage extends fc.Arbitrary<infer T> ? T : never;

const setting = fc.record({
  kind: fc.constantFrom<'publish' | 'emergency'>('publish', 'publish', 'publish', 'emergency'),
  review: fc.array(stage, { minLength: 1, maxLength: 2 }),
  approval: fc.array(stage, { minLength: 1, maxLength: 2 }),
  undoSeconds: fc.constantFrom(0, 0, 8),
  waitSeconds: fc.constantFrom(null, null, 40),
});

/** What stays the same through a history. */
export type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

/** A setting and what happens in it. */
export const histories = fc.tuple(setting, fc.array(step, { minLength: 30, maxLength: 90, size: 'max' }));

/** The stages of both legs. An emergency names every signer, each once, as its law demands. */
export function stagesOf({ kind, review, approval }: Setting): readonly RouteStage[] {
  const named = new Set<string>();
  const person = (office: number, wanted: boolean): string | null => {
    const may = [...FIRST_HOLDERS[office]!, ...(kind === 'emergency' ? SIGNERS : [])];
    const free = wanted ? may.find((one) => !named.has(one)) : undefined;
    if (free !== undefined) named.add(free);
    return free ?? null;
  };
  const stageFor = (leg: Leg) => (given: StageSetting, index: number): RouteStage => ({
    id: `${leg}-${index}`, leg, name: `${leg} ${index}`, meaning: `同意 ${index}`, ordered: given.ordered,
    need: given.need === 'all' ? given.need : Math.min(given.need, given.slots.length),
    grade: given.passkey === 0 ? 'passkey' : 'attested', dueWorkingDays: given.dueWorkingDays,
    slots: given.slots.map(({ office, named: chance }) => {
      const { role, organ } = OFFICES[office]!;
      return { role, organ: organ === ORGAN ? 'self' : organ, person: person(office, kind === 'emergency' || chance === 0) };
    }),
    checklist: Array.from({ length: given.checklist }, (_, nth) => ({ id: `item-${nth}`, text: `已核 ${nth}` })),
    escalation: given.superior ? OFFICES[CHIEF]! : null, duty: leg === 'review' && index === 0 ? 'secrecy' : null,
  }); // prettier-ignore
  return [...review.map(stageFor('review')), ...approval.map(stageFor('approval'))];
}

const nth = (...numbers: number[]): string[] => numbers.map((one) => SIGNERS[one]!);
/** Whom a route names for each office, each once; an emergency names others when there are no more of these. */
const FIRST_HOLDERS = [nth(0, 1, 2, 3, 4, 5), nth(5, 4, 8, 7, 6, 3), nth(9, 8, 7, 6, 1, 0)];
