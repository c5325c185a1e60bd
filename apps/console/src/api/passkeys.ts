import type { z } from 'zod';
import type { PasskeyAssertion, Passkeys } from '#contracts/http/passkeys.api';
import { read } from './send.js';

export type MyPasskeys = z.infer<typeof Passkeys>;
export type Passkey = MyPasskeys['items'][number];
export type PasskeyAnswer = PasskeyAssertion;

/** One's own passkeys, revoked ones too. Throws Refused and Unreachable. */
export const readPasskeys = (signal?: AbortSignal): Promise<MyPasskeys> => read<MyPasskeys>('/passkeys', signal);

export const usableOf = ({ items }: MyPasskeys): readonly Passkey[] => items.filter(({ usable }) => usable);

/**
 * Why a device made or used no passkey. `given-up`: turned away, waited too long, nobody recognised, or none of these passkeys
 * is there; browsers tell pages no more, so that no page learns which passkeys a device has.
 */
export type CeremonyFlaw = 'given-up' | 'known-device' | 'address' | 'unable';

/** A passkey was asked for and did not answer. Nothing was sent. */
export class CeremonyFailed extends Error {
  constructor(
    readonly flaw: CeremonyFlaw,
    cause: unknown,
  ) {
    super(flaw, { cause });
  }
}

/** Whether this page can ask for passkeys at all. */
export type PasskeySupport = 'ready' | 'no-browser' | 'other-address';

/** Passkeys belong to one address; a page opened at another, an IP address for instance, can neither make nor use them. */
export function passkeySupport({ relyingParty: { origin } }: MyPasskeys): PasskeySupport {
  if (location.origin !== origin) return 'other-address';
  return typeof PublicKeyCredential === 'function' ? 'ready' : 'no-browser';
}
