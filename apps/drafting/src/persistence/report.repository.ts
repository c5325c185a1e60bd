import type { CaseKind } from '#domain/case-kind';
import type { Instant } from '#domain/instant';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { PublicState, ReportLife, ReportState, Round } from '../domain/report-life.js';

/** A report as its row has it. */
export interface StoredReport extends ReportLife {
  readonly document: string;
  readonly organ: string;
  readonly year: number;
  readonly errors: number;
  readonly warnings: number;
  readonly liveRevision: number;
  readonly livePath: string | null;
  /** The round that made it public. */
  readonly publicCase: string | null;
  readonly publicRound: number | null;
}

/** One revision; `report` is canonical JSON, `digest` the SHA-256 of its bytes. */
export interface Revision {
  readonly seq: number;
  readonly baseSeq: number;
  readonly report: string;
  readonly digest: string;
  readonly author: string;
  readonly importedFrom: string | null;
}

/** One round handed to sign-off. */
export interface Submission extends Round {
  readonly kind: CaseKind;
  readonly revision: number;
  readonly content: string;
  readonly route: string;
  readonly submission: string;
  readonly submitter: string;
  readonly at: Instant;
  readonly notice: string | null;
}

const REPORT = `SELECT id AS document, organ, year, state, head_revision AS "headRevision", head_digest AS "headDigest",
  errors, warnings, case_id AS "case", kind, round, edition, live_revision AS "liveRevision", live_path AS "livePath",
  public_state AS "publicState", public_edition AS "publicEdition", public_case AS "publicCase", public_round AS "publicRound", locked_edition AS "lockedEdition",
  (SELECT digest FROM revision WHERE report_id = report.id AND seq = report.live_revision) AS "publicDigest" FROM report`;

/** Makes an empty report. False when the organ has one for that year. */
export async function addReport(tx: Tx, document: string, organ: string, year: number): Promise<boolean> {
  const added = await rows(
    tx,
    `INSERT INTO report (id, organ, year, state, head_revision, errors, warnings, round, edition, live_revision,
       public_state, public_edition)
     VALUES ($1, $2, $3, 'draft', 0, 0, 0, 0, 0, 0, 'none', 0) ON CONFLICT (organ, year) DO NOTHING RETURNING id`,
    [document, organ, year],
  );
  return added.length === 1;
}

/** The report, or undefined. */
export function findReport(handle: Handle, document: string): Promise<StoredReport | undefined> {
  return row<StoredReport>(handle, `${REPORT} WHERE id = $1`, [document]);
}

/** As findReport, and nobody else changes it until the transaction ends. */
export function lockReport(tx: Tx, document: string): Promise<StoredReport | undefined> {
  return row<StoredReport>(tx, `${REPORT} WHERE id = $1 FOR UPDATE`, [document]);
}

/** Writes the fields that change in a report's life. */
export async function saveReportRow(tx: Tx, report: StoredReport): Promise<void> {
  await rows(
    tx,
    `UPDATE report SET state = $2, head_revision = $3, head_digest = $4, errors = $5, warnings = $6, case_id = $7,
       round = $8, edition = $9, live_revision = $10, live_path = $11, kind = $12, public_state = $13, public_edition = $14,
       public_case = $15, public_round = $16, locked_edition = $17 WHERE id = $1`,
    [
      report.document,
      report.state satisfies ReportState,
      report.headRevision,
      report.headDigest,
      report.errors,
      report.warnings,
      report.case,
      report.round,
      report.edition,
      report.liveRevision,
      report.livePath,
      report.kind,
      report.publicState satisfies PublicState,
      report.publicEdition,
      report.publicCase,
      report.publicRound,
      report.lockedEdition,
    ],
  );
}

/** Appends a revision. */
export async function addRevision(tx: Tx, document: string, revision: Revision): Promise<void> {
  await rows(
    tx,
    `INSERT INTO revision (report_id, seq, base_seq, report, digest, author, at, imported_from)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7)`,
    [
      document,
      revision.seq,
      revision.baseSeq,
      revision.report,
      revision.digest,
      revision.author,
      revision.importedFrom,
    ],
  );
}

/** The canonical JSON of a revision and its digest. Throws when there is none: revisions are never removed. */
export async function requireRevision(
  handle: Handle,
  document: string,
  seq: number,
): Promise<Pick<Revision, 'report' | 'digest'>> {
  const found = await row<Pick<Revision, 'report' | 'digest'>>(
    handle,
    'SELECT report, digest FROM revision WHERE report_id = $1 AND seq = $2',
    [document, seq],
  );
  if (found === undefined) throw new Error(`report ${document} has no revision ${seq}`);
  return found;
}

/** A public revision: whose it is, and where to find it. */
export interface LiveRevision {
  readonly organ: string;
  readonly document: string;
  readonly seq: number;
  readonly digest: string;
}

/** The public revisions of these organs' reports of a year, at most `most`, in the order of their codes. */
export function liveRevisions(
  handle: Handle,
  organs: readonly string[],
  year: number,
  most: number,
): Promise<LiveRevision[]> {
  return rows(
    handle,
    `SELECT p.organ, p.id AS document, r.seq, r.digest FROM report p JOIN revision r ON r.report_id = p.id AND r.seq = p.live_revision
     WHERE p.organ = ANY ($1) AND p.year = $2 ORDER BY p.organ LIMIT $3`,
    [organs, year, most],
  );
}

/** Whoever wrote a revision after `liveRevision`, each once, sorted. */
export async function authorsSince(handle: Handle, document: string, liveRevision: number): Promise<string[]> {
  const found = await rows<{ author: string }>(
    handle,
    'SELECT DISTINCT author FROM revision WHERE report_id = $1 AND seq > $2',
    [document, liveRevision],
  );
  return found.map(({ author }) => author).toSorted();
}
