import { refuse, type Refusal } from '#domain/decision';

/** Where a report stands: being written, frozen in sign-off, sent back to the drafter, or public. */
export type ReportState = 'draft' | 'submitted' | 'returned' | 'live';

/** What decides what may be done with a report. `headRevision` 0: nothing saved yet. `round` 0: never submitted. */
export interface ReportLife {
  readonly state: ReportState;
  readonly headRevision: number;
  readonly headDigest: string | null;
  readonly case: string | null;
  readonly round: number;
  readonly edition: number;
}

/** How a leg ended; `sent-back` from the approval leg to the review leg goes on within the round. */
type RoundEnding = 'returned' | 'withdrawn' | 'recalled' | 'cancelled' | 'sent-back';

/** One round of sign-off: the case stays the same through all rounds of an edition. */
export interface Round {
  readonly case: string;
  readonly round: number;
  readonly edition: number;
}

type Closed = Refusal<'case_open' | 'already_live'>;

/** Null while the report may change; refuses case_open (case) in sign-off, already_live once public. */
function whyClosed(life: ReportLife): Closed | null {
  if (life.state === 'submitted') return refuse('case_open', { case: life.case });
  return life.state === 'live' ? refuse('already_live') : null;
}

/** Null when a revision may follow `base`. Refuses case_open, already_live, revision_not_latest (latest, base). */
export function whyNoRevision(life: ReportLife, base: number): Closed | Refusal<'revision_not_latest'> | null {
  const closed = whyClosed(life);
  if (closed !== null) return closed;
  return base === life.headRevision ? null : refuse('revision_not_latest', { latest: life.headRevision, base });
}

/**
 * Null when exactly the revision the drafter saw may be frozen. Refuses case_open, already_live, nothing_to_submit,
 * revision_not_latest (latest, base), content_changed.
 */
export function whyNoSubmission(
  life: ReportLife,
  seen: { readonly revision: number; readonly digest: string },
): Closed | Refusal<'nothing_to_submit' | 'revision_not_latest' | 'content_changed'> | null {
  const closed = whyClosed(life);
  if (closed !== null) return closed;
  if (life.headRevision === 0) return refuse('nothing_to_submit');
  if (seen.revision !== life.headRevision)
    return refuse('revision_not_latest', { latest: life.headRevision, base: seen.revision });
  return seen.digest === life.headDigest ? null : refuse('content_changed');
}

/** The round a submission opens: the first of a fresh case, or the next of the case that came back. */
export function nextRound(life: ReportLife, freshCase: string): Round {
  return life.case === null
    ? { case: freshCase, round: 1, edition: life.edition + 1 }
    : { case: life.case, round: life.round + 1, edition: life.edition };
}

/**
 * The state after a leg ended a round without publication: returned by a signer, or draft again when the office took it
 * back. Null when the news is about another round, the round goes on, or the report is not in sign-off any more.
 */
export function stateAfterEnd(
  life: ReportLife,
  ended: { readonly case: string; readonly round: number; readonly kind: RoundEnding },
): ReportState | null {
  if (life.state !== 'submitted' || life.case !== ended.case || life.round !== ended.round) return null;
  if (ended.kind === 'sent-back') return null;
  return ended.kind === 'returned' ? 'returned' : 'draft';
}
