import type { CaseKind } from '#domain/case-kind';

/** The acts that show an edition; the others act on one that is shown. */
export const SHOWING: readonly CaseKind[] = ['publish', 'correct', 'emergency'];

/** True for an act that brings an edition before the public. */
export function isShowing(kind: CaseKind): boolean {
  return SHOWING.includes(kind);
}

/** What a public address says: this edition, or that it was taken back; `case` and `round` made it so. */
export interface PublicPointer {
  readonly state: 'live' | 'withdrawn';
  readonly edition: number;
  readonly case: string;
  readonly round: number;
}

/** An emergency edition that was shown; whether it was taken back since, and which round ratified it, if any did. */
export interface ShownEmergency {
  readonly edition: number;
  readonly isWithdrawn: boolean;
  readonly ratifiedBy: { readonly case: string; readonly round: number } | null;
}

/** A released act; `replaces`: the public edition its notice says makes way. */
export interface PublicAct {
  readonly kind: CaseKind;
  readonly edition: number;
  readonly case: string;
  readonly round: number;
  readonly replaces: number | null;
}

/**
 * `may`: it takes effect now, or did already. `superseded`: no fault, it came too late, an edition `by` is there or gone.
 * `refused`: it must not take effect, as the code says.
 */
export type PointerAnswer =
  | { readonly answer: 'may' }
  | { readonly answer: 'superseded'; readonly by: number }
  | { readonly answer: 'refused'; readonly code: string };

const may: PointerAnswer = { answer: 'may' };
const superseded = (by: number): PointerAnswer => ({ answer: 'superseded', by });
const refused = (code: string): PointerAnswer => ({ answer: 'refused', code });

/**
 * The whole law of what the public has: none → live(e) → live(higher), live(e) → withdrawn(e), withdrawn(e) → live(higher).
 * The edition never goes down, what is withdrawn never comes back, and no act does another one's work. `emergency`: the
 * edition a ratification is about, if it was shown as one.
 */
export function actOn(
  pointer: PublicPointer | undefined,
  act: PublicAct,
  emergency: ShownEmergency | undefined,
): PointerAnswer {
  if (act.kind === 'ratify') return ratify(pointer, act, emergency);
  return act.kind === 'withdraw' ? withdraw(pointer, act) : show(pointer, act);
}

const isSameRound = (a: { case: string; round: number }, b: { case: string; round: number }): boolean =>
  a.case === b.case && a.round === b.round;

function show(pointer: PublicPointer | undefined, act: PublicAct): PointerAnswer {
  const { kind, edition, replaces } = act;
  if (pointer === undefined) return kind === 'correct' || replaces !== null ? refused('nothing_to_replace') : may;
  if (pointer.state === 'live' && pointer.edition === edition)
    return isSameRound(pointer, act) ? may : refused('edition_taken');
  if (pointer.edition >= edition) return superseded(pointer.edition);
  if (pointer.state === 'live' && kind === 'publish') return refused('correction_expected');
  // What its notice says it replaces must be what readers have, or had until it was taken back.
  const told = pointer.state === 'live' || replaces !== null ? pointer.edition : null;
  return replaces === told ? may : refused('notice_outdated');
}

function withdraw(pointer: PublicPointer | undefined, act: PublicAct): PointerAnswer {
  if (pointer === undefined || act.edition > pointer.edition) return refused('nothing_to_withdraw');
  if (act.edition < pointer.edition) return superseded(pointer.edition);
  return pointer.state === 'live' || isSameRound(pointer, act) ? may : superseded(pointer.edition);
}

function ratify(
  pointer: PublicPointer | undefined,
  act: PublicAct,
  emergency: ShownEmergency | undefined,
): PointerAnswer {
  if (pointer === undefined || emergency === undefined || emergency.edition !== act.edition)
    return refused('nothing_to_ratify');
  if (emergency.isWithdrawn) return superseded(pointer.edition);
  const { ratifiedBy } = emergency;
  return ratifiedBy === null || isSameRound(ratifiedBy, act) ? may : superseded(act.edition);
}
