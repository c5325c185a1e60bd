import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { DigestField, InstantField, Leg, OrganCode, ReportYear, RoleName, StageId, UuidField } from '../fields.js';
import { CaseState } from '../messages/leg.messages.js';
import { PasskeyAssertion } from './passkeys.api.js';
import { Problem } from './problem.api.js';

const Office = z.object({ role: z.string(), organ: z.string() });

export const SeatDetail = z.object({
  seat: UuidField,
  stage: z.string(),
  role: z.string().nullable(),
  organ: z.string().nullable(),
  /** The only one who may take it. */
  person: UuidField.nullable(),
  addedBy: UuidField.nullable(),
  state: z.enum(['waiting', 'open', 'signed', 'spare']),
  signedBy: UuidField.nullable(),
  signedFor: UuidField.nullable(),
  /** The superior office by which an overdue seat was signed. */
  signedAs: Office.nullable(),
  signedAt: InstantField.nullable(),
});

/** Why a case went back though no person sent it: a stable code, and the sentence in both languages. */
export const SystemReason = z.object({ code: z.string(), zh: z.string(), en: z.string() });

/**
 * What the person asking would sign on a seat now, for himself or a principal: the exact statement and its digest.
 * `grade`: at least what the stage demands. `challenge`: what a passkey is asked to sign for this statement, SHA-256 of
 * its DSSE pre-authentication encoding in base64url; good as long as the statement stands.
 */
export const Signable = z.object({
  seat: UuidField,
  stage: z.string(),
  onBehalfOf: UuidField.nullable(),
  grade: z.enum(['attested', 'passkey']),
  statement: z.record(z.string(), z.unknown()),
  digest: DigestField,
  challenge: z.string(),
  checklist: z.array(z.object({ id: z.string(), text: z.string() })),
});

/** A stage of the route, of either leg. */
export const StageDetail = z.object({
  id: z.string(),
  leg: Leg,
  name: z.string(),
  meaning: z.string(),
  need: z.union([z.literal('all'), z.int()]),
  ordered: z.boolean(),
  grade: z.enum(['attested', 'passkey']),
  dueWorkingDays: z.int(),
  duty: z.enum(['secrecy']).nullable(),
  checklist: z.array(z.object({ id: z.string(), text: z.string() })),
  escalation: Office.nullable(),
  /** Who is to sign: an office at its organ, or the one person named. Seats open one stage after another; this is known before. */
  slots: z.array(Office.extend({ person: UuidField.nullable() })),
});

/** An opinion asked for beside the signatures; it counts for nothing but what it says. */
export const ConsultationDetail = z.object({
  id: UuidField,
  round: z.int(),
  stage: z.string(),
  askedBy: UuidField,
  person: UuidField.nullable(),
  question: z.string(),
  askedAt: InstantField,
  expiresAt: InstantField,
  opinion: z.string().nullable(),
  answeredByName: z.string().nullable(),
  answeredAt: InstantField.nullable(),
});

