import { z } from 'zod';
import { DigestField, InstantField, OrganCode, RoleName, UuidField } from '../fields.js';

/** The directory (organs, persons, grants, routes) has a new version; the signed bytes are in the content store. */
export const DirectoryPublished = z.strictObject({ version: z.int().positive(), directory: DigestField });

/**
 * A principal lets an agent sign an office for him; `evidence` is his own request with the gateway's word for it, `version`
 * the directory by which he holds the office.
 */
export const DeputyGranted = z.strictObject({
  id: UuidField,
  principal: UuidField,
  agent: UuidField,
  role: RoleName,
  organ: OrganCode,
  from: InstantField,
  until: InstantField,
  version: z.int().positive(),
  evidence: DigestField,
});

/** From that time on the grant counts for nothing. */
export const DeputyRevoked = z.strictObject({ id: UuidField, at: InstantField });

/** A person registered a passkey; `evidence` is his own request with the gateway's word for it. */
export const PasskeyRegistered = z.strictObject({ id: UuidField, person: UuidField, evidence: DigestField });

/** From that time on nothing new can be signed with the passkey; what it signed stays signed. */
export const PasskeyRevoked = z.strictObject({ id: UuidField, at: InstantField });

export const gatewayMessages = {
  'gateway.directory-published': DirectoryPublished,
  'gateway.deputy-granted': DeputyGranted,
  'gateway.deputy-revoked': DeputyRevoked,
  'gateway.passkey-registered': PasskeyRegistered,
  'gateway.passkey-revoked': PasskeyRevoked,
} as const;
