import type { CaseKind } from '#domain/case-kind';
import { refuse, type Refusal } from '#domain/decision';

/** The acts that bring a text before the public; one of them at most is in hand. The others are `BesideKind`. */
export type WritingKind = Extract<CaseKind, 'publish' | 'correct' | 'emergency'>;

/**
 * Where the text in hand stands: being written, frozen in sign-off, sent back to the drafter; `live` and `withdrawn`: there
 * is none in hand, and the last one is public, or was.
 */
export type ReportState = 'draft' | 'submitted' | 'returned' | 'live' | 'withdrawn';

/** What the public has: nothing yet, an edition, or a page that says why the edition was taken back. */
export type PublicState = 'none' | 'live' | 'withdrawn';

/**
 * What decides what may be done with a report. `headRevision` 0: nothing saved yet. `case`, `kind`, `round`, `edition` are
 * of the last submission of a text; `case` null: none, or it was cancelled. `publicEdition` 0: nothing was ever public;
 * `publicDigest`: of the revision that is. `lockedEdition`: the last edition that was opened under locks, 0 when none was.
 */
export interface ReportLife {
  readonly state: ReportState;
  readonly headRevision: number;
  readonly headDigest: string | null;
  readonly case: string | null;
  readonly kind: WritingKind | null;
  readonly round: number;
  readonly edition: number;
  readonly publicState: PublicState;
  readonly publicEdition: number;
  readonly publicDigest: string | null;
  readonly lockedEdition: number;
}

/** How a leg ended; `sent-back` from the approval leg to the review leg goes on within the round. */
export type RoundEnding = 'returned' | 'withdrawn' | 'recalled' | 'cancelled' | 'sent-back';

/** One round of sign-off: the case stays the same through all rounds of an edition, unless it is cancelled. */
export interface Round {
  readonly case: string;
  readonly round: number;
  readonly edition: number;
}

type Closed = Refusal<'case_open' | 'already_live' | 'withdrawn_publicly'>;

/** Null while the text may change; refuses case_open (case) in sign-off, already_live and withdrawn_publicly until the next edition is opened. */
function whyClosed(life: ReportLife): Closed | null {
  if (life.state === 'submitted') return refuse('case_open', { case: life.case });
  if (life.state === 'live') return refuse('already_live', { edition: life.publicEdition });
  return life.state === 'withdrawn' ? refuse('withdrawn_publicly', { edition: life.publicEdition }) : null;
}

/** Null when a revision may follow `base`. Refuses what closes a report, and revision_not_latest (latest, base). */
export function whyNoRevision(life: ReportLife, base: number): Closed | Refusal<'revision_not_latest'> | null {
  const closed = whyClosed(life);
  if (closed !== null) return closed;
  return base === life.headRevision ? null : refuse('revision_not_latest', { latest: life.headRevision, base });
}

/**
 * Null when the next edition may be opened for writing: a correction of what is public, or the edition after a withdrawn
 * one. Refuses case_open (case), not_public, edition_open (edition).
 */
export function whyNoNextEdition(life: ReportLife): Refusal<'case_open' | 'not_public' | 'edition_open'> | null {
  if (life.state === 'submitted') return refuse('case_open', { case: life.case });
  if (life.state === 'live' || life.state === 'withdrawn') return null;
  return life.publicEdition === 0 ? refuse('not_public') : refuse('edition_open', { edition: life.publicEdition + 1 });
}

/** The acts a text may be submitted for: what is public is corrected, never published over. */
export function kindsFor({ publicState }: Pick<ReportLife, 'publicState'>): readonly WritingKind[] {
  return publicState === 'live' ? ['correct', 'emergency'] : ['publish', 'emergency'];
}

/** What a drafter submits: a revision he saw, for this act. */
export interface Submitting {
  readonly revision: number;
  readonly digest: string;
  readonly kind: WritingKind;
}

