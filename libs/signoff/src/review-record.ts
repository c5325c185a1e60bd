import type { Envelope } from '#evidence/dsse';

/** A decision as it travels: the signed statement, the gateway's proof of the sender, the raw request in base64. */
export interface TravellingDecision {
  readonly envelope: Envelope;
  readonly caller: Envelope;
  readonly body: string;
}

/** What the review leg hands on through the content store, as canonical JSON. */
export interface ReviewRecord {
  readonly schema: 'sunward.review-leg/1';
  readonly decisions: readonly TravellingDecision[];
  readonly dossier: Envelope;
}
