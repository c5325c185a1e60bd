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
    administrator: z.boolean(),
    grants: z.array(z.object({ role: RoleName, organ: OrganCode, organName: z.string(), level: z.string() })),
    steppedUpUntil: InstantField.nullable(),
    /** When the session ends, however much it is used; unused it ends after `idleSeconds`. */
    endsAt: InstantField,
    idleSeconds: z.int(),
  })
  .meta({ id: 'Me' });

/** Where a person is signed in, newest first; `isOwn`: the session that asks. */
export const Sessions = z
  .object({
    items: z.array(
      z.object({
        session: UuidField,
        since: InstantField,
        lastSeen: InstantField,
        endsAt: InstantField,
        isOwn: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Sessions' });

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
    /** What the organ's route calls the stage. */
    stageName: z.string().nullable(),
    path: z.string().nullable(),
    url: z.url().nullable(),
    updatedAt: InstantField,
    /** The person asking was let into this case alone, copied in or asked: there is no report behind it for him. */
    caseOnly: z.boolean(),
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
    /** What the organ's route calls the stage. */
    stageName: z.string().nullable(),
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
    stageName: z.string(),
    organ: OrganCode,
    organName: z.string(),
    year: ReportYear,
    content: DigestField,
    /** What the checks of the text found: errors overridden in writing, warnings explained. */
    errors: z.int(),
    warnings: z.int(),
    since: InstantField,
  })
  .meta({ id: 'InboxItem' });
/** Emergencies that wait for ratification, in the whole installation: nobody may overlook them. */
const RatificationCounts = { open: z.int(), overdue: z.int() };
export const Inbox = z
  .object({ items: z.array(InboxItem), ratifications: z.object(RatificationCounts) })
  .meta({ id: 'Inbox' });

/**
 * The statutory dates that come next for reports of the organs at which a person holds office. `workdaysLeft`: until the last workday up to the date;
 * negative once that is over. `isCounted`: false while weekdays stand in for holidays that are not known yet.
 */
export const Deadlines = z
  .object({
    items: z.array(
      z.object({
        of: z.enum(['departments', 'governments']),
        year: ReportYear,
        date: z.iso.date(),
        lastWorkday: z.iso.date(),
        workdaysLeft: z.int(),
        isCounted: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Deadlines' });

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

/** What to name: people and organs by id, and who holds each office `role@organ`. Each list separated by commas. */
const listed = (one: z.ZodString): z.ZodType<string[] | undefined> =>
  z
    .string()
    .max(8000)
    .transform((text) => text.split(','))
    .pipe(z.array(one).max(100))
    .optional();
export const NamesQuery = z.strictObject({
  people: listed(z.string().regex(/^[0-9a-f-]{36}$/)),
  organs: listed(z.string().max(64)),
  offices: listed(z.string().regex(/^[a-z-]{1,40}@[a-z0-9-]{1,64}$/)),
});

/** Names of what the query lists, as far as the directory knows it. `holders`: who holds the office now. */
export const Names = z
  .object({
    people: z.array(z.object({ person: UuidField, name: z.string() })),
    organs: z.array(z.object({ organ: OrganCode, name: z.string() })),
    offices: z.array(
      z.object({
        office: z.string(),
        organName: z.string(),
        holders: z.array(z.object({ person: UuidField, name: z.string() })),
      }),
    ),
  })
  .meta({ id: 'Names' });
