import { type Defect, defect } from './defect.js';
import { laterForm } from './key-changes.js';
import type { Trust, TrustedKey } from './trust.js';

/**
 * Why a trust file must not take the place of the one held, in a process that goes on; undefined when it may. Both must have proved their changes
 * themselves (`provenTrust`). It may when it begins with the same first keys and the same site, and tells every change the held one tells, in the same
 * order: then each of its keys was agreed to by keys that were trusted already. A key without a signed change is taken from nobody, not even one of a
 * holder who came with a later release, and no change is forgotten again, for that would bring a lost key back. Whoever means another ground of trust
 * starts the process anew. Defects: trust_unrelated, trust_shortened.
 */
export function continuityDefect(held: Trust, next: Trust): Defect | undefined {
  const [before, after] = [laterForm(held), laterForm(next)];
  if (before.site !== after.site) return defect('trust_unrelated', 'trust.site', `${after.site}, not ${before.site}`);
  const [known, told] = [firstKeys(before.keys), firstKeys(after.keys)];
  const other = [...told].find((key) => !known.has(key)) ?? [...known].find((key) => !told.has(key));
  if (other !== undefined) return defect('trust_unrelated', 'trust.keys', `not the same first key: ${other}`);
  const lost = before.changes.findIndex(({ payload }, index) => after.changes[index]?.payload !== payload);
  return lost === -1
    ? undefined
    : defect('trust_shortened', `trust.changes[${lost}]`, 'a change that was known is missing');
}

/** The keys that were there before every change. */
function firstKeys(keys: readonly TrustedKey[]): ReadonlySet<string> {
  const first = keys.filter(({ from }) => from === 0);
  return new Set(first.map(({ holder, purpose, publicKey }) => `${holder} ${purpose} ${publicKey}`));
}
