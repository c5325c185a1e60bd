import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { WorkCalendar } from '#domain/work-calendar';
import type { EvidenceCrypto, Signer } from '#evidence/crypto';
import type { Envelope } from '#evidence/dsse';
import type { Trust } from '#evidence/trust';
import type { LedgerPorts } from '#ledger/record-entry';
import type { Tx } from '#persistence/transaction';
import type { LockedLeg } from './stored-leg.js';

/** What the shell of a service lends a use case. */
export interface LegPorts extends Pick<LedgerPorts, 'service' | 'epoch'> {
  readonly signer: Signer;
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
  readonly calendar: WorkCalendar;
}

/** A person whose request the gateway vouches for, with the proof of it: the assertion and the request's raw body. */
export interface ProvenPerson {
  readonly person: string;
  readonly stepUpAt: Instant | null;
  readonly correlationId: string;
  readonly envelope: Envelope;
  readonly rawBody: Uint8Array;
}

/**
 * Makes what a leg hands on when its last signature is in (the review leg's dossier, the approval leg's bundle),
 * stores it, and answers its digest. Runs in the transaction of that signature; `leg` already has it.
 */
export type CompleteLeg = (tx: Tx, leg: LockedLeg, ports: LegPorts) => Promise<Digest>;
