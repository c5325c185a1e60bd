import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { DigestField, InstantField, Leg, OrganCode, ReportYear, RoleName, UuidField } from '../fields.js';
import { ReportState } from '../messages/drafting.messages.js';

export const StartReport = z.strictObject({ organ: OrganCode, year: ReportYear }).meta({ id: 'StartReport' });
export const ReportStarted = z.object({ document: UuidField }).meta({ id: 'ReportStarted' });

/** A file to read as the report's next revision. `bytes` is base64; 5 MiB of file at most. */
export const ImportReport = z
  .strictObject({
    baseRevision: z.int().nonnegative(),
    fileName: z.string().min(1).max(255),
    bytes: z.base64().max(7_000_000),
  })
  .meta({ id: 'ImportReport' });

/** The whole report as the next revision; `report` is validated by the report library, cell by cell. */
export const SaveReport = z
  .strictObject({
    baseRevision: z.int().nonnegative(),
    report: z.record(z.string(), z.unknown()),
    importedFrom: z.string().min(1).max(255).nullable().default(null),
  })
  .meta({ id: 'SaveReport' });

/** Longest key of a check: rule, place and numbers, of which a quoted sentence may be one. */
const MAX_CHECK_KEY = 2000;

/** One result of the rules. `key` names a failed check when a sentence is given for it; `fix` would satisfy it; `reveals`: what may be confidential there. */
export const CheckSummary = z.object({
  key: z.string(),
  rule: z.string(),
  version: z.int(),
  severity: z.enum(['E', 'W', 'I']),
  overridable: z.boolean(),
  status: z.enum(['pass', 'fail', 'not-assessable']),
  message: z.object({ zh: z.string(), en: z.string() }),
  place: z.unknown(),
  expected: z.string().optional(),
  found: z.string().optional(),
  formula: z.string().optional(),
  fix: z.string().optional(),
  reveals: z
    .enum([
      'citizen-number',
      'mobile-number',
      'card-number',
      'citizen-name',
      'home',
      'plate',
      'private-mail',
      'secrecy-marking',
      'secret-number',
      'internal-address',
    ])
    .optional(),
});

/** A file to read without keeping anything. `changes`: what to do with tracked changes; `use`: which year's report it is. */
export const ReadReport = z
  .strictObject({
    fileName: z.string().min(1).max(255),
    bytes: z.base64().max(7_000_000),
    changes: z.enum(['refuse', 'accept', 'reject']).default('refuse'),
    use: z.enum(['this-year', 'last-year']).default('this-year'),
  })
  .meta({ id: 'ReadReport' });

/**
 * What was read, to be looked at before it is saved as a revision: the report, what the reader noticed, where each figure stood and how sure the
 * reader is. For last year's file `report` is this year's draft: frame and prose, no figure; `lastYear` is what was read.
 */
export const ReportRead = z
  .object({
    report: z.unknown(),
    findings: z.array(z.unknown()),
    /** What stands in the file where each finding is, in the order of the findings; null for one that concerns no place. */
    passages: z.array(z.unknown()),
    sources: z.record(z.string(), z.unknown()),
    checks: z.array(CheckSummary),
    blocked: z.boolean(),
    lastYear: z.unknown().nullable(),
  })
  .meta({ id: 'ReportRead' });

/** A file of last year's report to keep beside the draft: its figures to look at and to check against, its bytes as evidence. */
export const KeepLastYear = ReadReport.omit({ use: true }).meta({ id: 'KeepLastYear' });
export const LastYearKept = z
  .object({ document: UuidField, year: ReportYear, digest: DigestField })
  .meta({ id: 'LastYearKept' });

/**
 * What the checks know besides the text, so that a browser can apply the same ones while somebody types; reports of other organs are
 * not in it. `lastYear`: the organ's own report of the year before, public here or from a file that was kept.
 */
export const DraftingContext = z
  .object({
    document: UuidField,
    settings: z.unknown(),
    profile: z.unknown().nullable(),
    lastYear: z
      .object({ from: z.enum(['public', 'file']), fileName: z.string().nullable(), report: z.unknown() })
      .nullable(),
  })
  .meta({ id: 'DraftingContext' });

/** One saved state of a report, without its text. */
const RevisionLine = z.object({
  revision: z.int(),
  digest: DigestField,
  author: UuidField,
  at: InstantField,
  importedFrom: z.string().nullable(),
});
/** The newest revisions of a report, newest first, a hundred at most. */
export const Revisions = z.object({ document: UuidField, items: z.array(RevisionLine) }).meta({ id: 'Revisions' });
export const RevisionDetail = RevisionLine.extend({ document: UuidField, report: z.unknown() }).meta({
  id: 'RevisionDetail',
});

/** A failed check that went into sign-off with a sentence; overridden errors come first. */
const ExplainedSummary = CheckSummary.extend({ sentence: z.string() });

/** A place of a report, as a correction opens it, and how people call it. */
const NamedPlace = z.object({ place: z.string(), name: z.string() });

/** What was saved. `left`: where a file differs that is locked in a correction, and was left as it is public. `checks`: those that failed or could not be assessed; ReportDetail has those that passed as well. */
export const RevisionSaved = z
  .object({
    document: UuidField,
    revision: z.int(),
    digest: DigestField,
    findings: z.array(z.unknown()),
    left: z.array(NamedPlace),
    checks: z.array(CheckSummary),
    blocked: z.boolean(),
  })
  .meta({ id: 'RevisionSaved' });

/** What a text may be submitted for. */
export const WritingKind = z.enum(['publish', 'correct', 'emergency']);
/** Printed on the public page. */
const PublicReason = z.string().trim().min(2).max(500);

