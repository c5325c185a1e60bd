import type { CaseKind } from '#domain/case-kind';

/**
 * Where one round of one case stands with the public: `waiting` for the release, then `publishing` until proved. An edition
 * is `live` then, and later `superseded` by a higher one or `withdrawn`; an act on an edition is `done`. `passed`: it came
 * too late and changed nothing.
 */
export type JobState =
  'waiting' | 'publishing' | 'live' | 'superseded' | 'withdrawn' | 'done' | 'passed' | 'held' | 'dropped';

/** States in which a round's effect was proved by a receipt; nothing said later changes them. */
const PROVED: readonly JobState[] = ['live', 'superseded', 'withdrawn', 'done', 'passed'];

/** What every message says about the round it speaks of. */
export interface Round {
  readonly case: string;
  readonly round: number;
  readonly document: string;
  readonly edition: number;
  readonly content: string;
}

/** One round as publication knows it. `organ`, `year` and `kind` stay null until drafting's message or the verified bundle names them. */
export interface PublicationJob extends Round {
  readonly organ: string | null;
  readonly year: number | null;
  readonly kind: CaseKind | null;
  readonly bundle: string | null;
  readonly state: JobState;
  /** Stable code of why it is held, or of the last failed attempt. */
  readonly defect: string | null;
}

/** What a message does to a job: messages of different services arrive in any order, so each may be the first. */
export type JobMessage =
  | { readonly kind: 'submitted'; readonly organ: string; readonly year: number; readonly act: CaseKind }
  | { readonly kind: 'granted' | 'released'; readonly bundle: string }
  | { readonly kind: 'ended' }
  /** Back to an earlier stage of the same round: what is approved in the end is still this round. */
  | { readonly kind: 'sent-back' };

/** All transitions a message can cause. A contradiction holds the job: it is never published until a person looked at it. */
export function afterMessage(job: PublicationJob | undefined, round: Round, message: JobMessage): PublicationJob {
  const known: PublicationJob = job ?? {
    ...round,
    organ: null,
    year: null,
    kind: null,
    bundle: null,
    state: 'waiting',
    defect: null,
  };
  if (!sameRound(known, round)) return hold(known, 'round_contradicted');
  switch (message.kind) {
    case 'submitted':
      return {
        ...known,
        organ: known.organ ?? message.organ,
        year: known.year ?? message.year,
        kind: known.kind ?? message.act,
      };
    case 'granted':
      return noteBundle(known, message.bundle);
    case 'released':
      return release(noteBundle(known, message.bundle));
    case 'sent-back':
      return known;
    default:
      return known.state === 'waiting' ? { ...known, state: 'dropped' } : known;
  }
}

/** Seconds until the next attempt after `attempts` failed ones: 0.2, 0.4 … at most 60. */
export function retrySeconds(attempts: number): number {
  return Math.min(60, 0.2 * 2 ** Math.min(Math.max(attempts, 1) - 1, 16));
}

function sameRound(job: Round, round: Round): boolean {
  return job.document === round.document && job.edition === round.edition && job.content === round.content;
}

function noteBundle(job: PublicationJob, bundle: string): PublicationJob {
  if (job.bundle === null) return { ...job, bundle };
  return job.bundle === bundle ? job : hold(job, 'bundle_contradicted');
}

function release(job: PublicationJob): PublicationJob {
  if (job.state === 'waiting') return { ...job, state: 'publishing' };
  return job.state === 'dropped' ? hold(job, 'released_after_end') : job;
}

// What took effect was proved on its own; a later contradiction is the sender's and takes nothing down.
function hold(job: PublicationJob, defect: string): PublicationJob {
  return PROVED.includes(job.state) ? job : { ...job, state: 'held', defect };
}
