import type { EvidenceCrypto } from '#evidence/crypto';
import type { LedgerPorts } from '#ledger/record-entry';

/** What the shell of a service lends the use cases of notes. */
export interface NotePorts extends LedgerPorts {
  readonly crypto: EvidenceCrypto;
}

/** Who asks, as the gateway vouches, and the thread the request belongs to. */
export interface NoteAsker {
  readonly person: string;
  readonly correlationId: string;
}
