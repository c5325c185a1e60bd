import { z } from 'zod';
import { Leg, OrganCode, RoleName, StageId } from '../fields.js';

/** A slot of a stage: an office (`organ` "self" is the organ whose report it is) . */
const Slot = z.strictObject({ role: RoleName, organ: z.union([z.literal('self'), OrganCode]) });

export const RouteStage = z.strictObject({
  id: StageId,
  leg: Leg,
  name: z.string().min(1).max(40),
  meaning: z.string().min(1).max(300),
  need: z.union([z.literal('all'), z.int().positive()]),
  ordered: z.boolean(),
  grade: z.enum(['attested', 'passkey']),
  dueWorkingDays: z.int().nonnegative(),
  slots: z.array(Slot).min(1).max(20),
});

/** A sign-off route as administrators write it. `undoSeconds` is the time recall stays possible after the last signature. */
export const RouteDefinition = z.strictObject({
  name: z.string().min(1).max(80),
  appliesTo: z.union([z.literal('*'), z.array(OrganCode).min(1)]),
  undoSeconds: z.int().nonnegative().max(86_400),
  stages: z.array(RouteStage).min(2).max(20),
});

/** The first state of an installation: organs, people with their offices, routes. Names never leave the gateway. */
export const DistrictDefinition = z
  .strictObject({
    organs: z
      .array(
        z.strictObject({
          code: OrganCode,
          name: z.string().min(2).max(80),
          level: z.enum(['township', 'department', 'county', 'city', 'province']),
          parent: OrganCode.nullable(),
        }),
      )
      .min(1)
      .max(5000),
    people: z
      .array(
        z.strictObject({
          login: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,62}$/),
          name: z.string().min(1).max(80),
          administrator: z.boolean().default(false),
          grants: z.array(z.strictObject({ role: RoleName, organ: OrganCode })).max(50),
        }),
      )
      .min(2)
      .max(20_000),
    routes: z.array(RouteDefinition).min(1).max(100),
  })
  .meta({ id: 'DistrictDefinition' });
export type DistrictDefinition = z.infer<typeof DistrictDefinition>;

/** Answered once, at set-up: the first password of every account. */
export const Accounts = z
  .object({
    accounts: z.array(
      z.object({
        login: z.string(),
        name: z.string(),
        password: z.string(),
        grants: z.array(z.object({ role: RoleName, organ: OrganCode })),
      }),
    ),
  })
  .meta({ id: 'Accounts' });
