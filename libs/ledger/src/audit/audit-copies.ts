import type { Checkpoint } from '#evidence/checkpoint';
import type { EvidenceCrypto } from '#evidence/crypto';
import { type Defect, isDefect } from '#evidence/defect';
import { uuid } from '#evidence/shape';
import type { Ask } from './batches.js';
import type { FaultList } from './fault-list.js';

/** Opens a checkpoint by the key the log had then. */
export type OpenNote = (note: string) => Checkpoint | Defect;

/** Lines of the checkpoints outside the database, in order; undefined for one that is no JSON string. */
export type CopyLines = AsyncIterable<string | undefined> | Iterable<string | undefined>;

/**
 * Where the log was restored, as its own entries say: what was signed in the life before for more than `size` leaves was given up, and an
 * operator confirmed it. `checkpoint`: digest of the last note of that life.
 */
export interface Restore {
  readonly size: number;
  readonly checkpoint: string;
}

/** Up to which size the signed heads of each life before this one still hold. */
type GivenUp = ReadonlyMap<string | null, number>;

/** A signed head that is outside the database and not in it, to be held against the tree itself. */
export interface LostHead {
  readonly epoch: string | null;
  readonly size: number;
  readonly root: string;
}

/** What the copies say: which heads of the database have one, which have none there, and what was given up. */
export interface Copies {
  readonly count: number;
  readonly lost: readonly LostHead[];
  readonly given: GivenUp;
  has(epoch: string, size: number): boolean;
}

const AT_ONCE = 500;
const KNOWN = `SELECT c.epoch, c.size FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS copy (epoch, size, note)
  JOIN ledger.log_checkpoint c ON c.epoch = copy.epoch AND c.size = copy.size AND c.note = copy.note`;

/** Reads every copy once and finds its head in the database. Of a copy that is there, memory keeps a bit. */
export async function readCopies(
  ask: Ask,
  lines: CopyLines,
  {
    restores,
    openNote,
    crypto,
  }: { restores: readonly Restore[]; openNote: OpenNote; crypto: Pick<EvidenceCrypto, 'sha256'> },
  faults: FaultList,
): Promise<Copies> {
  const known = new SizesByEpoch();
  const lost: LostHead[] = [];
  const given = new Map<string | null, number>();
  let count = 0;
  let waiting: { note: string; checkpoint: Checkpoint }[] = [];
  const look = async (): Promise<void> => {
    const named = waiting.filter(({ checkpoint }) => uuid(checkpoint.epoch, 'epoch') === undefined);
    const found = await ask<{ epoch: string; size: number }>(KNOWN, [
      named.map(({ checkpoint }) => checkpoint.epoch),
      named.map(({ checkpoint }) => checkpoint.size),
      named.map(({ note }) => note),
    ]);
    for (const { epoch, size } of found) known.add(epoch, size);
    for (const { checkpoint: { epoch, size, root } } of waiting)
      if (epoch === null || !known.has(epoch, size)) lost.push({ epoch, size, root });
    waiting = [];
  }; // prettier-ignore
  for await (const note of lines) {
    count += 1;
    const checkpoint = note === undefined ? undefined : openNote(note);
    if (note === undefined || checkpoint === undefined || isDefect(checkpoint)) {
      faults.add('copy_unreadable', 'copies', `${count}`);
      continue;
    }
    const digest = restores.length === 0 ? '' : crypto.sha256(new TextEncoder().encode(note));
    const restore = restores.find((one) => one.checkpoint === digest);
    if (restore !== undefined) given.set(checkpoint.epoch, restore.size);
    waiting.push({ note, checkpoint });
    if (waiting.length === AT_ONCE) await look();
  }
  await look();
  return { count, lost, given, has: (epoch, size) => known.has(epoch, size) };
}

/** A bit for each size of each life: heads are as many as entries where little happens. */
class SizesByEpoch {
  readonly #bits = new Map<string, Uint8Array>();

  add(epoch: string, size: number): void {
    let bits = this.#bits.get(epoch) ?? new Uint8Array(1024);
    if (size >>> 3 >= bits.length) {
      const grown = new Uint8Array(2 * (size >>> 3) + 1);
      grown.set(bits);
      bits = grown;
    }
    bits[size >>> 3]! |= 1 << (size & 7);
    this.#bits.set(epoch, bits);
  }

  has(epoch: string, size: number): boolean {
    return ((this.#bits.get(epoch)?.[size >>> 3] ?? 0) & (1 << (size & 7))) !== 0;
  }
}

/** Whether a head still binds: what an operator gave up with a restore does not. */
export function binds({ epoch, size }: Pick<LostHead, 'epoch' | 'size'>, given: GivenUp): boolean {
  return size <= (given.get(epoch) ?? Number.POSITIVE_INFINITY);
}
