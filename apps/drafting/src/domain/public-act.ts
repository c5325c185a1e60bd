import { refuse, type Refusal } from '#domain/decision';
import type { ReportLife, RoundEnding, RoundNews } from './report-life.js';

/** Acts on an edition that is public already, beside the text in hand: taking it back, and 追认 of an emergency. */
export type BesideKind = 'withdraw' | 'ratify';

/**
 * Where such an act stands. `owed`: it must be submitted, and will be by itself; `prepared`: drafted for somebody to confirm;
 * `submitted`; `returned`: to be submitted again; `refused`: an emergency nobody confirmed; then `done`, or `moot`: needless.
 */
export type ActState = 'owed' | 'prepared' | 'submitted' | 'returned' | 'refused' | 'done' | 'moot';

/** States in which there is no second act of the kind on the report. */
export const OPEN_ACT_STATES: readonly ActState[] = ['owed', 'prepared', 'submitted', 'returned', 'refused'];

/** One act on a public edition. */
export interface PublicAct {
  readonly kind: BesideKind;
  readonly edition: number;
  readonly state: ActState;
  readonly case: string | null;
  readonly round: number;
}

/** The edition somebody wants taken back, as he saw it. */
export interface SeenPublic {
  readonly edition: number;
  readonly content: string;
}

/**
 * Null when what is public may be asked to be taken back; a correction in hand is no hindrance. `open`: the report's open
 * withdrawal. Refuses nothing_public, content_changed (another edition is public), case_open (case).
 */
export function whyNoWithdrawal(
  life: Pick<ReportLife, 'publicState' | 'publicEdition'> & { readonly publicContent: string | null },
  open: PublicAct | undefined,
  seen: SeenPublic,
): Refusal<'nothing_public' | 'content_changed' | 'case_open'> | null {
  if (life.publicState !== 'live') return refuse('nothing_public');
  if (seen.edition !== life.publicEdition || seen.content !== life.publicContent) return refuse('content_changed');
  return open?.state === 'submitted' ? refuse('case_open', { case: open.case }) : null;
}

/** The round in which an act is submitted: the next of its case, or the first of a fresh one. */
export function nextRoundOfAct(
  act: Pick<PublicAct, 'case' | 'round'> | undefined,
  freshCase: string,
): { readonly case: string; readonly round: number } {
  return act?.case == null ? { case: freshCase, round: 1 } : { case: act.case, round: act.round + 1 };
}

/**
 * The state of an act after its round ended without effect; null when the news is about another round or the round goes on.
 * A withdrawal may be submitted again, unless it was cancelled. A ratification that did not come about is refused, however it
 * ended: the emergency stays unconfirmed, and a withdrawal is to be drafted.
 */
export function actAfterEnd(act: PublicAct, ended: RoundNews & { readonly kind: RoundEnding }): ActState | null {
  if (act.case !== ended.case || !['submitted', 'returned'].includes(act.state)) return null;
  // A cancelled case is over, also while it was back here or on its way into the next round.
  if (ended.kind === 'cancelled' && ended.round <= act.round) return act.kind === 'ratify' ? 'refused' : 'moot';
  if (act.state !== 'submitted' || act.round !== ended.round || ended.kind === 'sent-back') return null;
  return act.kind === 'ratify' ? 'refused' : 'returned';
}

/** The state of an act once publication said it took effect; null when that is known, or it was never submitted so. */
export function actAfterEffect(act: PublicAct, effect: RoundNews): ActState | null {
  return act.state === 'submitted' && act.case === effect.case && act.round === effect.round ? 'done' : null;
}

/** What an edition's withdrawal makes of the other acts on it: nothing is left to confirm or to take back. */
export function actAfterWithdrawal(act: PublicAct, edition: number): ActState | null {
  return OPEN_ACT_STATES.includes(act.state) && act.edition <= edition ? 'moot' : null;
}
