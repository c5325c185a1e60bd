import type { EvidenceCrypto, Signer } from '#evidence/crypto';
import type { LedgerPorts } from '#ledger/record-entry';
import type { Trust } from '#evidence/trust';

/** What the shell lends drafting's use cases. */
export interface DraftingPorts extends LedgerPorts {
  readonly signer: Signer;
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
}

/** Who asks, as the gateway vouches, and the thread his request belongs to. */
export interface Asker {
  readonly person: string;
  readonly correlationId: string;
}
