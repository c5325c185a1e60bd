import { describe, expect, it } from '@jest/globals';
import { catalogue, type MessageType } from './catalogue.js';
import { type InboundHandlers, producerOf, routing, subscribersOf } from './routing.js';
import { SERVICES } from './services.js';

const types = Object.keys(catalogue) as MessageType[];

describe('the routing table', () => {
  it('routes every message of the catalogue to at least one service, and nothing else', () => {
    expect(Object.keys(routing).toSorted()).toEqual(types.toSorted());
    for (const type of types) expect(subscribersOf(type).length).toBeGreaterThan(0);
  });

  it.each(types)('%s is sent by its owner and never to its owner', (type) => {
    expect(SERVICES).toContain(producerOf(type));
    expect(subscribersOf(type)).not.toContain(producerOf(type));
  });

  it('does not compile when a handler is missing or too many', () => {
    const handler = async (): Promise<void> => {};
    const complete: InboundHandlers<'review', null> = {
      'gateway.directory-published': handler,
      'gateway.deputy-granted': handler,
      'gateway.deputy-revoked': handler,
      'gateway.passkey-registered': handler,
      'gateway.passkey-revoked': handler,
      'drafting.edition-submitted': handler,
      'approval.ended': handler,
      'approval.notice-requested': handler,
      'drafting.suggestion-accepted': handler,
    };
    // @ts-expect-error approval.ended is routed to review and must be answered
    const missing: InboundHandlers<'review', null> = {
      'gateway.directory-published': handler,
      'gateway.deputy-granted': handler,
      'gateway.deputy-revoked': handler,
      'gateway.passkey-registered': handler,
      'gateway.passkey-revoked': handler,
      'drafting.edition-submitted': handler,
      'approval.notice-requested': handler,
      'drafting.suggestion-accepted': handler,
    };
    const surplus: InboundHandlers<'review', null> = {
      ...complete,
      // @ts-expect-error publication.live is not routed to review
      'publication.live': handler,
    };
    expect(Object.keys(complete)).toHaveLength(9);
    expect(Object.keys(missing)).toHaveLength(8);
    expect(Object.keys(surplus)).toHaveLength(10);
  });
});
