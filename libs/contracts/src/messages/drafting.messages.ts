import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { DigestField, InstantField, Leg, OrganCode, ReportYear, UuidField } from '../fields.js';

/** Where the text in hand stands; `live` and `withdrawn`: none is, and the last one is public, or was. */
export const ReportState = z.enum(['draft', 'submitted', 'returned', 'live', 'withdrawn']);

/** What lists show about a report; no text of it. `revision` 0 means nothing was saved yet. */
export const ReportChanged = z.strictObject({
  document: UuidField,
  organ: OrganCode,
  year: ReportYear,
  state: ReportState,
  revision: z.int().nonnegative(),
  errors: z.int().nonnegative(),
  warnings: z.int().nonnegative(),
});

/**
 * How the ratification (追认) of an emergency edition stands: `owed` and `refused` wait for the office, `open` for signatures,
 * `done` is confirmed, `moot` withdrawn before that. `dueAt` null: no calendar covers it yet.
 */
export const RatificationChanged = z.strictObject({
  document: UuidField,
  organ: OrganCode,
  year: ReportYear,
  edition: z.int().positive(),
  state: z.enum(['owed', 'open', 'refused', 'done', 'moot']),
  case: UuidField.nullable(),
  dueAt: InstantField.nullable(),
});

/**
 * An edition was frozen and wants to be signed off. `content` is the digest of the edition's exact bytes,
 * `submission` the digest of the signed submission statement (contributors, submitter) in the content store.
 */
export const EditionSubmitted = z.strictObject({
  case: UuidField,
  round: z.int().positive(),
  document: UuidField,
  edition: z.int().positive(),
  kind: z.enum(CASE_KINDS),
  organ: OrganCode,
  year: ReportYear,
  content: DigestField,
  route: DigestField,
  submission: DigestField,
  notBefore: InstantField.nullable(),
  /** Digest of what the public is told about a correction, withdrawal or emergency. */
  notice: DigestField.nullable().optional(),
});

/** The drafter took a note's suggestion over: `revision` (of that digest) has it. `by` is the drafter. */
export const SuggestionAccepted = z.strictObject({
  case: UuidField,
  document: UuidField,
  leg: Leg,
  note: UuidField,
  suggestion: DigestField,
  by: UuidField,
  revision: z.int().positive(),
  digest: DigestField,
});

export const draftingMessages = {
  'drafting.report-changed': ReportChanged,
  'drafting.edition-submitted': EditionSubmitted,
  'drafting.ratification-changed': RatificationChanged,
  'drafting.suggestion-accepted': SuggestionAccepted,
} as const;