export const LegCaseDetail = z
  .object({
    case: UuidField,
    leg: Leg,
    round: z.int(),
    pass: z.int(),
    kind: z.enum(CASE_KINDS),
    version: z.int(),
    state: CaseState,
    document: UuidField,
    edition: z.int(),
    organ: OrganCode,
    year: ReportYear,
    content: DigestField,
    notice: DigestField.nullable(),
    route: DigestField,
    submitter: UuidField,
    notBefore: InstantField.nullable(),
    stage: z.string().nullable(),
    /** The open stage: since when, until when (null: no limit, or a year whose calendar is not loaded), its superior asked. */
    clock: z
      .object({ stage: z.string(), since: InstantField, dueAt: InstantField.nullable(), escalated: z.boolean() })
      .nullable(),
    /** The stage nobody can complete any more, and the offices it lacks. */
    blocked: z.object({ stage: z.string(), seats: z.array(z.string()) }).nullable(),
    stages: z.array(StageDetail),
    seats: z.array(SeatDetail),
    signable: z.array(Signable),
    /** Own signatures that may still be taken back, by seat. */
    takeable: z.array(UuidField),
    /** Seats one added oneself and may still remove. */
    removable: z.array(UuidField),
    /** What the person asking opened of this content, and the content he signed before. */
    viewed: z.object({ at: InstantField, fromContent: DigestField.nullable() }).nullable(),
    views: z.array(z.object({ person: UuidField, content: DigestField, at: InstantField })),
    copies: z.array(z.object({ person: UuidField, by: UuidField, at: InstantField })),
    consultations: z.array(ConsultationDetail),
    /** Returns to an earlier stage of this round, oldest first; `by` null: no person did, see `because`. */
    sentBack: z.array(
      z.object({
        by: UuidField.nullable(),
        at: InstantField,
        reason: z.string(),
        because: SystemReason.nullable(),
        place: z.string().nullable(),
        /** The stage that was open; null when the other leg sent it. */
        from: z.string().nullable(),
        to: z.string(),
      }),
    ),
    /** How many notes were made on it, in all rounds of this leg: none means there is no list worth asking for. */
    notes: z.int(),
    ended: z
      .object({
        kind: z.enum(['returned', 'withdrawn', 'recalled', 'cancelled', 'sent-back', 'held']),
        reason: z.string(),
        because: SystemReason.nullable(),
        by: UuidField.nullable(),
        at: InstantField,
        place: z.string().nullable(),
        to: z.string().nullable(),
      })
      .nullable(),
    releaseAt: InstantField.nullable(),
    bundle: DigestField.nullable(),
  })
  .meta({ id: 'LegCaseDetail' });

/** Keeps that one has opened exactly this content; without it one cannot sign it. Answers what one may sign now. */
export const ViewCase = z.strictObject({ content: DigestField }).meta({ id: 'ViewCase' });

export const CaseViewed = z
  .object({
    case: UuidField,
    content: DigestField,
    fromContent: DigestField.nullable(),
    signable: z.array(Signable),
  })
  .meta({ id: 'CaseViewed' });

const signature = {
  seat: UuidField,
  statement: DigestField,
  onBehalfOf: UuidField.nullable().default(null),
  checked: z.array(z.string().max(40)).max(50).default([]),
  // Left out, not null: requests without it are the same bytes as ever.
  passkey: PasskeyAssertion.optional(),
};

/**
 * Signs one seat. `statement` is the digest of the statement the server showed (Signable.digest), `checked` the ids of the
 * stage's checklist one has gone through, `onBehalfOf` the principal one is deputy of. With `passkey`, what one of one's
 * own passkeys answered to Signable.challenge, it is a signature of grade passkey and needs no step-up; without it one of
 * grade attested, within five minutes of a step-up.
 */
export const SignSeat = z.strictObject(signature).meta({ id: 'SignSeat' });

/**
 * Returns the case to the drafter, or to the earlier stage `to` (from the approval leg also to one of the review leg).
 * `place` names a cell, sentence or chapter, e.g. `t2.20-5.permit.total`.
 */
export const ReturnCase = z
  .strictObject({
    seat: UuidField,
    content: DigestField,
    reason: z.string().max(2000),
    place: z.string().max(200).nullable().default(null),
    to: StageId.nullable().default(null),
    onBehalfOf: UuidField.nullable().default(null),
  })
  .meta({ id: 'ReturnCase' });

/** Takes the person's own signature back while nobody has signed on the strength of it. */
export const TakeBack = z.strictObject({ seat: UuidField, content: DigestField }).meta({ id: 'TakeBack' });

/** 转办: gives an open seat to another holder of its office. */
export const HandOverSeat = z
  .strictObject({ seat: UuidField, content: DigestField, to: UuidField })
  .meta({ id: 'HandOverSeat' });

/** 加签: one more required signature in the open stage, by a person in an office he holds. `seat` is the open one of who asks. */
export const AddSigner = z
  .strictObject({ seat: UuidField, content: DigestField, person: UuidField, role: RoleName, organ: OrganCode })
  .meta({ id: 'AddSigner' });

/** 减签: an added seat nobody signed, by who added it. */
export const RemoveSigner = z.strictObject({ seat: UuidField, content: DigestField }).meta({ id: 'RemoveSigner' });

/** Withdraws (submitter, under review), recalls (submitter or a signer, approved and not released) or cancels. */
export const EndCase = z.strictObject({ content: DigestField, reason: z.string().max(2000) }).meta({ id: 'EndCase' });

