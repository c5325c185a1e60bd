/**
 * What a job holds: the packet's exact bytes as text, and the Ed25519 signature over their pre-authentication encoding.
 * Text, because the Postgres backend stores JSON and would reorder the keys of an object.
 */
export interface SignedPacket {
  readonly payload: string;
  readonly keyid: string;
  readonly sig: string;
}

/** The one job name; what a job is about stands in the signed packet. */
export const PACKET_JOB = 'packet';
