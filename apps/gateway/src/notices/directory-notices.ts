import type { Notice } from './notice.js';

/** A change of the directory that waits for an administrator's own signature. */
export interface WaitingChange {
  readonly proposal: string;
  readonly proposedBy: string;
  readonly awaits: string;
  /** How many signatures it has: the same administrator may be asked twice. */
  readonly signatures: number;
}

/** Tells the administrator whose signature a change waits for. */
export function directoryNotices(changes: readonly WaitingChange[]): readonly Notice[] {
  return changes.map(({ proposal, proposedBy, awaits, signatures }) => ({
    person: awaits,
    kind: 'directory-change',
    topic: `directory:${proposal}`,
    mark: String(signatures),
    case: null,
    round: null,
    seat: null,
    stage: null,
    document: null,
    actor: proposedBy,
    dueAt: null,
  }));
}
