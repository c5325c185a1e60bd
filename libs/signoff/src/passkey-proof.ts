import { type Refusal, refuse } from '#domain/decision';
import type { Instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { DecisionStatement } from '#evidence/statements';
import { assertionDefect, counterOf, type PasskeyAssertion } from '#evidence/verify-passkey';
import type { CopiedPasskey } from './passkey-copy.repository.js';

/** What a passkey's answer is judged by: the passkey it claims to be from, as far as this service knows it. */
export interface PasskeyGround {
  readonly passkey: CopiedPasskey | undefined;
  readonly actor: string;
  readonly at: Instant;
  readonly crypto: EvidenceCrypto;
}

/**
 * Why a passkey's answer is no signature of this person under this statement; null when it is one. Refusals:
 * passkey_unknown, passkey_revoked, passkey_counter_back, and the codes of `assertionDefect`.
 */
export function passkeyRefusal(
  assertion: PasskeyAssertion,
  statement: DecisionStatement,
  { passkey, actor, at, crypto }: PasskeyGround,
): Refusal | null {
  if (passkey?.person !== actor || passkey.at > at) return refuse('passkey_unknown');
  const { revokedAt, counter: last } = passkey;
  if (revokedAt !== null) return refuse('passkey_revoked', { at: revokedAt });
  const wrong = assertionDefect(assertion, passkey, canonicalBytes(statement), 'passkey', crypto);
  if (wrong !== undefined) return refuse(wrong.defect);
  const counter = counterOf(assertion) ?? 0;
  return isCountedOn(counter, last) ? null : refuse('passkey_counter_back', { counter, last });
}

/** Those that do not count say 0 for ever; a count that does not go up is that of a copy. Source: Web Authentication Level 3, §6.1.1. */
export function isCountedOn(counter: number, last: number): boolean {
  return (counter === 0 && last === 0) || counter > last;
}
