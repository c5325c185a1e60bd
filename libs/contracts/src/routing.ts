import type { MessageBody, MessageType } from './catalogue.js';
import type { ServiceName } from './services.js';

/** Who must hear which message. The one table of contents of everything services say to each other. */
export const routing = {
  'gateway.directory-published': ['drafting', 'review', 'approval', 'publication'],
  'gateway.deputy-granted': ['review', 'approval', 'publication'],
  'gateway.deputy-revoked': ['review', 'approval', 'publication'],
  'gateway.passkey-registered': ['review', 'approval', 'publication'],
  'gateway.passkey-revoked': ['review', 'approval', 'publication'],
  'drafting.report-changed': ['gateway'],
  'drafting.edition-submitted': ['review', 'publication'],
  'drafting.ratification-changed': ['gateway'],
  'drafting.suggestion-accepted': ['review', 'approval'],
  'review.progressed': ['gateway'],
  'review.notice-requested': ['gateway', 'approval'],
  'review.cleared': ['approval'],
  'review.ended': ['drafting'],
  'review.suggestion-made': ['drafting'],
  'review.suggestion-closed': ['drafting'],
  'approval.progressed': ['gateway'],
  'approval.notice-requested': ['gateway', 'review'],
  'approval.granted': ['publication'],
  'approval.released': ['publication'],
  'approval.ended': ['drafting', 'review', 'publication'],
  'approval.suggestion-made': ['drafting'],
  'approval.suggestion-closed': ['drafting'],
  'publication.live': ['approval', 'drafting', 'gateway'],
  'publication.withdrawn': ['approval', 'drafting', 'gateway'],
  'publication.ratified': ['approval', 'drafting', 'gateway'],
  'publication.superseded': ['approval', 'drafting', 'gateway'],
  'publication.held': ['approval', 'gateway'],
  'approval.included': ['publication'],
  'gateway.entry-recorded': ['ledger'],
  'drafting.entry-recorded': ['ledger'],
  'review.entry-recorded': ['ledger'],
  'approval.entry-recorded': ['ledger'],
  'publication.entry-recorded': ['ledger'],
  'ledger.checkpointed': ['publication'],
  'ledger.included': ['approval'],
} as const satisfies { readonly [T in MessageType]: readonly ServiceName[] };

type Routing = typeof routing;

/** The message types a service must answer, derived from the table. */
export type InboundType<S extends ServiceName> = {
  [T in MessageType]: S extends Routing[T][number] ? T : never;
}[MessageType];

/** A message as a handler receives it: verified, parsed, in order within (producer, stream). */
export interface InboundMessage<T extends MessageType> {
  readonly id: string;
  readonly type: T;
  readonly stream: string;
  readonly seq: number;
  readonly occurredAt: string;
  readonly correlationId: string;
  readonly body: MessageBody<T>;
}

/** One handler for each message routed to `S`; leaving one out, or adding one not routed here, does not compile. */
export type InboundHandlers<S extends ServiceName, Handle> = {
  readonly [T in InboundType<S>]: (handle: Handle, message: InboundMessage<T>) => Promise<void>;
};

/** Subscribers of a message type. */
export function subscribersOf(type: MessageType): readonly ServiceName[] {
  return routing[type];
}

/** True of messages nobody waits for: they gather for a moment, so that one packet carries many. */
export function mayGather(type: MessageType): boolean {
  return subscribersOf(type).every((subscriber) => subscriber === 'ledger');
}

/**
 * Milliseconds between two packets to the one that only shows what it hears; 0 for the others. The first after a pause goes at once, so it is felt
 * only under load, where one packet then carries what many people did. (What goes to the log gathers for longer by itself.)
 */
export function leisureOf(subscriber: ServiceName): number {
  return subscriber === 'gateway' ? 400 : 0;
}

/** The service that may send a message type: its prefix. */
export function producerOf(type: MessageType): ServiceName {
  return type.slice(0, type.indexOf('.')) as ServiceName;
}
