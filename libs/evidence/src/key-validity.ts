import type { Trust, TrustedKey } from './trust.js';

/** After every entry there is: for what has no place in the log, only keys that never fell count. */
export const LOG_END = Number.POSITIVE_INFINITY;

/**
 * The anchors by which something sealed at entry `position` may have been signed. It was signed at some time before, so
 * a key that was retired meanwhile counts; one that began later, or was in other hands by then, does not.
 */
export function trustBefore(trust: Trust, position: number): Trust {
  return narrowed(trust, (key) => key.from <= position && !isLost(key, position));
}

/** The keys in use at entry `position`: with these it was sealed, and with these at the end of the log services sign now. */
export function trustAt(trust: Trust, position: number): Trust {
  const inUse = ({ until }: TrustedKey): boolean => until === null || position < until;
  return narrowed(trust, (key) => key.from <= position && inUse(key) && !isLost(key, position));
}

/** As if no key had ever been retired: who may have sealed what the log has no place for yet. Lost keys stay out. */
export function trustUnretired(trust: Trust): Trust {
  if (trust.schema === 'sunward.trust/1') return trust;
  const keys = trust.keys.filter(({ compromisedFrom }) => compromisedFrom === null);
  return { ...trust, keys: keys.map((key) => ({ ...key, until: null })) };
}

const isLost = ({ compromisedFrom }: TrustedKey, position: number): boolean =>
  compromisedFrom !== null && position >= compromisedFrom;

function narrowed(trust: Trust, counts: (key: TrustedKey) => boolean): Trust {
  return trust.schema === 'sunward.trust/1' ? trust : { ...trust, keys: trust.keys.filter(counts) };
}
