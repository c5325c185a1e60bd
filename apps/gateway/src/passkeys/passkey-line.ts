import type { z } from 'zod';
import type { Passkey } from '#contracts/http/passkeys.api';
import type { PasskeyAlgorithm } from '#evidence/passkey-key';
import type { RelyingParty } from './attested-credential.js';
import type { StoredPasskey } from './passkey.repository.js';

/** A passkey as its owner reads it. One made while the system had another address answers no challenge of this one. */
export function passkeyLine(passkey: StoredPasskey, { origin }: Pick<RelyingParty, 'origin'>): z.infer<typeof Passkey> {
  const { id, name, credential, algorithm, transports, synced, registeredAt, revokedAt, revocation } = passkey;
  return {
    passkey: id,
    name,
    credential,
    algorithm: algorithm as PasskeyAlgorithm,
    transports: [...transports],
    synced,
    registeredAt,
    revokedAt,
    revocation: revocation && { byName: revocation.byName, reason: revocation.reason },
    usable: revokedAt === null && passkey.origin === origin,
  };
}
