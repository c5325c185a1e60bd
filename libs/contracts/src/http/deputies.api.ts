import { z } from 'zod';
import { InstantField, OrganCode, RoleName, UuidField } from '../fields.js';

/** What a principal asks for: exactly these fields are part of the evidence. At most a year. */
export const GrantDeputy = z
  .strictObject({ agent: UuidField, role: RoleName, organ: OrganCode, from: InstantField, until: InstantField })
  .meta({ id: 'GrantDeputy' });
export type GrantDeputy = z.infer<typeof GrantDeputy>;

export const RevokeDeputy = z.strictObject({}).meta({ id: 'RevokeDeputy' });

/** A grant with the names the gateway keeps. `revokedAt` may lie ahead, when one of the two leaves. */
export const Deputy = z
  .object({
    deputy: UuidField,
    principal: UuidField,
    principalName: z.string(),
    agent: UuidField,
    agentName: z.string(),
    role: RoleName,
    organ: OrganCode,
    from: InstantField,
    until: InstantField,
    grantedAt: InstantField,
    revokedAt: InstantField.nullable(),
    state: z.enum(['coming', 'in-force', 'over', 'revoked']),
  })
  .meta({ id: 'Deputy' });
export const Deputies = z.object({ items: z.array(Deputy) }).meta({ id: 'Deputies' });
export const MyDeputies = z.object({ given: z.array(Deputy), received: z.array(Deputy) }).meta({ id: 'MyDeputies' });
export const Colleagues = z
  .object({ items: z.array(z.object({ person: UuidField, login: z.string(), name: z.string() })) })
  .meta({ id: 'Colleagues' });
