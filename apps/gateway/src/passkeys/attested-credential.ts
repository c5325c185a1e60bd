import { verifyRegistrationResponse } from '@simplewebauthn/server';
import { cose, decodeAttestationObject, decodeCredentialPublicKey, isoBase64URL } from '@simplewebauthn/server/helpers';
import type { RegisterPasskey } from '#contracts/http/passkeys.api';
import { fromBase64Url } from '#evidence/base64url';
import { type PasskeyAlgorithm, type PasskeyKey, readPasskeyKey, writePasskeyKey } from '#evidence/passkey-key';

/** Where passkeys are made for: the relying party's id, and the one origin whose pages may ask for them. */
export interface RelyingParty {
  readonly rpId: string;
  readonly origin: string;
}

/** What an authenticator made. `synced`: its key can leave the device. */
export interface AttestedCredential {
  readonly algorithm: PasskeyAlgorithm;
  readonly synced: boolean;
}

/** COSE identifiers of the algorithms the verifier knows, preferred first. */
export const ALGORITHMS = [cose.COSEALG.ES256, cose.COSEALG.EdDSA, cose.COSEALG.RS256];
const UNCOMPRESSED = 0x04;

/** The registration does not check out; the message says why, for the log. */
export class NotAttested extends Error {
  override readonly name = 'NotAttested';
}

/**
 * Proves an authenticator's answer: to this challenge, on our own page, by a verified person, and for the very public key
 * and credential the request names, which is what the evidence goes by. Throws NotAttested.
 */
export async function attestedCredential(
  request: RegisterPasskey,
  challenge: string,
  { rpId, origin }: RelyingParty,
): Promise<AttestedCredential> {
  refuseCertificates(request.attestationObject);
  const info = await verified(request, challenge, { rpId, origin });
  const key = publicKeyOf(info.credential.publicKey);
  const named = fromBase64Url(request.publicKey);
  if (info.credential.id !== request.credential) throw new NotAttested('another credential than the one named');
  if (key === undefined || named === undefined || !Buffer.from(named).equals(writePasskeyKey(key)))
    throw new NotAttested('another public key than the one named');
  if (readPasskeyKey(named) === undefined) throw new NotAttested('a public key the verifier does not know');
  return { algorithm: key.algorithm, synced: info.credentialDeviceType === 'multiDevice' };
}

/** Nobody's certificates are asked for; looking up whether one is revoked would have the server call whom the certificate names. */
function refuseCertificates(attestationObject: string): void {
  let statement: Map<string, unknown>;
  try {
    const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
    statement = decoded.get('attStmt') as unknown as Map<string, unknown>;
  } catch (cause) {
    throw new NotAttested('the attestation cannot be read', { cause });
  }
  if (!(statement instanceof Map) || statement.has('x5c')) throw new NotAttested('an attestation with certificates');
}

type Info = NonNullable<Awaited<ReturnType<typeof verifyRegistrationResponse>>['registrationInfo']>;

async function verified(request: RegisterPasskey, challenge: string, { rpId, origin }: RelyingParty): Promise<Info> {
  const { credential: id, clientDataJSON, attestationObject } = request;
  try {
    const { registrationInfo, verified: good } = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, attestationObject },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!good || registrationInfo === undefined) throw new Error('not verified');
    return registrationInfo;
  } catch (cause) {
    throw new NotAttested(cause instanceof Error ? cause.message : 'not verified', { cause });
  }
}

/** A COSE key as the verifier has it; undefined for one it does not know. Source: RFC 9053 §7, RFC 8230 §4. */
function publicKeyOf(coseKey: Parameters<typeof decodeCredentialPublicKey>[0]): PasskeyKey | undefined {
  const key = decodeCredentialPublicKey(coseKey);
  if (cose.isCOSEPublicKeyEC2(key) && key.get(cose.COSEKEYS.crv) === cose.COSECRV.P256) {
    const bytes = [UNCOMPRESSED, ...(key.get(cose.COSEKEYS.x) ?? []), ...(key.get(cose.COSEKEYS.y) ?? [])];
    return sized('es256', Uint8Array.from(bytes));
  }
  if (cose.isCOSEPublicKeyOKP(key) && key.get(cose.COSEKEYS.crv) === cose.COSECRV.ED25519)
    return sized('eddsa', Uint8Array.from(key.get(cose.COSEKEYS.x) ?? []));
  if (!cose.isCOSEPublicKeyRSA(key)) return undefined;
  const exponent = Buffer.from(key.get(cose.COSEKEYS.e) ?? []).toString('hex');
  return exponent === '010001' ? sized('rs256', Uint8Array.from(key.get(cose.COSEKEYS.n) ?? [])) : undefined;
}

const KEY_BYTES: Readonly<Record<PasskeyAlgorithm, number>> = { es256: 65, eddsa: 32, rs256: 256 };
const sized = (algorithm: PasskeyAlgorithm, bytes: Uint8Array): PasskeyKey | undefined =>
  bytes.byteLength === KEY_BYTES[algorithm] ? { algorithm, bytes } : undefined;
