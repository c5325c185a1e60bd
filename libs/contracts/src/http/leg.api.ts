import { z } from 'zod';
import { DigestField, InstantField, Leg, OrganCode, ReportYear, StageId, UuidField } from '../fields.js';
import { CaseState } from '../messages/leg.messages.js';

export const SeatDetail = z.object({
  seat: UuidField,
  stage: z.string(),
  role: z.string().nullable(),
  organ: z.string().nullable(),
  person: UuidField.nullable(),
  state: z.enum(['waiting', 'open', 'signed', 'spare']),
  signedBy: UuidField.nullable(),
  signedAt: InstantField.nullable(),
});

/** What the person asking would sign on a seat now: the exact statement and its digest. */
export const Signable = z.object({
  seat: UuidField,
  stage: z.string(),
  statement: z.record(z.string(), z.unknown()),
  digest: DigestField,
});

export const LegCaseDetail = z
  .object({
    case: UuidField,
    leg: Leg,
    round: z.int(),
    version: z.int(),
    state: CaseState,
    document: UuidField,
    edition: z.int(),
    organ: OrganCode,
    year: ReportYear,
    content: DigestField,
    route: DigestField,
    notBefore: InstantField.nullable(),
    stage: z.string().nullable(),
    seats: z.array(SeatDetail),
    signable: z.array(Signable),
    /** Own signatures that may still be taken back, by seat. */
    takeable: z.array(UuidField),
    /** Returns to an earlier stage of this round, oldest first. */
    sentBack: z.array(
      z.object({
        by: UuidField,
        at: InstantField,
        reason: z.string(),
        place: z.string().nullable(),
        from: z.string(),
        to: z.string(),
      }),
    ),
    ended: z
      .object({
        kind: z.enum(['returned', 'withdrawn', 'recalled', 'cancelled', 'sent-back']),
        reason: z.string(),
        by: UuidField,
        at: InstantField,
        place: z.string().nullable(),
      })
      .nullable(),
    releaseAt: InstantField.nullable(),
    bundle: DigestField.nullable(),
  })
  .meta({ id: 'LegCaseDetail' });

/** Signs one seat. `statement` is the digest of the statement the server showed (Signable.digest). */
export const SignSeat = z.strictObject({ seat: UuidField, statement: DigestField }).meta({ id: 'SignSeat' });

/** Returns the case to the drafter, or to the earlier stage `to` of the leg. `place` names a cell, sentence or chapter, e.g. `t2.20-5.permit.total`. */
export const ReturnCase = z
  .strictObject({
    seat: UuidField,
    content: DigestField,
    reason: z.string().max(2000),
    place: z.string().max(200).nullable().default(null),
    to: StageId.nullable().default(null),
  })
  .meta({ id: 'ReturnCase' });

/** Takes the person's own signature back while nobody has signed on the strength of it. */
export const TakeBack = z.strictObject({ seat: UuidField, content: DigestField }).meta({ id: 'TakeBack' });

/** Withdraws (submitter, under review) or recalls (submitter or a signer, approved and not released). */
export const EndCase = z.strictObject({ content: DigestField, reason: z.string().max(2000) }).meta({ id: 'EndCase' });

/** Has an approved case go out later than now set (submitter or last signer). */
export const PostponeRelease = z
  .strictObject({ content: DigestField, until: InstantField })
  .meta({ id: 'PostponeRelease' });

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
