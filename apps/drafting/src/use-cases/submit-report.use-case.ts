import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { putContent } from '#content-store/content-store';
import type { ReportSubmitted, SubmitReport } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { SubmissionStatement } from '#evidence/statements';
import { announce } from '#outbox/announce';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { editionBytes } from '#report/edition';
import type { AnnualReport } from '#report/model';
import type { AdoptedDirectory } from '#signoff/directory-copy.repository';
import { checkContextOf } from '../check-context.js';
import { checkContent, type FrozenChecks, frozenChecks, settledForSubmission } from '../content-checks.js';
import { nextRound, type Round, whyNoSubmission } from '../domain/report-life.js';
import type { Asker, DraftingPorts } from '../drafting-ports.js';
import { knownDirectory, reportToWrite, whyNoOverride } from '../drafting-rights.js';
import {
  addSubmission,
  authorsSince,
  lockReport,
  requireRevision,
  type StoredReport,
} from '../persistence/report.repository.js';
import { saveAndTell } from '../report-news.js';
import { solvableRoute } from '../solvable-route.js';

const EDITION = 'application/vnd.sunward.edition+json';
const CHECKS = 'application/vnd.sunward.checks+json';
const ENVELOPE = 'application/vnd.dsse.envelope.v1+json';

/**
 * Freezes exactly the revision the drafter saw as the edition of the next round, signs who contributed to it, and hands
 * it to sign-off with a sentence for every warning. Refuses not_found, not_allowed (also to override an error), what
 * `whyNoSubmission`, `settledForSubmission` and `solvableRoute` refuse.
 */
export async function submitReport(
  tx: Tx,
  { document, ...seen }: { readonly document: string } & z.infer<typeof SubmitReport>,
  { person, correlationId }: Asker,
  ports: DraftingPorts,
): Promise<z.infer<typeof ReportSubmitted> | Refusal> {
  const report = await reportToWrite(tx, await lockReport(tx, document), person);
  if (isRefusal(report)) return report;
  const refusal = whyNoSubmission(report, seen);
  if (refusal !== null) return refusal;
  const content = await headContent(tx, report, ports);
  const checks = await checksToFreeze(tx, { report, content, person, explanations: seen.explanations });
  if (isRefusal(checks)) return checks;

  const directory = await knownDirectory(tx);
  const at = await databaseNow(tx);
  const authors = await authorsSince(tx, document, report.liveRevision);
  const kind = 'publish';
  const contributors = [...new Set([...authors, person])].toSorted();
  const route = await solvableRoute(tx, { directory, organ: report.organ, kind, excluded: contributors, at }, ports);
  if (isRefusal(route)) return route;

  const round = nextRound(report, randomUUID());
  const frozen = await freeze(tx, report, { round, directory, content });
  const statement: SubmissionStatement = {
    ...round,
    kind,
    document,
    organ: report.organ,
    year: report.year,
    content: frozen,
    route,
    contributors,
    submitter: person,
    notBefore: seen.notBefore === null ? null : instant(seen.notBefore),
    checks: await putContent(tx, canonicalBytes(checks), CHECKS),
    at,
    notice: null,
  };
  await handOver(tx, { report, statement, correlationId }, ports);
  return { ...round, document, content: frozen, route };
}

interface Checking {
  readonly report: StoredReport;
  readonly content: AnnualReport;
  readonly person: string;
  readonly explanations: z.infer<typeof SubmitReport>['explanations'];
}

/** The checks as they go into sign-off; an overridden error needs the office for it. */
async function checksToFreeze(
  tx: Tx,
  { report, content, person, explanations }: Checking,
): Promise<FrozenChecks | Refusal> {
  const checks = checkContent(content, await checkContextOf(tx, report));
  const settled = settledForSubmission(checks, explanations);
  if (isRefusal(settled)) return settled;
  const refusal = settled.overridden.length === 0 ? null : await whyNoOverride(tx, report.organ, person);
  return refusal ?? frozenChecks(checks, settled);
}

/** The head revision, proved to be what its digest says. */
async function headContent(tx: Tx, report: StoredReport, { crypto }: DraftingPorts): Promise<AnnualReport> {
  const head = await requireRevision(tx, report.document, report.headRevision);
  if (crypto.sha256(new TextEncoder().encode(head.report)) !== report.headDigest)
    throw new Error(`revision ${report.headRevision} of report ${report.document} is not what was saved`);
  return JSON.parse(head.report) as AnnualReport;
}

interface Freezing {
  readonly round: Round;
  readonly directory: AdoptedDirectory;
  readonly content: AnnualReport;
}

/** Stores the edition's exact bytes; every signature speaks about their digest. */
async function freeze(tx: Tx, report: StoredReport, { round, directory, content }: Freezing): Promise<Digest> {
  const organ = directory.document.organs.find(({ code }) => code === report.organ);
  if (organ === undefined)
    throw new Error(`directory version ${directory.document.version} has no organ ${report.organ}`);
  const bytes = editionBytes({
    schema: 'sunward.edition/1',
    document: report.document,
    edition: round.edition,
    kind: 'annual-report',
    organ: { code: organ.code, name: organ.name, level: organ.level },
    year: report.year,
    format: content.format,
    report: content,
    attachments: [],
  });
  return putContent(tx, bytes, EDITION);
}

interface HandingOver {
  readonly report: StoredReport;
  readonly statement: SubmissionStatement;
  readonly correlationId: string;
}

/** Signs and stores the submission, and announces it, all or nothing with the report's new state. */
async function handOver(
  tx: Tx,
  { report, statement, correlationId }: HandingOver,
  ports: DraftingPorts,
): Promise<void> {
  const { contributors: _contributors, submitter, checks: _checks, at, ...edition } = statement;
  const { document, case: caseId, round, content, route } = edition;
  const envelope = sealEnvelope(PAYLOAD_TYPES.submission, statement, [ports.signer]);
  const submission = await putContent(tx, canonicalBytes(envelope), ENVELOPE);
  const revision = report.headRevision;
  const row = { case: caseId, round, edition: edition.edition, revision, content, route, submission, submitter, at };
  await addSubmission(tx, document, row);
  const body = { ...edition, submission };
  await announce(tx, [{ type: 'drafting.edition-submitted', stream: document, correlationId, body }]);
  const submitted = { ...report, state: 'submitted' as const, case: caseId, round, edition: edition.edition };
  await saveAndTell(tx, submitted, correlationId);
}
