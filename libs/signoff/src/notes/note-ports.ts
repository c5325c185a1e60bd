import type { LegPorts } from '../leg-ports.js';

/** What the shell of a service lends the use cases of notes. */
export type NotePorts = Pick<LegPorts, 'service' | 'epoch' | 'crypto' | 'calendar'>;

/** Who asks, as the gateway vouches, for himself or for his principal, and the thread the request belongs to. */
export interface NoteAsker {
  readonly person: string;
  readonly onBehalfOf: string | null;
  readonly correlationId: string;
}