/**
 * Null when exactly the revision the drafter saw may be frozen for this act. Refuses what closes a report, kind_unfit
 * (kind, fit), nothing_to_submit, revision_not_latest (latest, base), content_changed, nothing_corrected.
 */
export function whyNoSubmission(life: ReportLife, seen: Submitting): Refusal | null {
  const closed = whyClosed(life);
  if (closed !== null) return closed;
  const fit = kindsFor(life);
  if (!fit.includes(seen.kind)) return refuse('kind_unfit', { kind: seen.kind, fit });
  if (life.headRevision === 0) return refuse('nothing_to_submit');
  if (seen.revision !== life.headRevision)
    return refuse('revision_not_latest', { latest: life.headRevision, base: seen.revision });
  if (seen.digest !== life.headDigest) return refuse('content_changed');
  return life.publicState === 'live' && life.headDigest === life.publicDigest ? refuse('nothing_corrected') : null;
}

/**
 * The round a submission opens: the next of the case that came back, or else the first of a fresh case. A fresh case for an
 * edition that was in sign-off before (cancelled, or asked for another act) goes on counting the edition's rounds.
 */
export function nextRound(life: ReportLife, kind: WritingKind, freshCase: string): Round {
  const isInHand = life.edition > life.publicEdition;
  const edition = isInHand ? life.edition : life.publicEdition + 1;
  const round = isInHand ? life.round + 1 : 1;
  const goesOn = isInHand && life.case !== null && life.kind === kind;
  return { case: goesOn && life.case !== null ? life.case : freshCase, round, edition };
}

/** News about the round in hand, or about another one. */
export interface RoundNews {
  readonly case: string;
  readonly round: number;
}

/**
 * The report after a leg ended a round without publication: returned by a signer, or draft again when the office took it
 * back. A cancelled case is over, whether it was in sign-off, back here, or on its way into the next round. Null when the news
 * is about another round, or the round goes on.
 */
export function afterEnd<R extends ReportLife>(life: R, ended: RoundNews & { readonly kind: RoundEnding }): R | null {
  if (life.case !== ended.case || life.state === 'live' || life.state === 'withdrawn') return null;
  if (ended.kind === 'cancelled')
    return ended.round <= life.round ? { ...life, state: 'draft', case: null, kind: null } : null;
  if (life.state !== 'submitted' || life.round !== ended.round || ended.kind === 'sent-back') return null;
  return { ...life, state: ended.kind === 'returned' ? 'returned' : 'draft' };
}

/** The report once the round in hand is public; `old` when that is known, `unexpected` when nobody submitted it. */
export function afterLive<R extends ReportLife>(
  life: R,
  live: RoundNews & { readonly edition: number },
): R | 'old' | 'unexpected' {
  if (live.edition <= life.publicEdition) return 'old';
  const isInHand = life.state === 'submitted' && life.case === live.case && life.round === live.round;
  if (!isInHand || life.edition !== live.edition) return 'unexpected';
  return { ...life, state: 'live', publicState: 'live', publicEdition: live.edition, publicDigest: life.headDigest };
}

/** The report once an edition was taken back. A text in hand stays in hand; null when that edition is not what is public. */
export function afterWithdrawal<R extends ReportLife>(life: R, edition: number): R | null {
  if (life.publicState !== 'live' || life.publicEdition !== edition) return null;
  return { ...life, publicState: 'withdrawn', state: life.state === 'live' ? 'withdrawn' : life.state };
}

/** The report with its next edition open for writing, under locks; what is public stays as it is. */
export function withNextEdition<R extends ReportLife>(life: R): R {
  return { ...life, state: 'draft', case: null, kind: null, lockedEdition: life.publicEdition + 1 };
}

/** True while the edition in hand may change only what is opened: it replaces what is public, and was begun when there were locks. */
export function isLocked({ state, publicState, publicEdition, lockedEdition }: ReportLife): boolean {
  return publicState === 'live' && state !== 'live' && lockedEdition === publicEdition + 1;
}
