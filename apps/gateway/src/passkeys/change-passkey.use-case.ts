import type { RevokePasskeyOf } from '#contracts/http/passkeys.api';
import type { RefusalCode } from '#contracts/refusals';
import { refuse, type Refusal } from '#domain/decision';
import { announce } from '#outbox/announce';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { Caller } from '#service-runtime/caller.guard';
import { tell } from '../notices/tell.js';
import { endPasskey, lockPasskey, renamePasskey, type StoredPasskey } from './passkey.repository.js';
import { PASSKEY_STREAM } from './register-passkey.use-case.js';

/** Calls one's own passkey something else. Refuses not_found, also for another's. */
export async function namePasskey(
  tx: Tx,
  { id, name }: { readonly id: string; readonly name: string },
  { person }: Caller,
): Promise<StoredPasskey | Refusal> {
  const passkey = await lockPasskey(tx, id, person);
  if (passkey === undefined) return refuse('not_found');
  await renamePasskey(tx, id, name);
  return { ...passkey, name };
}

/**
 * Ends one's own passkey, from now on: what it signed stays signed, and nothing new is. Refusals: not_found (also when it
 * is another's), passkey_over.
 */
export const revokePasskey = (tx: Tx, id: string, caller: Caller): Promise<StoredPasskey | Refusal> =>
  end(tx, { id, owner: caller.person, by: null, reason: null }, caller);

/**
 * An administrator ends somebody else's passkey, which that person is told. Refusals: own_passkey, not_found (also when it is not
 * that person's), passkey_over.
 */
export async function revokePasskeyOf(
  tx: Tx,
  { person, passkeyId, reason }: RevokePasskeyOf,
  caller: Caller,
): Promise<StoredPasskey | Refusal<RefusalCode>> {
  if (person === caller.person) return refuse('own_passkey');
  return end(tx, { id: passkeyId, owner: person, by: caller.person, reason }, caller);
}

interface End {
  readonly id: string;
  readonly owner: string;
  readonly by: string | null;
  readonly reason: string | null;
}

async function end(
  tx: Tx,
  { id, owner, by, reason }: End,
  { correlationId }: Caller,
): Promise<StoredPasskey | Refusal<'not_found' | 'passkey_over'>> {
  const passkey = await lockPasskey(tx, id, owner);
  if (passkey === undefined) return refuse('not_found');
  if (passkey.revokedAt !== null) return refuse('passkey_over');
  const at = await databaseNow(tx);
  const ended = await endPasskey(tx, id, { at, by, reason });
  await announce(tx, [{ type: 'gateway.passkey-revoked', stream: PASSKEY_STREAM, body: { id, at }, correlationId }]);
  tell(tx, { passkeysOf: owner });
  return ended;
}
