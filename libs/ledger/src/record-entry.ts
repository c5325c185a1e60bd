import { subscribersOf } from '#contracts/routing';
import type { ServiceName } from '#contracts/services';
import type { Digest } from '#domain/identifiers';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { entryBytes, nextEntry } from '#evidence/ledger-entry';
import { leafHash } from '#evidence/merkle-tree';
import { announce } from '#outbox/announce';
import type { Tx } from '#persistence/transaction';
import { appendEntry, lockHead } from './ledger.repository.js';

/** What recording needs of the shell. `epoch`: the one this process read at its start. */
export interface LedgerPorts {
  readonly service: ServiceName;
  readonly crypto: Pick<EvidenceCrypto, 'sha256'>;
  readonly epoch: string;
}

/** Where acts on nothing known are kept: a case that is not found, a sign-in, the directory. */
export const NO_REPORT = '00000000-0000-0000-0000-000000000000';

/** Accepted, where it is not the code of a refusal. */
export const ACCEPTED = 'accepted';

/** A command and what became of it, as the service that decided it knows. */
export interface RecordedAct {
  /** Id of the report it is about, or `NO_REPORT`. */
  readonly report: string;
  readonly case: string | null;
  /** Id of the person, or `service:<name>` where none acted. */
  readonly actor: string;
  readonly onBehalfOf?: string | undefined;
  /** Name of the command, e.g. `review.sign`. */
  readonly action: string;
  /** `accepted`, or the code of the refusal. */
  readonly outcome: string;
  /** What was acted on or with. `events` is taken by the body. */
  readonly digests?: Readonly<Record<string, Digest>>;
  /** What happened, e.g. the list of domain events. The only place for what people wrote: it is kept beside the entry, by its digest. */
  readonly body?: object | null;
  readonly requestId: string;
}

/**
 * Writes the entry of a command in its transaction, tells the log its hash and nothing more, and answers it. The report's chain is locked
 * until the transaction ends. Throws when the entry cannot be written, and then nothing may be done either: no entry, no action.
 */
export async function recordEntry(tx: Tx, ports: LedgerPorts, act: RecordedAct): Promise<Digest> {
  const { service } = ports;
  if (service === 'ledger') throw new RangeError('the log writes its own entries down itself');
  const leaf = await writeEntry(tx, ports, act);
  // What names a bundle is the act that completed it: its proof goes out with the evidence.
  const completes = act.outcome === ACCEPTED && act.digests?.['bundle'] !== undefined;
  const proof = completes && subscribersOf('ledger.included').includes(service);
  const news = { stream: act.report, correlationId: act.requestId, body: { leaf, proof } };
  await announce(tx, [{ type: `${service}.entry-recorded`, ...news }]);
  return leaf;
}

/** Writes an entry without telling the log: for the log itself, which puts it in its place in the same transaction. */
export async function writeEntry(tx: Tx, ports: LedgerPorts, act: RecordedAct): Promise<Digest> {
  const { crypto, epoch } = ports;
  const { body = null, digests = {}, onBehalfOf, ...facts } = act;
  const head = await lockHead(tx, act.report);
  const happened = body === null ? null : canonicalBytes(body);
  const events = happened && crypto.sha256(happened);
  const entry = nextEntry(head.last, {
    ...facts,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    digests: events === null ? digests : { ...digests, events },
    epoch,
    at: head.now,
  });
  const bytes = entryBytes(entry);
  const hash = leafHash(bytes, crypto);
  const stored = { report: entry.report, seq: entry.seq, at: entry.at, hash, bytes };
  await appendEntry(tx, stored, happened && { digest: events!, bytes: happened });
  return hash;
}