/** Has an approved case go out later than now set (submitter or last signer). */
export const PostponeRelease = z
  .strictObject({ content: DigestField, until: InstantField })
  .meta({ id: 'PostponeRelease' });

/** 催办: asks whoever may take a seat to act. */
export const UrgeSeat = z.strictObject({ seat: UuidField }).meta({ id: 'UrgeSeat' });

/** 抄送: lets a person read the case. */
export const CopyCase = z.strictObject({ person: UuidField }).meta({ id: 'CopyCase' });

/** 征求意见: of a person, or with `person` null of whoever is given the link that is answered. */
export const Consult = z
  .strictObject({
    person: UuidField.nullable(),
    question: z.string().trim().min(4).max(1000),
    days: z.int().min(1).max(30).default(7),
  })
  .meta({ id: 'Consult' });

export const GiveOpinion = z
  .strictObject({ consultation: UuidField, opinion: z.string().trim().min(1).max(4000) })
  .meta({ id: 'GiveOpinion' });

/** What an act beside the case answers. */
export const BesideOutcome = z.object({ case: UuidField, at: InstantField }).meta({ id: 'BesideOutcome' });

/** `link` is the secret of an outsider's link: said once, never kept. */
export const Consulted = z
  .object({ case: UuidField, at: InstantField, consultation: UuidField, link: z.string().nullable() })
  .meta({ id: 'Consulted' });

/** The secret of a link as Consulted.link has it. */
export const Link = z.strictObject({ link: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'the secret of a link') });
export const LinkOfLeg = Link.extend({ leg: Leg }).meta({ id: 'LinkOfLeg' });

/** What whoever holds a link is asked about: the edition under sign-off, and nothing of who signs it. */
export const AskedByLink = z
  .object({
    organ: z.string(),
    year: ReportYear,
    question: z.string(),
    expiresAt: InstantField,
    answeredAt: InstantField.nullable(),
    report: z.unknown(),
  })
  .meta({ id: 'AskedByLink' });

/** An opinion by link: no account, no signature. `name` is what the outsider calls himself. */
export const OpinionByLink = Link.extend({
  name: z.string().trim().min(1).max(80),
  opinion: z.string().trim().min(1).max(4000),
});
export const OpinionByLinkOfLeg = OpinionByLink.extend({ leg: Leg }).meta({ id: 'OpinionByLink' });

/**
 * What changed since the person signed this report last (`signed`), or since he opened it last; `comparison` null when it is new
 * to him.
 */
export const CaseDifference = z
  .object({
    case: UuidField,
    content: DigestField,
    fromContent: DigestField.nullable(),
    signed: z.boolean(),
    comparison: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'CaseDifference' });

/**
 * The text under sign-off, exactly as its content says, for everybody who may read the case; `report` null once the round came to
 * nothing.
 */
export const CaseEdition = z
  .object({ case: UuidField, content: DigestField, report: z.unknown() })
  .meta({ id: 'CaseEdition' });

/** Where the case stands after a command. */
export const LegCaseOutcome = z
  .object({
    case: UuidField,
    leg: Leg,
    round: z.int(),
    version: z.int(),
    state: CaseState,
    stage: z.string().nullable(),
  })
  .meta({ id: 'LegCaseOutcome' });

/**
 * 批量签批: each item a signature of its own, over its own statement. A passkey signs one statement at a gesture, so an item
 * of a stage that demands one carries its own `passkey`; without it that item alone is refused with grade_too_low.
 */
export const SignMany = z
  .strictObject({
    items: z
      .array(z.strictObject({ leg: Leg, case: UuidField, ...signature }))
      .min(1)
      .max(100),
  })
  .meta({ id: 'SignMany' });

/** What became of each item, in the order sent: where its case stands, or the refusal. */
export const SignedMany = z
  .object({
    results: z.array(
      z.object({
        leg: Leg,
        case: UuidField,
        seat: UuidField,
        signed: z.boolean(),
        outcome: LegCaseOutcome.nullable(),
        problem: Problem.nullable(),
      }),
    ),
  })
  .meta({ id: 'SignedMany' });