export const ReportDetail = z
  .object({
    document: UuidField,
    organ: OrganCode,
    year: ReportYear,
    state: ReportState,
    /** What is shown: the newest revision, or the public one to whoever may see no more. */
    revision: z.int(),
    digest: DigestField.nullable(),
    report: z.unknown(),
    checks: z.array(CheckSummary),
    explained: z.array(ExplainedSummary),
    case: UuidField.nullable(),
    kind: z.enum(CASE_KINDS).nullable(),
    round: z.int(),
    path: z.string().nullable(),
    /** What the text may be submitted for now. */
    fit: z.array(WritingKind),
    public: z
      .object({
        state: z.enum(['live', 'withdrawn']),
        edition: z.int(),
        content: DigestField,
        kind: z.enum(CASE_KINDS),
      })
      .nullable(),
    /** Open acts on a public edition: its withdrawal, the ratification of an emergency. */
    acts: z.array(
      z.object({
        kind: z.enum(['withdraw', 'ratify']),
        state: z.enum(['owed', 'prepared', 'submitted', 'returned', 'refused']),
        edition: z.int(),
        case: UuidField.nullable(),
        dueAt: InstantField.nullable(),
      }),
    ),
    /**
     * What the edition in hand, or the one that is public, may change or has changed of revision `base`: the place it began with, which has no
     * reason, and those opened with one. Null where nothing is locked: of a first edition, and of corrections begun before there were locks.
     */
    correction: z
      .object({
        edition: z.int(),
        base: z.int(),
        opened: z.array(NamedPlace.extend({ reason: z.string().nullable(), person: UuidField, at: InstantField })),
      })
      .nullable(),
    /** What the public would be told by each case under sign-off; the digest is in what is signed. */
    notices: z.array(z.object({ case: UuidField, digest: DigestField, notice: z.unknown() })),
  })
  .meta({ id: 'ReportDetail' });

/** A sentence for a failed check: why a warning is right, or why an error that may be overridden is overridden. */
const Explanation = z.strictObject({
  check: z.string().min(1).max(MAX_CHECK_KEY),
  sentence: z.string().trim().min(4).max(500),
});

/**
 * Freezes exactly the revision named by number and digest (both from ReportDetail or RevisionSaved), with a sentence for every warning. Overriding
 * an error needs the office of the disclosure head.
 */
export const SubmitReport = z
  .strictObject({
    revision: z.int().positive(),
    digest: DigestField,
    notBefore: InstantField.nullable().default(null),
    explanations: z.array(Explanation).max(500).default([]),
    kind: WritingKind.default('publish'),
    reason: PublicReason.nullable().default(null),
  })
  .refine(({ kind, reason }) => (kind === 'publish') === (reason === null), {
    path: ['reason'],
    message: 'a correction and an emergency give the public a reason, a first publication none',
  })
  .meta({ id: 'SubmitReport' });

/**
 * Who would sign a submission made now, stage by stage. `unfillable`: the stage that distinct people could not fill. `ratification`: what follows an
 * emergency; how many working days it has, and when they would be over if the emergency were public now (null: a year on the way has no calendar).
 */
export const RoutePreview = z
  .object({
    document: UuidField,
    kind: WritingKind,
    stages: z.array(
      z.object({
        id: z.string(),
        leg: Leg,
        name: z.string(),
        need: z.int(),
        slots: z.array(z.object({ role: RoleName, organ: OrganCode, person: UuidField.nullable() })),
      }),
    ),
    unfillable: z.object({ stage: z.string(), seats: z.array(z.string()) }).nullable(),
    ratification: z.object({ workingDays: z.int(), dueAt: InstantField.nullable() }).nullable(),
  })
  .meta({ id: 'RoutePreview' });

/** A cell by its id (`t3.1.total`), a paragraph (`chapter-2.0`), a chapter (`chapter-2`), `title`, `preface` or `scope`. */
const PlaceField = z.string().min(1).max(100);

/**
 * Opens the next edition for writing. `places`: where the mistake was found, which a correction then begins with; when left out, it begins with the
 * first place that is changed. Everything else is locked until it is opened with a reason.
 */
export const OpenNextEdition = z
  .strictObject({ places: z.array(PlaceField).max(20).default([]) })
  .meta({ id: 'OpenNextEdition' });

/** Opens one more place of a correction. `reason`: why it is changed too; null only for the place it begins with. */
export const OpenPlace = z
  .strictObject({ place: PlaceField, reason: z.string().trim().min(4).max(500).nullable() })
  .meta({ id: 'OpenPlace' });
export const PlaceOpened = NamedPlace.extend({ document: UuidField, edition: z.int() }).meta({ id: 'PlaceOpened' });

/** Asks that exactly the edition seen is taken back from the public, for this public reason. */
export const WithdrawPublic = z
  .strictObject({ edition: z.int().positive(), content: DigestField, reason: PublicReason })
  .meta({ id: 'WithdrawPublic' });

/** Submits a refused ratification again: to exactly the edition seen. */
export const RatifyPublic = z
  .strictObject({ edition: z.int().positive(), content: DigestField })
  .meta({ id: 'RatifyPublic' });

/** The next edition is open for writing; what is public stays as it is. */
export const NextEditionOpened = z
  .object({ document: UuidField, edition: z.int(), revision: z.int(), digest: DigestField.nullable() })
  .meta({ id: 'NextEditionOpened' });

export const ReportSubmitted = z
  .object({
    case: UuidField,
    round: z.int(),
    kind: z.enum(CASE_KINDS),
    document: UuidField,
    edition: z.int(),
    content: DigestField,
    route: DigestField,
  })
  .meta({ id: 'ReportSubmitted' });
