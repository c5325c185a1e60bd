import type { Instant } from '#domain/instant';
import type { EvidenceCrypto } from '#evidence/crypto';
import { isDefect } from '#evidence/defect';
import {
  binds,
  type Copies,
  type CopyLines,
  type LostHead,
  type OpenNote,
  readCopies,
  type Restore,
} from './audit-copies.js';
import { auditTree } from './audit-tree.js';
import { type Ask, batchesOf } from './batches.js';
import type { FaultList } from './fault-list.js';

/** What waits this long for its place, its signature or its copy is not on its way any more. */
export const PATIENCE_MS = 60_000;

/** What an audit of the log stands on beside the database. `now`: database time. */
export interface LogAudit {
  readonly copies: CopyLines;
  readonly now: Instant;
  readonly restores: readonly Restore[];
  readonly openNote: OpenNote;
  readonly crypto: Pick<EvidenceCrypto, 'sha256'>;
}

interface HeadRow {
  readonly epoch: string;
  readonly size: number;
  readonly root: string;
  readonly at: Date;
  readonly note: string;
}

const HEADS = 'SELECT epoch, size, root, at, note FROM ledger.log_checkpoint ORDER BY size';
const headName = ({ epoch, size }: Pick<LostHead, 'epoch' | 'size'>): string => `${epoch}/${size}`;

/**
 * Finds every fault in the log itself: leaves, subtrees, signed heads, and their copies outside the database. Heads are held against the tree as it
 * grows past their size, so neither is ever held as a whole. Answers how many leaves and copies there are.
 */
export async function auditLog(
  ask: Ask,
  about: LogAudit,
  faults: FaultList,
): Promise<{ leaves: number; copies: number }> {
  const { now, openNote, crypto } = about;
  const copies = await readCopies(ask, about.copies, about, faults);
  const heads = new HeadsInOrder(ask);
  const roots = new Map<number, string | undefined>(copies.lost.map(({ size }) => [size, undefined]));
  let signed = 0;
  const judge = (row: HeadRow, root: (() => string) | null): void => {
    signed = Math.max(signed, row.size);
    if (isAltered(row, openNote)) return faults.add('checkpoint_altered', 'ledger', headName(row));
    if (!copies.has(row.epoch, row.size) && Date.parse(now) - row.at.getTime() > PATIENCE_MS)
      faults.add('checkpoint_not_copied', 'ledger', headName(row));
    if (!binds(row, copies.given)) return;
    if (root === null) return faults.add('log_truncated', 'ledger', headName(row));
    if (root() !== row.root) faults.add('checkpoint_differs', 'ledger', headName(row));
  };
  const tree = await auditTree(ask, crypto, faults, async (size, root) => {
    if (roots.has(size)) roots.set(size, root());
    for (let row = await heads.upTo(size); row !== undefined; row = await heads.upTo(size)) judge(row, root);
  });
  for (
    let row = await heads.upTo(Number.POSITIVE_INFINITY);
    row !== undefined;
    row = await heads.upTo(Number.POSITIVE_INFINITY)
  )
    judge(row, null);
  if (tree.end > signed) faults.add('leaf_unsigned', 'ledger', `${tree.end - 1}`);
  nameLost(copies, tree.size, roots, faults);
  return { leaves: tree.end, copies: copies.count };
}

function isAltered(row: HeadRow, openNote: OpenNote): boolean {
  const said = openNote(row.note);
  return (
    isDefect(said) ||
    said.size !== row.size ||
    said.root !== row.root ||
    said.epoch !== row.epoch ||
    said.at !== row.at.toISOString()
  );
}

/** Heads that exist outside only: the tree still has what they state, and they were removed; or it has not, and it was cut off or rewritten. */
function nameLost(
  { lost, given }: Copies,
  size: number,
  roots: ReadonlyMap<number, string | undefined>,
  faults: FaultList,
): void {
  for (const head of lost) {
    if (!binds(head, given)) continue;
    if (head.size > size) faults.add('log_truncated', 'copies', headName(head));
    else if (roots.get(head.size) !== head.root) faults.add('checkpoint_differs', 'copies', headName(head));
    else faults.add('checkpoint_missing', 'ledger', headName(head));
  }
}

/** Signed heads of the database by their size, smallest first. */
class HeadsInOrder {
  readonly #batches: AsyncGenerator<HeadRow[]>;
  #rows: HeadRow[] = [];
  #at = 0;
  #done = false;

  constructor(ask: Ask) {
    this.#batches = batchesOf<HeadRow>(ask, 'heads', HEADS);
  }

  /** The next one, when it is of no more than this size. */
  async upTo(size: number): Promise<HeadRow | undefined> {
    if (this.#at === this.#rows.length && !this.#done) {
      const { value, done } = await this.#batches.next();
      this.#done = done === true;
      this.#rows = done === true ? [] : value;
      this.#at = 0;
    }
    const row = this.#rows[this.#at];
    if (row === undefined || row.size > size) return undefined;
    this.#at += 1;
    return row;
  }
}
