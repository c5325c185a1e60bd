import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { Leg, OrganCode, RoleName, StageId } from '../fields.js';

/** Sign-in name of a person: how definitions and changes of the directory name people. */
export const Login = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,62}$/, 'sign-in name: a–z, 0–9, dot, hyphen, underscore');
export const OrganLevel = z.enum(['township', 'department', 'county', 'city', 'province']);
const OrganName = z.string().min(2).max(80);
const PersonName = z.string().min(1).max(80);

const Office = z.strictObject({ role: RoleName, organ: z.union([z.literal('self'), OrganCode]) });

/** A slot of a stage: an office (`organ` "self" is the organ whose report it is), `person` the only one who may take it. */
const Slot = Office.extend({ person: Login.nullable().default(null) });

/**
 * A stage as administrators write it. Without `duty`, a stage of a secrecy reviewer has the duty of secrecy review.
 * `escalation`: the office that may sign as well once the stage is overdue.
 */
export const RouteStage = z.strictObject({
  id: StageId,
  leg: Leg,
  name: z.string().min(1).max(40),
  meaning: z.string().min(1).max(300),
  need: z.union([z.literal('all'), z.int().positive()]),
  ordered: z.boolean(),
  grade: z.enum(['attested', 'passkey']),
  dueWorkingDays: z.int().nonnegative().max(60),
  slots: z.array(Slot).min(1).max(20),
  checklist: z
    .array(z.strictObject({ id: StageId, text: z.string().min(2).max(200) }))
    .max(30)
    .default([]),
  duty: z.enum(['secrecy']).nullable().optional(),
  escalation: Office.nullable().default(null),
});

/**
 * A sign-off route as administrators write it. It applies to the organs it names, or to all organs of its levels.
 * `undoSeconds` is the time recall stays possible after the last signature.
 */
export const RouteDefinition = z.strictObject({
  name: z.string().min(1).max(80),
  kind: z.enum(CASE_KINDS).default('publish'),
  appliesTo: z.union([z.literal('*'), z.array(OrganCode).min(1)]),
  levels: z.union([z.literal('*'), z.array(OrganLevel).min(1)]).default('*'),
  undoSeconds: z.int().nonnegative().max(86_400),
  stages: z.array(RouteStage).min(2).max(20),
});
export type RouteDefinition = z.infer<typeof RouteDefinition>;

/** Routes of one level to start from: `organs` and `people` say what each placeholder in them stands for. */
export const RouteTemplate = z.strictObject({
  title: z.string().min(1).max(80),
  organs: z.record(OrganCode, z.string().min(1).max(80)),
  people: z.record(Login, z.string().min(1).max(80)),
  routes: z.array(RouteDefinition).min(1),
});
export type RouteTemplate = z.infer<typeof RouteTemplate>;

export const NewOrgan = z.strictObject({
  code: OrganCode,
  name: OrganName,
  level: OrganLevel,
  parent: OrganCode.nullable(),
});
export const NewPerson = z.strictObject({ login: Login, name: PersonName });

/** The first state of an installation: organs, people with their offices, routes. Names never leave the gateway. */
export const DistrictDefinition = z
  .strictObject({
    organs: z.array(NewOrgan).min(1).max(5000),
    people: z
      .array(
        NewPerson.extend({
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
