import type { Notice } from './notice.js';

/** A change of the directory that one administrator has proposed. */
export interface WaitingChange {
  readonly change: string;
  readonly proposedBy: string;
}

/** Tells every administrator but the one who proposed it that a change waits for a second signature. */
export function directoryNotices(
  changes: readonly WaitingChange[],
  administrators: readonly string[],
): readonly Notice[] {
  return changes.flatMap(({ change, proposedBy }) =>
    administrators
      .filter((person) => person !== proposedBy)
      .map((person) => ({
        person,
        kind: 'directory-change',
        topic: `directory:${change}`,
        mark: '',
        case: null,
        round: null,
        seat: null,
        stage: null,
        document: null,
        actor: proposedBy,
        dueAt: null,
      })),
  );
}
