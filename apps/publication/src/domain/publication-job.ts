/** Where one round of one case stands with the public: `waiting` for the release, then `publishing` until proved `live`. */
export type JobState = 'waiting' | 'publishing' | 'live' | 'superseded' | 'held' | 'dropped';

/** What every message says about the round it speaks of. */
export interface Round {
  readonly case: string;
  readonly round: number;
  readonly document: string;
  readonly edition: number;
  readonly content: string;
}

/** One round as publication knows it. `organ` and `year` stay null until drafting's message or the verified bundle names them. */
export interface PublicationJob extends Round {
  readonly organ: string | null;
  readonly year: number | null;
  readonly bundle: string | null;
  readonly state: JobState;
  /** Stable code of why it is held, or of the last failed attempt. */
  readonly defect: string | null;
}

/** What a message does to a job: messages of different services arrive in any order, so each may be the first. */
export type JobMessage =
  | { readonly kind: 'submitted'; readonly organ: string; readonly year: number }
  | { readonly kind: 'granted' | 'released'; readonly bundle: string }
  | { readonly kind: 'ended' };

/** All transitions a message can cause. A contradiction holds the job: it is never published until a person looked at it. */
export function afterMessage(job: PublicationJob | undefined, round: Round, message: JobMessage): PublicationJob {
  const known: PublicationJob = job ?? {
    ...round,
    organ: null,
    year: null,
    bundle: null,
    state: 'waiting',
    defect: null,
  };
  if (!sameRound(known, round)) return hold(known, 'round_contradicted');
  switch (message.kind) {
    case 'submitted':
      return { ...known, organ: known.organ ?? message.organ, year: known.year ?? message.year };
    case 'granted':
      return noteBundle(known, message.bundle);
    case 'released':
      return release(noteBundle(known, message.bundle));
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

// What is live was proved on its own; a later contradiction is the sender's and takes nothing down.
function hold(job: PublicationJob, defect: string): PublicationJob {
  return job.state === 'live' || job.state === 'superseded' ? job : { ...job, state: 'held', defect };
}
