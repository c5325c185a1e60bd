import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { DigestField, InstantField, OrganCode, RoleName, UuidField } from '../fields.js';
import { Deputy } from './deputies.api.js';
import { Login, NewOrgan, NewPerson, OrganLevel, RouteDefinition } from './district.api.js';

const Reason = z.string().trim().min(2).max(500);
const Grant = z.strictObject({ login: Login, role: RoleName, organ: OrganCode });
const AppliesTo = RouteDefinition.shape.appliesTo;
const Levels = RouteDefinition.shape.levels;
const until = InstantField.optional();

/**
 * One change of the directory. Times left out are the proposal's `effectiveAt`; a new grant's `from` is the time of the
 * proposal. `login` names people, also those added by an earlier change of the same proposal.
 */
export const DirectoryChange = z.discriminatedUnion('type', [
  NewOrgan.extend({ type: z.literal('add-organ') }),
  z.strictObject({ type: z.literal('rename-organ'), organ: OrganCode, name: NewOrgan.shape.name }),
  NewPerson.extend({ type: z.literal('add-person') }),
  z.strictObject({ type: z.literal('new-password'), login: Login }),
  z.strictObject({ type: z.literal('leave'), login: Login, until }),
  Grant.extend({
    type: z.literal('grant'),
    from: InstantField.optional(),
    until: InstantField.nullable().default(null),
  }),
  Grant.extend({ type: z.literal('end-grant'), until }),
  z.strictObject({ type: z.literal('revoke-deputy'), deputy: UuidField }),
  z.strictObject({ type: z.literal('add-route'), route: RouteDefinition }),
  z.strictObject({ type: z.literal('replace-route'), digest: DigestField, route: RouteDefinition }),
  z.strictObject({ type: z.literal('retire-route'), digest: DigestField }),
  z.strictObject({ type: z.literal('apply-route'), digest: DigestField, appliesTo: AppliesTo, levels: Levels }),
]);
export type DirectoryChange = z.infer<typeof DirectoryChange>;

/** What one administrator proposes. `effectiveAt`: when offices and routes end and routes begin; default an hour on. */
export const ProposeChange = z
  .strictObject({
    changes: z.array(DirectoryChange).min(1).max(500),
    effectiveAt: InstantField.optional(),
    reason: Reason,
  })
  .meta({ id: 'ProposeChange' });
export type ProposeChange = z.infer<typeof ProposeChange>;

/** Signing a proposal names what was seen, so that nobody signs what he has not looked at. */
export const SignProposal = z.strictObject({ content: DigestField }).meta({ id: 'SignProposal' });
export const RejectProposal = z.strictObject({ reason: Reason }).meta({ id: 'RejectProposal' });
export const WithdrawProposal = z.strictObject({}).meta({ id: 'WithdrawProposal' });

/** What differs between two versions: codes and ids only. */
export const DirectoryDifference = z
  .object({
    organs: z.array(OrganCode),
    persons: z.array(UuidField),
    offices: z.array(z.string()),
    routes: z.array(DigestField),
  })
  .meta({ id: 'DirectoryDifference' });

export const Proposal = z
  .object({
    proposal: UuidField,
    state: z.enum(['open', 'published', 'rejected', 'withdrawn']),
    /** The version it would become; it can be agreed only while the newest is the one before. */
    version: z.int(),
    outdated: z.boolean(),
    content: DigestField,
    reason: z.string(),
    effectiveAt: InstantField.nullable(),
    proposedBy: UuidField,
    proposedByName: z.string(),
    proposedAt: InstantField,
    signedBy: z.array(UuidField),
    /** Whose signature it waits for; null when closed. */
    awaits: UuidField.nullable(),
    decidedBy: UuidField.nullable(),
    decidedAt: InstantField.nullable(),
    decisionReason: z.string().nullable(),
    changes: z.array(DirectoryChange),
    difference: DirectoryDifference,
  })
  .meta({ id: 'Proposal' });
export const Proposals = z.object({ items: z.array(Proposal) }).meta({ id: 'Proposals' });

/** What a command on a proposal answers. `published` is the version the directory has now, when it is this one. */
export const ProposalOutcome = z
  .object({
    proposal: UuidField,
    state: Proposal.shape.state,
    content: DigestField,
    awaits: UuidField.nullable(),
    published: z.int().nullable(),
  })
  .meta({ id: 'ProposalOutcome' });

