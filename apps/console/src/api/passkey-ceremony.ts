// What a page and an authenticator say to each other. Own base64url and no `toJSON`: the browsers of many offices are older than
// `PublicKeyCredential.parseCreationOptionsFromJSON`. Loaded when a passkey is about to be used.
import type { z } from 'zod';
import type { PasskeyOptions, RegisterPasskey } from '#contracts/http/passkeys.api';
import { CeremonyFailed, type CeremonyFlaw, type MyPasskeys, type PasskeyAnswer, usableOf } from './passkeys.js';

type Options = z.infer<typeof PasskeyOptions>;

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** What the exceptions of Web Authentication mean to a person. Source: Web Authentication Level 3, §5.1.3 and §5.1.4. */
const FLAWS: Readonly<Record<string, CeremonyFlaw>> = {
  NotAllowedError: 'given-up',
  AbortError: 'given-up',
  InvalidStateError: 'known-device',
  SecurityError: 'address',
};

async function ceremony(asking: Promise<Credential | null>): Promise<PublicKeyCredential> {
  let made: Credential | null;
  try {
    made = await asking;
  } catch (error) {
    throw new CeremonyFailed(FLAWS[(error as Error).name] ?? 'unable', error);
  }
  if (made === null) throw new CeremonyFailed('given-up', undefined);
  return made as PublicKeyCredential;
}

const listed = (credentials: readonly { readonly id: string; readonly transports?: unknown }[]) =>
  credentials.map(({ id, transports }) => ({
    type: 'public-key' as const,
    id: bytesOf(id),
    ...(Array.isArray(transports) ? { transports: transports as AuthenticatorTransport[] } : {}),
  }));

/** Has this device make a passkey by the gateway's options. Throws CeremonyFailed. */
export async function makePasskey(options: Options): Promise<RegisterPasskey> {
  const { challenge, user, excludeCredentials, ...rest } = options;
  const publicKey = {
    ...rest,
    challenge: bytesOf(challenge),
    user: { ...user, id: bytesOf(user.id) },
    excludeCredentials: listed(excludeCredentials),
  } as PublicKeyCredentialCreationOptions;
  const made = await ceremony(navigator.credentials.create({ publicKey }));
  const response = made.response as AuthenticatorAttestationResponse;
  const key = response.getPublicKey();
  if (key === null) throw new CeremonyFailed('unable', undefined);
  return {
    credential: made.id,
    publicKey: textOf(key),
    clientDataJSON: textOf(response.clientDataJSON),
    attestationObject: textOf(response.attestationObject),
    transports: response.getTransports(),
  };
}

/** Has one of the person's passkeys sign the challenge of a statement, after the device has checked who is there. Throws CeremonyFailed. */
export async function askPasskey(mine: MyPasskeys, challenge: string): Promise<PasskeyAnswer> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: bytesOf(challenge),
    rpId: mine.relyingParty.id,
    userVerification: 'required',
    allowCredentials: listed(usableOf(mine).map(({ credential, transports }) => ({ id: credential, transports }))),
  };
  const answered = await ceremony(navigator.credentials.get({ publicKey }));
  const response = answered.response as AuthenticatorAssertionResponse;
  return {
    credential: answered.id,
    authenticatorData: textOf(response.authenticatorData),
    clientDataJSON: textOf(response.clientDataJSON),
    signature: textOf(response.signature),
  };
}
