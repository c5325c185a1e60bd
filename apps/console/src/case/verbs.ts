import type { LegCase, Me } from '../api/answers.js';
import type { CaseFile } from '../api/case-file.js';

/** What one may do with a case beside signing and returning it. */
export const VERBS = [
  'opine',
  'takeBack',
  'handOver',
  'addSigner',
  'removeSigner',
  'consult',
  'copy',
  'urge',
  'recall',
  'postpone',
  'withdraw',
  'cancel',
] as const;
export type Verb = (typeof VERBS)[number];

type Of = Pick<CaseFile, 'line' | 'current' | 'review'>;

/** States in which a case can still be given up. */
const CANCELLABLE = new Set(['in-review', 'returned', 'withdrawn']);

/**
 * The verbs worth offering to a person, in their order. The services decide again: this keeps from the screen what they would
 * certainly refuse.
 */
export function verbsOf({ current, review }: Of, { person, grants }: Me): readonly Verb[] {
  const isSubmitter = current.submitter === person;
  const drafts = grants.some(({ role, organ }) => role === 'drafter' && organ === current.organ);
  const signed = [...(review?.seats ?? []), ...current.seats].some(({ signedBy }) => signedBy === person);
  const maySign = current.signable.length > 0;
  const takesPart = isSubmitter || signed || maySign || drafts;
  const isUnderWay = current.state === 'in-review';
  const isApproved = current.state === 'approved';
  const offered: Readonly<Record<Verb, boolean>> = {
    opine: openQuestions(current, person).length > 0,
    takeBack: current.takeable.length > 0,
    handOver: isUnderWay && current.signable.some(({ onBehalfOf }) => onBehalfOf === null),
    addSigner: isUnderWay && maySign,
    removeSigner: current.removable.length > 0,
    consult: isUnderWay && takesPart,
    copy: takesPart,
    urge: isUnderWay && isSubmitter && current.seats.some(({ state }) => state === 'open'),
    recall: isApproved && (isSubmitter || signed),
    postpone: isApproved && (isSubmitter || lastSigner(current) === person),
    withdraw: isUnderWay && isSubmitter,
    cancel: CANCELLABLE.has(current.state) && (isSubmitter || drafts),
  };
  return VERBS.filter((verb) => offered[verb]);
}

/** What the person was asked and has not answered. */
export const openQuestions = ({ consultations }: LegCase, person: string): LegCase['consultations'] =>
  consultations.filter((asked) => asked.person === person && asked.answeredAt === null);

function lastSigner({ seats }: LegCase): string | null {
  const dated = seats.flatMap(({ signedAt, signedBy }) => (signedAt === null ? [] : [{ signedAt, signedBy }]));
  return dated.toSorted((a, b) => (a.signedAt < b.signedAt ? -1 : 1)).at(-1)?.signedBy ?? null;
}
