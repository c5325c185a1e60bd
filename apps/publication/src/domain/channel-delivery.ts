import type { CaseKind } from '#domain/case-kind';

/**
 * Where one edition stands with one channel. `waiting`: not there yet, for whatever reason; `prepared`: made ready for a person
 * to post; `delivered`: proved there by a receipt; `superseded`: a later act made it needless before it arrived; `dropped`: the
 * round was given up before it was public.
 */
export type DeliveryState = 'waiting' | 'prepared' | 'delivered' | 'superseded' | 'dropped';

/**
 * What may happen to a delivery. `overtaken`: a later act on the report is public, and this one did not arrive before; `given-up`: its own
 * round never was; `laid-out-anew`: the same edition has other files now, also because its page says that there is a newer one.
 */
export type DeliveryEvent =
  'took' | 'prepared' | 'posted' | 'failed' | 'retry' | 'overtaken' | 'given-up' | 'laid-out-anew';

const TABLE: Readonly<Record<DeliveryState, Partial<Record<DeliveryEvent, DeliveryState>>>> = {
  waiting: {
    took: 'delivered',
    prepared: 'prepared',
    failed: 'waiting',
    retry: 'waiting',
    overtaken: 'superseded',
    'given-up': 'dropped',
  },
  prepared: { posted: 'delivered', overtaken: 'superseded' },
  delivered: { 'laid-out-anew': 'waiting' },
  // What was on its way when it was overtaken has arrived all the same, and its receipt says so.
  superseded: { took: 'delivered' },
  dropped: {},
};

/** The state after an event, or null when the event cannot happen in that state. The whole law of a delivery. */
export function afterDelivery(state: DeliveryState, event: DeliveryEvent): DeliveryState | null {
  return TABLE[state][event] ?? null;
}

/** States in which an event can happen: what a statement that makes it happen asks for. */
export function statesFor(event: DeliveryEvent): readonly DeliveryState[] {
  return (Object.keys(TABLE) as DeliveryState[]).filter((state) => TABLE[state][event] !== undefined);
}

const FIRST_SECONDS = 5;
const MOST_SECONDS = 3600;

/**
 * Seconds until the next attempt after `attempts` failed ones: 5, 10, 20 … at most an hour, of which a random part of up to a
 * half is left off, so that what failed together is not tried together. `random`: 0 (inclusive) to 1.
 */
export function deliveryRetrySeconds(attempts: number, random: number): number {
  const whole = Math.min(MOST_SECONDS, FIRST_SECONDS * 2 ** Math.min(Math.max(attempts, 1) - 1, 16));
  return whole * (1 - random / 2);
}

/** What a channel does with the report's place at its target. */
export type DeliveryAct = 'show' | 'withdraw';

/** The act of a case that moves the public address; null for one that moves nothing. */
export function deliveryAct(kind: CaseKind): DeliveryAct | null {
  if (kind === 'ratify') return null;
  return kind === 'withdraw' ? 'withdraw' : 'show';
}