const Office = z.object({ role: RoleName, organ: z.string() });
const Stage = z.object({
  id: z.string(),
  leg: z.enum(['review', 'approval']),
  name: z.string(),
  meaning: z.string(),
  need: z.union([z.literal('all'), z.int()]),
  ordered: z.boolean(),
  grade: z.string(),
  dueWorkingDays: z.int(),
  duty: z.string().nullable(),
  escalation: Office.nullable(),
  slots: z.array(Office.extend({ person: UuidField.nullable() })),
  checklist: z.array(z.object({ id: z.string(), text: z.string() })),
});

/** A route as people read it. `from`, `until`: when it is in force for new submissions. */
export const RouteView = z
  .object({
    digest: DigestField,
    name: z.string(),
    kind: z.enum(CASE_KINDS),
    appliesTo: z.union([z.literal('*'), z.array(OrganCode)]),
    levels: z.union([z.literal('*'), z.array(OrganLevel)]),
    undoSeconds: z.int(),
    from: InstantField.nullable(),
    until: InstantField.nullable(),
    stages: z.array(Stage),
  })
  .meta({ id: 'RouteView' });
export const RouteViews = z.object({ items: z.array(RouteView) }).meta({ id: 'RouteViews' });

export const DirectoryPerson = z
  .object({
    person: UuidField,
    login: z.string(),
    name: z.string(),
    administrator: z.boolean(),
    leavesAt: InstantField.nullable(),
    grants: z.array(z.object({ role: RoleName, organ: OrganCode, from: InstantField, until: InstantField.nullable() })),
  })
  .meta({ id: 'DirectoryPerson' });

/** The newest directory with the names the gateway keeps, for administrators. */
export const DirectoryView = z
  .object({
    version: z.int(),
    digest: DigestField,
    at: InstantField,
    organs: z.array(z.object({ code: OrganCode, name: z.string(), level: z.string(), parent: OrganCode.nullable() })),
    people: z.array(DirectoryPerson),
    routes: z.array(RouteView),
  })
  .meta({ id: 'DirectoryView' });

export const DirectoryVersions = z
  .object({ items: z.array(z.object({ version: z.int(), digest: DigestField, at: InstantField })) })
  .meta({ id: 'DirectoryVersions' });

/** One administrator's halves of one-time passwords; the other has the other halves. */
export const PasswordHalves = z
  .object({
    items: z.array(
      z.object({
        login: z.string(),
        name: z.string(),
        half: z.string(),
        part: z.enum(['first', 'second']),
        until: InstantField,
      }),
    ),
  })
  .meta({ id: 'PasswordHalves' });

/** Setting a password of one's own; `password` is the one in use. */
export const ChangePassword = z
  .strictObject({ password: z.string().min(1).max(200), next: z.string().min(12).max(200) })
  .meta({ id: 'ChangePassword' });

const OpenSeat = z.object({
  case: UuidField,
  organ: OrganCode,
  stage: z.string(),
  role: RoleName.nullable(),
  officeOrgan: OrganCode.nullable(),
  /** True when the seat names him, so that nobody else can take it; false when he is the only one in that office. */
  named: z.boolean(),
});

/** 离职转办: what somebody holds, and what would not be signed off any more if he left and nobody followed. */
export const HandOverPreview = z
  .object({
    person: UuidField,
    login: z.string(),
    name: z.string(),
    at: InstantField,
    offices: z.array(
      z.object({
        role: RoleName,
        organ: OrganCode,
        from: InstantField,
        until: InstantField.nullable(),
        /** Others in the same office then; with any, a successor may be left out. */
        others: z.array(NewPerson.extend({ person: UuidField })),
        /** Fit to follow, best first. */
        successors: z.array(NewPerson.extend({ person: UuidField })),
      }),
    ),
    deputies: z.object({ given: z.array(Deputy), received: z.array(Deputy) }),
    seats: z.array(OpenSeat),
    reports: z.array(z.object({ document: UuidField, organ: OrganCode, year: z.int(), state: z.string() })),
    gaps: z.array(
      z.object({
        organ: OrganCode,
        kind: z.enum(CASE_KINDS),
        route: z.string(),
        stage: z.string(),
        seats: z.array(z.string()),
        at: InstantField,
      }),
    ),
  })
  .meta({ id: 'HandOverPreview' });

/** Proposes the whole hand-over: he leaves at `at`, and each successor holds the office from then on. */
export const HandOver = z
  .strictObject({
    login: Login,
    at: InstantField,
    successors: z.array(Grant).max(100),
    /** Further changes the hand-over needs, such as another emergency route. */
    changes: z.array(DirectoryChange).max(100).default([]),
    reason: Reason,
  })
  .meta({ id: 'HandOver' });
export type HandOver = z.infer<typeof HandOver>;
