import { runInTransaction, type Tx } from '#persistence/transaction';
import { findPointer } from '../persistence/live-pointer.repository.js';
import { findJob, lockDocument, type StoredJob } from '../persistence/publication-job.repository.js';
import type { SiteAddress } from '../site/site-folder.js';
import type { PublishPorts } from './attempt.js';

type Named = Pick<StoredJob, 'document' | 'case' | 'round'>;

/**
 * Points addresses at a tree while the rows still say so. The document's lock is held until the links stand, so that a slow
 * publisher or a sweep that looked a moment ago never has the last word about an edition replaced or withdrawn meanwhile.
 * False, and nothing was linked, when the rows say otherwise by now.
 */
export function linkWhile(
  { db, folder }: PublishPorts,
  { document }: Named,
  addresses: readonly SiteAddress[],
  tree: string,
  holds: (tx: Tx) => Promise<boolean>,
): Promise<boolean> {
  return runInTransaction(db, async (tx) => {
    await lockDocument(tx, document);
    if (!(await holds(tx))) return false;
    await Promise.all(addresses.map((address) => folder.link(address, tree)));
    return true;
  });
}

/** True while a round is what the document's address says. */
export async function isPointedAt(tx: Tx, job: Named): Promise<boolean> {
  const pointer = await findPointer(tx, job.document);
  return pointer?.case === job.case && pointer.round === job.round;
}

/**
 * True while a round's files may stand at an address: its own while it is public, the report's while it is pointed at. `tree`: these files and no others,
 * or whoever read an older state of the round would put back what its page said before.
 */
export async function mayStand(tx: Tx, job: Named, { edition }: SiteAddress, tree?: string): Promise<boolean> {
  const now = await findJob(tx, job.case, job.round);
  if (tree !== undefined && now?.pageTree !== tree) return false;
  const isPublic = now?.state === 'live' || now?.state === 'superseded';
  const isWithdrawal = now?.state === 'done' && now.kind === 'withdraw';
  if (!isPublic && !isWithdrawal) return false;
  return edition !== null || isPointedAt(tx, job);
}
