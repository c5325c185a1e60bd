import { fromBase64 } from './base64.js';
import type { Sent } from './bundle.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import { openStatement } from './open-statement.js';
import { mismatch } from './same-statement.js';
import { listOf, record, text } from './shape.js';
import type { PasskeyStatement } from './statements.js';
import { serviceKeys, type Trust } from './trust.js';

/** The request by which a person registers a passkey; its path at the gateway. */
export const PASSKEY_PATH = '/passkeys';

/** The password must have been entered at most this long before the registration. */
const STEP_UP_SECONDS = 300;

const request = record({
  credential: text,
  publicKey: text,
  clientDataJSON: text,
  attestationObject: text,
  transports: listOf(text),
});

/**
 * Whose passkey it is, and since when: the gateway's word for the person's own request, sent with a fresh password. Neither
 * the key of another service nor a row of the gateway can bring a passkey into being. Defects: passkey_registration (the
 * gateway did not sign this), passkey_unregistered (nothing proves that the person sent it).
 */
export function verifyPasskeyRegistration(
  registration: Sent,
  where: string,
  { trust, crypto }: { readonly trust: Trust; readonly crypto: EvidenceCrypto },
): PasskeyStatement | Defect {
  const keys = serviceKeys(trust, 'gateway', crypto);
  const opened = openStatement('passkey', registration.envelope, keys, crypto);
  if (isDefect(opened)) return defect('passkey_registration', where, `${opened.defect}: ${opened.detail}`);
  const { statement } = opened;
  const caller = openStatement('caller', registration.caller, keys, crypto);
  if (isDefect(caller)) return defect('passkey_unregistered', `${where}.caller`, `${caller.defect}: ${caller.detail}`);
  const body = fromBase64(registration.body);
  const sent = body && readRequest(body);
  if (!body || !sent) return defect('passkey_unregistered', `${where}.body`, 'not a request to register a passkey');
  const { person, credential, publicKey, at } = statement;
  const wanted = { person, audience: 'gateway', method: 'POST', path: PASSKEY_PATH, body: crypto.sha256(body) };
  const wrong =
    mismatch('passkey_unregistered', `${where}.caller`, caller.statement, wanted) ??
    mismatch('passkey_unregistered', `${where}.body`, sent, { credential, publicKey });
  if (wrong) return wrong;
  const { stepUpAt } = caller.statement;
  const seconds = stepUpAt === null ? Number.NaN : (Date.parse(at) - Date.parse(stepUpAt)) / 1000;
  return Math.abs(seconds) <= STEP_UP_SECONDS
    ? statement
    : defect('passkey_unregistered', `${where}.caller.stepUpAt`, `the password was entered ${seconds} s before`);
}

function readRequest(body: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return request(value, 'body') === undefined ? (value as object) : undefined;
  } catch {
    return undefined;
  }
}
