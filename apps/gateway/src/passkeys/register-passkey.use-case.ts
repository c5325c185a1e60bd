import { randomUUID } from 'node:crypto';
import { putContent } from '#content-store/content-store';
import type { RegisterPasskey } from '#contracts/http/passkeys.api';
import { refuse, type Refusal } from '#domain/decision';
import { toBase64 } from '#evidence/base64';
import type { Sent } from '#evidence/bundle';
import { canonicalBytes } from '#evidence/canonical';
import type { Signer } from '#evidence/crypto';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { PasskeyStatement } from '#evidence/statements';
import { announce } from '#outbox/announce';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { Caller } from '#service-runtime/caller.guard';
import type { Log } from '#service-runtime/log';
import { isFresh } from '../access/own-command.js';
import { tell } from '../notices/tell.js';
import { attestedCredential, NotAttested, type RelyingParty } from './attested-credential.js';
import { MOST_PASSKEYS } from './begin-registration.use-case.js';
import {
  insertPasskey,
  isRegistered,
  lockPasskeysOf,
  passkeysOf,
  type StoredPasskey,
  takeChallenge,
} from './passkey.repository.js';

/** Every passkey and its end is one link of one stream, so that nobody hears of an end before its beginning. */
export const PASSKEY_STREAM = '5d0d1ec7-0000-4000-8000-000000000003';
/** A request with the proof of who sent it, as canonical JSON. */
const SENT_MEDIA_TYPE = 'application/vnd.sunward.sent+json';

export interface PasskeyPorts {
  readonly signer: Signer;
  readonly relyingParty: RelyingParty;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * A person registers what an authenticator made for him. What the services go by is the gateway's signed word for his own
 * request, kept with it. Refusals: step_up_required, passkey_not_asked, passkey_not_accepted, passkey_exists,
 * passkey_too_many.
 */
export async function registerPasskey(
  tx: Tx,
  request: RegisterPasskey,
  caller: Caller,
  { signer, relyingParty, log }: PasskeyPorts,
): Promise<StoredPasskey | Refusal> {
  const { person } = caller;
  await lockPasskeysOf(tx, person);
  const asked = await takeChallenge(tx, caller.session);
  if (asked === undefined) return refuse('passkey_not_asked');
  const made = await attested(request, asked.challenge, relyingParty);
  if (made instanceof NotAttested) {
    log.warn('passkey_not_accepted', { person, reason: made.message });
    return refuse('passkey_not_accepted');
  }
  if (await isRegistered(tx, request.credential)) return refuse('passkey_exists');
  const standing = (await passkeysOf(tx, person)).filter(
    ({ revokedAt, origin }) => revokedAt === null && origin === relyingParty.origin,
  );
  if (standing.length >= MOST_PASSKEYS) return refuse('passkey_too_many', { most: MOST_PASSKEYS });
  const at = await databaseNow(tx);
  // Asked again at the very time the statement bears: it is what the verifier will compare with.
  if (!isFresh(caller.stepUpAt, at)) return refuse('step_up_required');

  const { credential, publicKey, transports } = request;
  const statement: PasskeyStatement = { id: randomUUID(), person, credential, publicKey, ...relyingParty, at };
  const evidence = await putContent(tx, canonicalBytes(sentWith(statement, caller, signer)), SENT_MEDIA_TYPE);
  const { id } = statement;
  const { origin } = relyingParty;
  const stored = { id, person, name: asked.name, credential, origin, transports, ...made, evidence, registeredAt: at };
  await insertPasskey(tx, stored);
  const body = { id, person, evidence };
  const { correlationId } = caller;
  await announce(tx, [{ type: 'gateway.passkey-registered', stream: PASSKEY_STREAM, body, correlationId }]);
  tell(tx, { passkeysOf: person });
  return { ...stored, revokedAt: null, revocation: null };
}

function sentWith(statement: PasskeyStatement, caller: Caller, signer: Signer): Sent {
  const envelope = sealEnvelope(PAYLOAD_TYPES.passkey, statement, [signer]);
  return { envelope, caller: caller.envelope, body: toBase64(caller.rawBody) };
}

async function attested(
  ...given: Parameters<typeof attestedCredential>
): Promise<Awaited<ReturnType<typeof attestedCredential>> | NotAttested> {
  try {
    return await attestedCredential(...given);
  } catch (error) {
    if (error instanceof NotAttested) return error;
    throw error;
  }
}
