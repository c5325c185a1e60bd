import { z } from 'zod';
import { DigestField, InstantField, OrganCode, ReportYear, UuidField } from '../fields.js';

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
  .strictObject({ baseRevision: z.int().nonnegative(), report: z.record(z.string(), z.unknown()) })
  .meta({ id: 'SaveReport' });

export const CheckSummary = z.object({
  rule: z.string(),
  severity: z.enum(['E', 'W', 'I']),
  status: z.enum(['pass', 'fail', 'not-assessable']),
  message: z.object({ zh: z.string(), en: z.string() }),
  place: z.unknown(),
});

export const RevisionSaved = z
  .object({
    document: UuidField,
    revision: z.int(),
    digest: DigestField,
    findings: z.array(z.unknown()),
    checks: z.array(CheckSummary),
    blocked: z.boolean(),
  })
  .meta({ id: 'RevisionSaved' });

export const ReportDetail = z
  .object({
    document: UuidField,
    organ: OrganCode,
    year: ReportYear,
    state: z.enum(['draft', 'submitted', 'returned', 'live']),
    revision: z.int(),
    digest: DigestField.nullable(),
    report: z.unknown(),
    checks: z.array(CheckSummary),
    case: UuidField.nullable(),
    round: z.int(),
    path: z.string().nullable(),
  })
  .meta({ id: 'ReportDetail' });

/** Freezes exactly the revision named by number and digest (both from ReportDetail or RevisionSaved). */
export const SubmitReport = z
  .strictObject({ revision: z.int().positive(), digest: DigestField, notBefore: InstantField.nullable().default(null) })
  .meta({ id: 'SubmitReport' });

export const ReportSubmitted = z
  .object({
    case: UuidField,
    round: z.int(),
    document: UuidField,
    edition: z.int(),
    content: DigestField,
    route: DigestField,
  })
  .meta({ id: 'ReportSubmitted' });
