import { randomUUID } from 'node:crypto';
import { putContent } from '#content-store/content-store';
import { subscribersOf } from '#contracts/routing';
import type { Digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import { type Checkpoint, signedCheckpoint } from '#evidence/checkpoint';
import type { InclusionProofs } from '#evidence/inclusion-proofs';
import {
  type Frontier,
  frontierOf,
  inclusionProof,
  nodesForConsistency,
  nodesForInclusion,
  nodesOfFrontier,
  rootOfFrontier,
} from '#evidence/merkle-tree';
import { NO_REPORT, writeEntry } from '#ledger/record-entry';
import { raiseAlarm } from '#outbox/alarm';
import { announce } from '#outbox/announce';
import type { Tx } from '#persistence/transaction';
import type { OutsideCopy } from '../checkpoints/checkpoint-folder.js';
import { type LogFault, standingOf, whyNotContained } from '../domain/log-check.js';
import { grow } from '../domain/log-growth.js';
import type { LogPorts } from '../log-ports.js';
import {
  type Arrival,
  checkpointsAbove,
  lockLog,
  logSize,
  nowOf,
  readNodes,
  saveCheckpoint,
  saveGrowth,
  takeArrivals,
} from '../persistence/log.repository.js';

/** All announcements of the log follow each other in one stream. */
const LOG_STREAM = '1ed6e600-0000-4000-8000-000000000001';
/** Leaves that get their places in one transaction; the rest follows in the next. */
const MOST_AT_ONCE = 1000;
const NOTE = 'text/plain; charset=utf-8';
const PROOFS = 'application/vnd.sunward.inclusion-proofs+json';

/** What one turn did. `more`: take another, once every head is copied out. */
export interface Turn {
  readonly fault: LogFault | null;
  readonly added: number;
  readonly more: boolean;
}

/**
 * One turn of the sequencer: proves that the log still is what was signed for, then gives what came in its places and signs the new head.
 * After a restore that an operator confirmed, an entry that names the last head of the old life comes first. A log that was rolled back
 * gets nothing more; its fault is answered and raises `log_rolled_back`. `outside`: the newest copy; while a head is not copied, none is signed.
 */
export async function sequenceLog(tx: Tx, outside: OutsideCopy | undefined, ports: LogPorts): Promise<Turn> {
  await lockLog(tx);
  const size = await logSize(tx);
  const copied = outside?.checkpoint.epoch === ports.epoch ? outside.checkpoint.size : 0;
  const uncopied = (await checkpointsAbove(tx, ports.epoch, copied)).length;
  const opened = copied + uncopied > 0;
  const fault = outside && (await faultOf(tx, size, outside.checkpoint, ports));
  const standing = standingOf(outside?.checkpoint, { epoch: ports.epoch, opened }, () => fault ?? null);
  if (standing.is === 'rolled-back') {
    await raiseAlarm(tx, 'log_rolled_back', { ...standing.fault });
    return { fault: standing.fault, added: 0, more: false };
  }
  if (outside === undefined && uncopied > 1) await raiseAlarm(tx, 'checkpoint_copies_lost', { size });
  if (uncopied > 0) return { fault: null, added: 0, more: true };
  const first = standing.is === 'restored' && outside ? [await restoreEntry(tx, size, outside, ports)] : [];
  const taken = await takeArrivals(tx, MOST_AT_ONCE);
  const arrivals = [...first, ...taken];
  if (arrivals.length > 0) await extend(tx, size, arrivals, ports);
  return { fault: null, added: arrivals.length, more: taken.length === MOST_AT_ONCE };
}

async function faultOf(tx: Tx, size: number, signed: Checkpoint, { crypto }: LogPorts): Promise<LogFault | null> {
  const contained = signed.size <= size;
  const wanted = [...nodesOfFrontier(size), ...(contained ? nodesForConsistency(signed.size, size) : [])];
  const read = await readNodes(tx, wanted);
  try {
    const root = rootOfFrontier(frontierOf(size, read), crypto);
    return whyNotContained(signed, { size, root }, read, crypto);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { fault: 'log_differs', signed: signed.size, found: size };
  }
}

/** The entry that tells everybody who reads the log: here its database was restored, and this is what had been signed before. */
async function restoreEntry(tx: Tx, size: number, outside: OutsideCopy, ports: LogPorts): Promise<Arrival> {
  const { checkpoint: signed, note } = outside;
  await raiseAlarm(tx, 'log_restored', { signed: signed.size, found: size });
  const leaf = await writeEntry(tx, ports, {
    report: NO_REPORT,
    case: null,
    actor: 'service:ledger',
    action: 'ledger.restore',
    outcome: 'accepted',
    digests: { checkpoint: ports.crypto.sha256(new TextEncoder().encode(note)) },
    body: { epoch: signed.epoch, signed: { size: signed.size, root: signed.root }, found: size },
    requestId: randomUUID(),
  });
  return { leaf, producer: 'ledger', proof: false };
}

async function extend(tx: Tx, size: number, arrivals: readonly Arrival[], ports: LogPorts): Promise<void> {
  const { crypto, epoch, key, signer } = ports;
  const frontier: Frontier = frontierOf(size, await readNodes(tx, nodesOfFrontier(size)));
  const leaves = arrivals.map(({ leaf }) => leaf);
  const growth = grow(frontier, leaves, crypto);
  await saveGrowth(tx, growth, arrivals);
  const now = await nowOf(tx);
  const head = { size: growth.size, root: growth.root };
  const checkpoint = { ...head, origin: key.origin, at: instant(now), epoch, extensions: [] };
  const note = signedCheckpoint(checkpoint, key, (bytes) => signer.sign(bytes), crypto);
  await saveCheckpoint(tx, { ...head, epoch, at: now, note });
  await tellHead(tx, head.size, note);
  const hears = subscribersOf('ledger.included');
  const wanted = arrivals.flatMap(({ leaf, producer, proof }, at) =>
    proof && hears.includes(producer) ? [{ leaf, index: size + at }] : [],
  );
  if (wanted.length > 0) await tellIncluded(tx, { size: head.size, note, wanted }, ports);
}

async function tellHead(tx: Tx, size: number, note: string): Promise<void> {
  const checkpoint = await putContent(tx, new TextEncoder().encode(note), NOTE);
  const body = { size, checkpoint };
  await announce(tx, [{ type: 'ledger.checkpointed', stream: LOG_STREAM, correlationId: randomUUID(), body }]);
}

interface Wanted {
  readonly size: number;
  readonly note: string;
  readonly wanted: readonly { readonly leaf: Digest; readonly index: number }[];
}

async function tellIncluded(tx: Tx, { size, note, wanted }: Wanted, { crypto }: LogPorts): Promise<void> {
  const read = await readNodes(
    tx,
    wanted.flatMap(({ index }) => nodesForInclusion(index, size)),
  );
  const document: InclusionProofs = {
    schema: 'sunward.inclusion-proofs/1',
    checkpoint: note,
    proofs: wanted.map((one) => ({ ...one, proof: inclusionProof(one.index, size, read, crypto) })),
  };
  const proofs = await putContent(tx, canonicalBytes(document), PROOFS);
  const body = { size, proofs };
  await announce(tx, [{ type: 'ledger.included', stream: LOG_STREAM, correlationId: randomUUID(), body }]);
}
