import { z } from 'zod';
import { Base64UrlField, InstantField, PlainText, UuidField } from '../fields.js';

/** A credential id is at most 1023 bytes. Source: Web Authentication Level 3, §4. */
const CredentialId = Base64UrlField(1364);
const Transport = z.string().max(20);
const Name = PlainText(1, 40);

/** What the person calls it ("办公室的钥匙"); never part of any evidence. */
export const NamePasskey = z.strictObject({ name: Name }).meta({ id: 'NamePasskey' });

/**
 * What `navigator.credentials.create({ publicKey })` is given, after `PublicKeyCredential.parseCreationOptionsFromJSON`.
 * Good for five minutes and for one registration of this session. Source: Web Authentication Level 3, §5.4.
 */
export const PasskeyOptions = z
  .looseObject({
    challenge: z.string(),
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
    timeout: z.int(),
    excludeCredentials: z.array(z.looseObject({ id: z.string() })),
    attestation: z.literal('none'),
  })
  .meta({ id: 'PasskeyOptions' });

/**
 * Registers what the authenticator made: of `credential.toJSON()` exactly `id`, `response.publicKey`,
 * `response.clientDataJSON`, `response.attestationObject` and `response.transports`. This request, byte for byte, is the
 * evidence that the person registered the passkey himself, and is public wherever he signs with it.
 */
export const RegisterPasskey = z
  .strictObject({
    credential: CredentialId,
    publicKey: Base64UrlField(1000),
    clientDataJSON: Base64UrlField(4000),
    attestationObject: Base64UrlField(16_000),
    transports: z.array(Transport).max(8),
  })
  .meta({ id: 'RegisterPasskey' });
export type RegisterPasskey = z.infer<typeof RegisterPasskey>;

export const RevokePasskey = z.strictObject({}).meta({ id: 'RevokePasskey' });

/**
 * An administrator revokes somebody else's passkey: a lost phone, a leaver. The reason is kept with it, and told to its owner. All
 * of it is in the request, so that the ledger holds whose passkey it was.
 */
export const RevokePasskeyOf = z
  .strictObject({ person: UuidField, passkeyId: UuidField, reason: PlainText(2, 500) })
  .meta({ id: 'RevokePasskeyOf' });
export type RevokePasskeyOf = z.infer<typeof RevokePasskeyOf>;

/** `revocation`: the administrator who revoked it, by name, and why; null where its owner did. `synced`: its key can leave the device it was made on. `usable`: neither revoked nor made for another address of this system. */
export const Passkey = z
  .object({
    passkey: UuidField,
    name: z.string(),
    credential: CredentialId,
    algorithm: z.enum(['es256', 'eddsa', 'rs256']),
    transports: z.array(Transport),
    synced: z.boolean(),
    registeredAt: InstantField,
    revokedAt: InstantField.nullable(),
    revocation: z.object({ byName: z.string(), reason: z.string() }).nullable(),
    usable: z.boolean(),
  })
  .meta({ id: 'Passkey' });

/**
 * One's own passkeys, newest first. To sign with one, give `navigator.credentials.get({ publicKey })` the challenge of the
 * case's `signable` seat, `rpId: relyingParty.id`, `userVerification: 'required'` and as `allowCredentials` those that are
 * usable, and send the answer as `passkey` of `SignSeat`.
 */
export const Passkeys = z
  .object({ relyingParty: z.object({ id: z.string(), origin: z.string() }), items: z.array(Passkey) })
  .meta({ id: 'Passkeys' });

/** Somebody's passkeys as an administrator sees them, newest first. */
export const PasskeysOf = z.object({ items: z.array(Passkey) }).meta({ id: 'PasskeysOf' });

/**
 * What a passkey answered to the challenge of a seat: of `credential.toJSON()` the `id` and from `response` the
 * `authenticatorData`, `clientDataJSON` and `signature`. No user handle.
 */
export const PasskeyAssertion = z
  .strictObject({
    credential: CredentialId,
    authenticatorData: Base64UrlField(2000),
    clientDataJSON: Base64UrlField(4000),
    signature: Base64UrlField(1000),
  })
  .meta({ id: 'PasskeyAssertion' });
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;
