import type { Checkpoint } from '#evidence/checkpoint';
import type { EvidenceCrypto } from '#evidence/crypto';
import { consistencyProof, isConsistent, type NodeReader, type TreeHead } from '#evidence/merkle-tree';

/** Why the log in the database is not the one that was signed for. */
export type LogFault =
  | { readonly fault: 'log_smaller'; readonly signed: number; readonly found: number }
  | { readonly fault: 'log_differs'; readonly signed: number; readonly found: number };

/**
 * Null when the log still contains what its newest checkpoint outside the database states. `read` gives the stored subtrees; one it does not
 * have throws RangeError, and the log then differs.
 */
export function whyNotContained(
  signed: Pick<Checkpoint, 'size' | 'root'>,
  log: TreeHead,
  read: NodeReader,
  crypto: Pick<EvidenceCrypto, 'sha256'>,
): LogFault | null {
  const sizes = { signed: signed.size, found: log.size };
  if (log.size < signed.size) return { fault: 'log_smaller', ...sizes };
  let proof: readonly string[];
  try {
    proof = consistencyProof(signed.size, log.size, read, crypto);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { fault: 'log_differs', ...sizes };
  }
  return isConsistent(signed, log, proof, crypto) ? null : { fault: 'log_differs', ...sizes };
}

/** What is to be done before anything is sequenced, judged by the newest checkpoint outside the database. */
export type Standing =
  | { readonly is: 'sound' }
  /** An operator gave the installation a new epoch: the log says so before it goes on. */
  | { readonly is: 'restored'; readonly signed: Checkpoint }
  | { readonly is: 'rolled-back'; readonly fault: LogFault };

/**
 * How the log stands. `opened`: whether the log already has a checkpoint of this epoch. A log of another epoch than the newest checkpoint
 * was restored, and an operator has confirmed it, for nobody else renews the epoch.
 */
export function standingOf(
  signed: Checkpoint | undefined,
  present: { readonly epoch: string; readonly opened: boolean },
  fault: () => LogFault | null,
): Standing {
  if (signed === undefined) return { is: 'sound' };
  if (signed.epoch !== present.epoch) return present.opened ? { is: 'sound' } : { is: 'restored', signed };
  const found = fault();
  return found === null ? { is: 'sound' } : { is: 'rolled-back', fault: found };
}
