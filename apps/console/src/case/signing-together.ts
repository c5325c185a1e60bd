import type { InboxItem, LegCase, Signable } from '../api/answers.js';
import type { PasskeyAnswer } from '../api/passkeys.js';
import { read, Refused } from '../api/send.js';
import type { Act } from './receipts.js';

/** A case that waits, with what one would sign of it; `why` it cannot be signed with others. */
export interface Readiness {
  readonly item: InboxItem;
  readonly signable: Signable | null;
  readonly why: 'look' | 'checklist' | 'gone' | null;
}

/** One that can be signed with others. */
export interface Ready extends Readiness {
  readonly signable: Signable;
}

export const isReady = (one: Readiness): one is Ready => one.signable !== null;

/** Which of the cases that wait were looked at as they are now and ask for nothing but the signature. */
export async function readReady(items: readonly InboxItem[], signal?: AbortSignal): Promise<readonly Readiness[]> {
  return Promise.all(
    items.map(async (item) => {
      try {
        return readinessOf(item, await read<LegCase>(`/${item.leg}-cases/${item.case}`, signal));
      } catch (error) {
        if (error instanceof Refused) return { item, signable: null, why: 'gone' as const };
        throw error;
      }
    }),
  );
}

/** What has to be gone through item by item is signed by itself; so is what one has not opened. */
export function readinessOf(item: InboxItem, { signable, viewed }: Pick<LegCase, 'signable' | 'viewed'>): Readiness {
  const own = signable.find(({ seat, onBehalfOf }) => seat === item.seat && onBehalfOf === null);
  if (own === undefined) return { item, signable: null, why: 'gone' };
  if (own.checklist.length > 0) return { item, signable: null, why: 'checklist' };
  return viewed === null ? { item, signable: null, why: 'look' } : { item, signable: own, why: null };
}

/** One request with a signature for each, over its own statement, under one proof by password. */
export function signTogether(picked: readonly Ready[]): Act {
  const items = picked.map((one) => itemOf(one));
  return { path: '/signatures', body: { items }, receipt: null, needsProof: true };
}

/** The same for one of them, for which a passkey answered: it signs one statement at a gesture. */
export const signByPasskey = (one: Ready, passkey: PasskeyAnswer): Act => ({
  path: '/signatures',
  body: { items: [{ ...itemOf(one), passkey }] },
  receipt: null,
});

const itemOf = ({ item: { leg, case: caseId, seat }, signable }: Ready): object => ({
  leg,
  case: caseId,
  seat,
  statement: signable.digest,
  onBehalfOf: null,
  checked: [],
});
