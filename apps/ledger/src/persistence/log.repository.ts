import type { ServiceName } from '#contracts/services';
import { type Digest, digest } from '#domain/identifiers';
import type { Checkpoint } from '#evidence/checkpoint';
import type { NodeReader, TreeNode } from '#evidence/merkle-tree';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { Growth } from '../domain/log-growth.js';

/** An entry's hash as it came in. */
export interface Arrival {
  readonly leaf: Digest;
  readonly producer: ServiceName;
  readonly proof: boolean;
}

/** A signed head as it is stored. */
export type StoredCheckpoint = Pick<Checkpoint, 'size' | 'root'> & {
  readonly epoch: string;
  readonly at: Date;
  readonly note: string;
};

/** One process at a time gives out places in the log. */
export async function lockLog(tx: Tx): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtext('sunward:log'))`);
}

/** Keeps hashes until they have their places, in the order given; one that is known changes nothing. */
export async function addArrivals(tx: Tx, arrivals: readonly Arrival[]): Promise<void> {
  await rows(
    tx,
    `INSERT INTO log_arrival (hash, producer, proof)
     SELECT came.hash, came.producer, came.proof
     FROM unnest($1::text[], $2::text[], $3::boolean[]) WITH ORDINALITY AS came (hash, producer, proof, place)
     WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.hash = came.hash) ORDER BY came.place ON CONFLICT DO NOTHING`,
    [arrivals.map(({ leaf }) => leaf), arrivals.map(({ producer }) => producer), arrivals.map(({ proof }) => proof)],
  );
}

/** Takes what came in, at most `most`, in order of arrival; without what has a place already. Run under `lockLog`. */
export async function takeArrivals(tx: Tx, most: number): Promise<Arrival[]> {
  return rows<Arrival>(
    tx,
    `WITH taken AS (
       DELETE FROM log_arrival WHERE hash IN (SELECT hash FROM log_arrival ORDER BY position LIMIT $1)
       RETURNING hash, position, producer, proof)
     SELECT hash AS leaf, producer, proof FROM taken
     WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.hash = taken.hash) ORDER BY position`,
    [most],
  );
}

/** How many leaves the log has. */
export async function logSize(handle: Handle): Promise<number> {
  return (await row<{ size: number }>(handle, 'SELECT coalesce(max(index) + 1, 0) AS size FROM log_leaf'))?.size ?? 0;
}

/** Reads stored subtrees at once; the reader throws RangeError for one that is not there. */
export async function readNodes(handle: Handle, nodes: readonly TreeNode[]): Promise<NodeReader> {
  const found = await rows<TreeNode & { readonly hash: string }>(
    handle,
    `SELECT n.level, n.index, n.hash FROM log_node n
       JOIN unnest($1::int[], $2::int[]) AS wanted (level, index) ON (n.level, n.index) = (wanted.level, wanted.index)
     UNION ALL SELECT 0, l.index, l.hash FROM log_leaf l
       JOIN unnest($1::int[], $2::int[]) AS wanted (level, index) ON wanted.level = 0 AND l.index = wanted.index`,
    [nodes.map(({ level }) => level), nodes.map(({ index }) => index)],
  );
  const hashes = new Map(found.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  return (level, index) => {
    const hash = hashes.get(`${level}/${index}`);
    if (hash === undefined) throw new RangeError(`the log has no subtree ${index} at level ${level}`);
    return digest(hash);
  };
}

/** Stores leaves, in their places, and the subtrees they completed. */
export async function saveGrowth(tx: Tx, { leaves, nodes }: Growth, arrivals: readonly Arrival[]): Promise<void> {
  await rows(
    tx,
    'INSERT INTO log_leaf (index, hash, producer) SELECT leaf.index, leaf.hash, leaf.producer FROM unnest($1::int[], $2::text[], $3::text[]) AS leaf (index, hash, producer)',
    [leaves.map(({ index }) => index), leaves.map(({ hash }) => hash), arrivals.map(({ producer }) => producer)],
  );
  await rows(
    tx,
    'INSERT INTO log_node (level, index, hash) SELECT node.level, node.index, node.hash FROM unnest($1::int[], $2::int[], $3::text[]) AS node (level, index, hash)',
    [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => hash)],
  );
}

/** Stores a signed head. */
export async function saveCheckpoint(tx: Tx, { epoch, size, root, at, note }: StoredCheckpoint): Promise<void> {
  await rows(tx, 'INSERT INTO log_checkpoint (epoch, size, root, at, note) VALUES ($1, $2, $3, $4, $5)', [
    epoch,
    size,
    root,
    at,
    note,
  ]);
}

/** The signed heads of an epoch above a size, smallest first. */
export async function checkpointsAbove(handle: Handle, epoch: string, size: number): Promise<StoredCheckpoint[]> {
  return rows<StoredCheckpoint>(
    handle,
    'SELECT epoch, size, root, at, note FROM log_checkpoint WHERE epoch = $1 AND size > $2 ORDER BY size',
    [epoch, size],
  );
}

/** The database's time, whole milliseconds, as signed heads state it. */
export async function nowOf(tx: Tx): Promise<Date> {
  const found = await row<{ now: Date }>(tx, `SELECT date_trunc('milliseconds', clock_timestamp()) AS now`);
  if (found === undefined) throw new Error('the database told no time');
  return found.now;
}
