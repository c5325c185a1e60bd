import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { DigestField, InstantField, Leg, OrganCode, ReportYear, RoleName, StageId, UuidField } from '../fields.js';

export const CaseState = z.enum([
  'in-review',
  'returned',
  'withdrawn',
  'cleared',
  'approved',
  'released',
  'held',
  'done',
  'superseded',
  'sent-back',
  'cancelled',
]);
export type CaseState = z.infer<typeof CaseState>;

/** An office as `role@organ`. */
const Office = z.string().regex(/^[a-z-]{1,40}@[a-z0-9-]{1,64}$/);

/** A seat as lists need it: `role`+`organ`, or `person` for a named one. */
const SeatView = z.strictObject({
  seat: UuidField,
  stage: StageId,
  role: RoleName.nullable(),
  organ: OrganCode.nullable(),
  person: UuidField.nullable(),
  /** The office that may sign it as well, because its stage is overdue. */
  superior: Office.nullable().optional(),
});

/** Everything a list shows about one leg of a case, whole; a higher `version` replaces a lower one. */
export const LegProgressed = z.strictObject({
  case: UuidField,
  round: z.int().positive(),
  version: z.int().positive(),
  document: UuidField,
  edition: z.int().positive(),
  organ: OrganCode,
  year: ReportYear,
  leg: Leg,
  state: CaseState,
  content: DigestField,
  stage: StageId.nullable(),
  openSeats: z.array(SeatView).max(64),
  signedSeats: z.array(z.strictObject({ seat: UuidField, stage: StageId, at: InstantField })).max(64),
  releaseAt: InstantField.nullable(),
  kind: z.enum(CASE_KINDS).optional(),
  submitter: UuidField.optional(),
  /** By when the open stage is due; `overdue` once that has passed and its superior was asked. */
  dueAt: InstantField.nullable().optional(),
  overdue: z.boolean().optional(),
  /** The stage nobody can complete any more, with the offices it lacks. */
  blocked: z
    .strictObject({ stage: StageId, seats: z.array(Office).max(64) })
    .nullable()
    .optional(),
});

/** A stable code of a reason; its sentences are with whoever shows it. */
const ReasonCode = z.string().regex(/^[a-z][a-z_]{0,63}$/);

/** The identity of one round of one case: what every message about it carries. */
const RoundOfCase = {
  case: UuidField,
  round: z.int().positive(),
  document: UuidField,
  edition: z.int().positive(),
  content: DigestField,
};

/** The review leg is complete; `dossier` is its sealed record in the content store. */
export const ReviewCleared = z.strictObject({
  ...RoundOfCase,
  organ: OrganCode,
  year: ReportYear,
  route: DigestField,
  submission: DigestField,
  dossier: DigestField,
  notBefore: InstantField.nullable(),
  pass: z.int().positive().optional(),
  /** Version of the directory by which the last of its signatures was accepted: a reader who has an older one waits for it. */
  directory: z.int().positive().optional(),
});

/** The round is over without publication. The reason is read from the leg that ended it. */
export const RoundEnded = z.strictObject({
  ...RoundOfCase,
  kind: z.enum(['returned', 'withdrawn', 'recalled', 'cancelled', 'sent-back']),
  /** sent-back: the review stage that signs again, and which pass of the approval leg ended. */
  to: StageId.nullable().optional(),
  pass: z.int().positive().optional(),
  /** No person ended it, and why; `directory`: the version that says so, for which a reader waits. */
  code: ReasonCode.optional(),
  directory: z.int().positive().optional(),
});

/** Somebody should be told of an act on a case that changes nothing in it. `person` null: whoever may take the seat. */
export const NoticeRequested = z.strictObject({
  ...RoundOfCase,
  organ: OrganCode,
  year: ReportYear,
  leg: Leg,
  kind: z.enum(['urged', 'copied', 'consulted', 'answered']),
  stage: StageId.nullable(),
  seat: UuidField.nullable(),
  person: UuidField.nullable(),
  by: UuidField.nullable(),
});

/** All signatures are in; nothing may be published before `releaseAt`, and recall is still possible. */
export const ApprovalGranted = z.strictObject({ ...RoundOfCase, bundle: DigestField, releaseAt: InstantField });

/** Recall is over: the bundle may now be verified and put before the public. */
export const ApprovalReleased = z.strictObject({ ...RoundOfCase, bundle: DigestField });

/** The last signature's ledger entry, which names the bundle, is in the log; `inclusion` is the proof in the content store. */
export const ApprovalIncluded = z.strictObject({ ...RoundOfCase, bundle: DigestField, inclusion: DigestField });

/**
 * A note carries a suggestion the drafter may accept, or can no longer because it was resolved or withdrawn. `suggestion` is
 * the digest of its document in the content store: what was quoted, what shall stand there instead.
 */
export const SuggestionOfNote = z.strictObject({
  case: UuidField,
  round: z.int().positive(),
  document: UuidField,
  leg: Leg,
  note: UuidField,
  suggestion: DigestField,
});

export const reviewMessages = {
  'review.progressed': LegProgressed,
  'review.cleared': ReviewCleared,
  'review.ended': RoundEnded,
  'review.notice-requested': NoticeRequested,
  'review.suggestion-made': SuggestionOfNote,
  'review.suggestion-closed': SuggestionOfNote,
} as const;

export const approvalMessages = {
  'approval.progressed': LegProgressed,
  'approval.granted': ApprovalGranted,
  'approval.released': ApprovalReleased,
  'approval.ended': RoundEnded,
  'approval.included': ApprovalIncluded,
  'approval.notice-requested': NoticeRequested,
  'approval.suggestion-made': SuggestionOfNote,
  'approval.suggestion-closed': SuggestionOfNote,
} as const;

/** Public under `path` (from the root of the public origin), read back and proved by the signed `receipt`. */
export const PublicationLive = z.strictObject({
  ...RoundOfCase,
  receipt: DigestField,
  path: z.string().regex(/^\/[a-z0-9/-]{1,200}$/),
  /** Absent: a first edition. */
  kind: z.enum(['publish', 'correct', 'emergency']).optional(),
});

/** The edition was taken back: its address says so and nothing else, read back and proved by the signed `receipt`. */
export const PublicationWithdrawn = z.strictObject({ ...RoundOfCase, receipt: DigestField });

/** The emergency edition is confirmed, and its page says so, read back and proved by the signed `receipt`. */
export const PublicationRatified = z.strictObject({ ...RoundOfCase, receipt: DigestField });

/** The act came too late and changed nothing: `by` is the edition that is public, or was taken back, by then. */
export const PublicationSuperseded = z.strictObject({
  ...RoundOfCase,
  kind: z.enum(CASE_KINDS),
  by: z.int().positive(),
  receipt: DigestField,
});

/** Not published: the bundle or the page did not prove itself; `code` names the first defect. */
export const PublicationHeld = z.strictObject({ ...RoundOfCase, code: ReasonCode });

export const publicationMessages = {
  'publication.live': PublicationLive,
  'publication.withdrawn': PublicationWithdrawn,
  'publication.ratified': PublicationRatified,
  'publication.superseded': PublicationSuperseded,
  'publication.held': PublicationHeld,
} as const;
