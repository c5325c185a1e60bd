import { generateRegistrationOptions, type PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { RefusalCode } from '#contracts/refusals';
import { refuse, type Refusal } from '#domain/decision';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { isFresh } from '../access/own-command.js';
import type { Session } from '../access/session.repository.js';
import { personOf } from '../read-model/lists.queries.js';
import { ALGORITHMS, type RelyingParty } from './attested-credential.js';
import { beginChallenge, passkeysOf } from './passkey.repository.js';

/** Passkeys a person may have at a time. */
export const MOST_PASSKEYS = 10;
/** How long an authenticator may take: searching for a key, then a PIN. */
const REGISTRATION_SECONDS = 300;
const PRODUCT = '向阳 Sunward';

/**
 * What the browser asks an authenticator for, in the session's one registration under way. The person must be verified, and
 * nobody asks what make the device is of. Refusals: step_up_required, passkey_too_many.
 */
export async function beginRegistration(
  tx: Tx,
  { id: session, person, stepUpAt }: Session,
  name: string,
  { rpId, origin }: RelyingParty,
): Promise<PublicKeyCredentialCreationOptionsJSON | Refusal<RefusalCode>> {
  if (!isFresh(stepUpAt, await databaseNow(tx))) return refuse('step_up_required');
  const usable = (await passkeysOf(tx, person)).filter((one) => one.revokedAt === null && one.origin === origin);
  if (usable.length >= MOST_PASSKEYS) return refuse('passkey_too_many', { most: MOST_PASSKEYS });
  const { name: displayName } = await personOf(tx, person);
  const options = await generateRegistrationOptions({
    rpName: PRODUCT,
    rpID: rpId,
    // Shown by the authenticator when it offers its passkeys; the id is random to everybody else.
    userID: new Uint8Array(Buffer.from(person.replaceAll('-', ''), 'hex')),
    userName: displayName,
    userDisplayName: displayName,
    timeout: REGISTRATION_SECONDS * 1000,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    excludeCredentials: usable.map(({ credential, transports }) => ({ id: credential, transports: [...transports] })),
    supportedAlgorithmIDs: ALGORITHMS,
  });
  await beginChallenge(tx, { session, challenge: options.challenge, name, seconds: REGISTRATION_SECONDS });
  return options;
}
