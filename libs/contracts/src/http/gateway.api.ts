import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { DigestField, InstantField, Leg, OrganCode, ReportYear, RoleName, UuidField } from '../fields.js';
import { ReportState } from '../messages/drafting.messages.js';
import { CaseState } from '../messages/leg.messages.js';

export const SignIn = z
  .strictObject({ login: z.string().min(1).max(100), password: z.string().min(1).max(200) })
  .meta({ id: 'SignIn' });
export const StepUp = z.strictObject({ password: z.string().min(1).max(200) }).meta({ id: 'StepUp' });

export const Me = z
  .object({
    person: UuidField,
    name: z.string(),
    login: z.string(),
    grants: z.array(z.object({ role: RoleName, organ: OrganCode, organName: z.string() })),
    steppedUpUntil: InstantField.nullable(),
  })
  .meta({ id: 'Me' });

/** One line of a list of reports. */
export const ReportLine = z
  .object({
    document: UuidField,
    organ: OrganCode,
    organName: z.string(),
    year: ReportYear,
    state: ReportState,
    case: UuidField.nullable(),
    leg: Leg.nullable(),
    caseState: CaseState.nullable(),
    kind: z.enum(CASE_KINDS).nullable(),
    stage: z.string().nullable(),
    path: z.string().nullable(),
    url: z.url().nullable(),
    updatedAt: InstantField,
  })
  .meta({ id: 'ReportLine' });
export const ReportLines = z
  .object({ items: z.array(ReportLine), next: z.string().nullable() })
  .meta({ id: 'ReportLines' });

/** One case as its leg announced it last; `signatures` counts the signed seats over both legs. */
export const CaseLine = z
  .object({
    case: UuidField,
    document: UuidField,
    organ: OrganCode,
    organName: z.string(),
    year: ReportYear,
    round: z.int(),
    leg: Leg,
    kind: z.enum(CASE_KINDS),
    state: CaseState,
    stage: z.string().nullable(),
    content: DigestField,
    signatures: z.int(),
    path: z.string().nullable(),
    url: z.url().nullable(),
    updatedAt: InstantField,
  })
  .meta({ id: 'CaseLine' });

/** 轮到我: seats that wait for the person asking. */
export const InboxItem = z
  .object({
    case: UuidField,
    document: UuidField,
    leg: Leg,
    kind: z.enum(CASE_KINDS),
    seat: UuidField,
    stage: z.string(),
    organ: OrganCode,
    organName: z.string(),
    year: ReportYear,
    content: DigestField,
    since: InstantField,
  })
  .meta({ id: 'InboxItem' });
/** Emergencies that wait for ratification, in the whole installation: nobody may overlook them. */
const RatificationCounts = { open: z.int(), overdue: z.int() };
export const Inbox = z
  .object({ items: z.array(InboxItem), ratifications: z.object(RatificationCounts) })
  .meta({ id: 'Inbox' });

/** The counts for everybody; the items only of reports the person may see. */
export const Ratifications = z
  .object({
    ...RatificationCounts,
    items: z.array(
      z.object({
        document: UuidField,
        edition: z.int(),
        organ: OrganCode,
        organName: z.string(),
        year: ReportYear,
        state: z.enum(['owed', 'open', 'refused']),
        case: UuidField.nullable(),
        dueAt: InstantField.nullable(),
        overdue: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Ratifications' });

/**
 * A server-sent event: something about this object changed, look again. Carries no text. Of kind `notice`: a notice has
 * come for the person; only then the document may be missing.
 */
export const ChangeNotice = z
  .object({ document: UuidField.nullable(), case: UuidField.nullable(), kind: z.string() })
  .meta({ id: 'ChangeNotice' });

export const Alarm = z
  .object({
    service: z.string(),
    id: UuidField,
    at: InstantField,
    kind: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Alarm' });
export const Alarms = z.object({ items: z.array(Alarm) }).meta({ id: 'Alarms' });
