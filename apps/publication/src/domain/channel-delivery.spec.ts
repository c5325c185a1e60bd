import { describe, expect, it } from '@jest/globals';
import {
  afterDelivery,
  deliveryAct,
  type DeliveryEvent,
  deliveryRetrySeconds,
  type DeliveryState,
  statesFor,
} from './channel-delivery.js';

const STATES: readonly DeliveryState[] = ['waiting', 'prepared', 'delivered', 'superseded', 'dropped'];
const EVENTS: readonly DeliveryEvent[] = [
  'took',
  'prepared',
  'posted',
  'failed',
  'retry',
  'overtaken',
  'given-up',
  'laid-out-anew',
];
/** Every state by every event in that order; `-` cannot happen. */
const LAW: Readonly<Record<DeliveryState, string>> = {
  waiting: 'delivered prepared - waiting waiting superseded dropped -',
  prepared: '- - delivered - - superseded - -',
  delivered: '- - - - - - - waiting',
  superseded: 'delivered - - - - - - -',
  dropped: '- - - - - - - -',
};

describe('a delivery', () => {
  it.each(STATES)('that is %s goes on as the table says and no other way', (state) => {
    expect(EVENTS.map((event) => afterDelivery(state, event) ?? '-').join(' ')).toBe(LAW[state]);
  });

  it('is never sent again once it is there, unless its files were laid out anew', () => {
    expect(EVENTS.filter((event) => afterDelivery('delivered', event) !== null)).toEqual(['laid-out-anew']);
  });

  it('can be changed by a statement only in the states the table lists', () => {
    expect(statesFor('took')).toEqual(['waiting', 'superseded']);
    expect(statesFor('overtaken')).toEqual(['waiting', 'prepared']);
    expect(statesFor('posted')).toEqual(['prepared']);
  });

  it.each([
    ['publish', 'show'],
    ['correct', 'show'],
    ['emergency', 'show'],
    ['withdraw', 'withdraw'],
    ['ratify', null],
  ] as const)('of a case to %s: %s', (kind, act) => expect(deliveryAct(kind)).toBe(act));
});

describe('the wait after a failed attempt', () => {
  it.each([
    [1, 5],
    [2, 10],
    [5, 80],
    [10, 2560],
    [11, 3600],
    [1_000_000, 3600],
  ])('doubles up to an hour: attempt %i, %i s', (attempts, seconds) => {
    expect(deliveryRetrySeconds(attempts, 0)).toBe(seconds);
  });

  it('is shortened at random by at most a half, so that no two channels beat in time', () => {
    for (const random of [0, 0.25, 0.5, 0.999]) {
      const waits = deliveryRetrySeconds(4, random);
      expect(waits).toBeGreaterThan(20 - 0.1);
      expect(waits).toBeLessThanOrEqual(40);
    }
    expect(new Set([0, 0.25, 0.5, 0.75].map((random) => deliveryRetrySeconds(4, random))).size).toBe(4);
  });
});
