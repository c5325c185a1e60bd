import { refuse, type Refusal } from '#domain/decision';
import { announce } from '#outbox/announce';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { Caller } from '#service-runtime/caller.guard';
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
export async function revokePasskey(tx: Tx, id: string, caller: Caller): Promise<StoredPasskey | Refusal> {
  const passkey = await lockPasskey(tx, id, caller.person);
  if (passkey === undefined) return refuse('not_found');
  if (passkey.revokedAt !== null) return refuse('passkey_over');
  const at = await databaseNow(tx);
  await endPasskey(tx, id, at);
  const { correlationId } = caller;
  await announce(tx, [{ type: 'gateway.passkey-revoked', stream: PASSKEY_STREAM, body: { id, at }, correlationId }]);
  return { ...passkey, revokedAt: at };
}
