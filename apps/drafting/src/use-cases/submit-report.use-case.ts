import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { getContent, putContent } from '#content-store/content-store';
import type { ReportSubmitted, SubmitReport } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import type { SubmissionStatement } from '#evidence/statements';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { editionBytes, parseEdition } from '#report/edition';
import type { AnnualReport } from '#report/model';
import { changesBetween, type ReportChanges } from '#report/notice/report-changes';
import type { AdoptedDirectory } from '#signoff/directory-copy.repository';
import { checkContextOf } from '../check-context.js';
import { checkContent, type FrozenChecks, frozenChecks, settledForSubmission } from '../content-checks.js';
import { correctionOf } from '../correction-locks.js';
import { nextRound, type Round, whyNoSubmission, type WritingKind } from '../domain/report-life.js';
import type { Asker, DraftingPorts } from '../drafting-ports.js';
import { knownDirectory, reportToWrite, whyNoOverride } from '../drafting-rights.js';
import { emergencyTerms } from '../emergency-terms.js';
import { freezeNotice, handOver, whyNoReason } from '../handing-over.js';
import { authorsSince, lockReport, requireRevision, type StoredReport } from '../persistence/report.repository.js';
import { findSubmission } from '../persistence/submission.repository.js';
import { saveAndTell } from '../report-news.js';
import { reportOf } from '../revision-content.js';
import { solvableRoute } from '../solvable-route.js';

const EDITION = 'application/vnd.sunward.edition+json';
const CHECKS = 'application/vnd.sunward.checks+json';

/**
 * Freezes exactly the revision the drafter saw as the edition of the next round, signs who contributed to it and what the
 * public is told of it, and hands it to sign-off with a sentence for every warning. Refuses not_found, not_allowed (also to
 * override an error), reason_required, ratification_open, what `whyNoSubmission`, `settledForSubmission` and `solvableRoute`
 * refuse.
 */
export async function submitReport(
  tx: Tx,
  { document, ...seen }: { readonly document: string } & z.infer<typeof SubmitReport>,
  { person, correlationId }: Asker,
  ports: DraftingPorts,
): Promise<z.infer<typeof ReportSubmitted> | Refusal> {
  const { kind, reason } = seen;
  const report = await reportToWrite(tx, await lockReport(tx, document), person);
  if (isRefusal(report)) return report;
  const refusal = whyNoSubmission(report, seen) ?? (kind === 'publish' ? null : whyNoReason(reason));
  if (refusal !== null) return refusal;
  const content = await headContent(tx, report, ports);
  const checks = await checksToFreeze(tx, { report, content, person, explanations: seen.explanations });
  if (isRefusal(checks)) return checks;

  const directory = await knownDirectory(tx);
  const at = await databaseNow(tx);
  const authors = await authorsSince(tx, document, report.liveRevision);
  const contributors = [...new Set([...authors, person])].toSorted();
  const sought = { directory, organ: report.organ, excluded: contributors, at };
  const route = await solvableRoute(tx, { ...sought, kind }, ports);
  if (isRefusal(route)) return route;
  const terms = kind === 'emergency' ? await emergencyTerms(tx, document, sought, ports) : null;
  if (terms !== null && isRefusal(terms)) return terms;

  const round = nextRound(report, kind, randomUUID());
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
    notice: await noticeOf(tx, report, { round, kind, reason, content }),
  };
  await handOver(tx, { statement, revision: report.headRevision, correlationId }, ports);
  await saveAndTell(tx, { ...report, state: 'submitted', case: round.case, kind, ...counted(round) }, correlationId);
  return { ...round, kind, document, content: frozen, route };
}

const counted = ({ round, edition }: Round): Pick<Round, 'round' | 'edition'> => ({ round, edition });

interface Telling {
  readonly round: Round;
  readonly kind: WritingKind;
  readonly reason: string | null;
  readonly content: AnnualReport;
}

/** What the public is told of it: nothing of a first edition, the reason and every change of one that replaces another. */
async function noticeOf(
  tx: Tx,
  report: StoredReport,
  { round: { edition }, kind, reason, content }: Telling,
): Promise<Digest | null> {
  if (kind === 'publish' || reason === null) return null;
  const replaces = report.publicState === 'live' ? report.publicEdition : null;
  const changes = replaces === null ? null : await changesTo(tx, report, content);
  const { document } = report;
  return freezeNotice(tx, { schema: 'sunward.notice/1', kind, document, edition, replaces, reason, changes });
}

async function changesTo(tx: Tx, report: StoredReport, content: AnnualReport): Promise<ReportChanges> {
  const submission = await findSubmission(tx, { case: report.publicCase, round: report.publicRound });
  if (submission === undefined) throw new Error(`report ${report.document} is public without a submission`);
  const edition = parseEdition(await getContent(tx, submission.content));
  if (isRefusal(edition)) throw new Error(`edition ${submission.content} is no edition: ${edition.refused}`);
  return changesBetween(edition.report, content);
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
  if (refusal !== null) return refusal;
  return frozenChecks(checks, settled, (await correctionOf(tx, report))?.opened ?? null);
}

/** The head revision, proved to be what its digest says. */
async function headContent(tx: Tx, report: StoredReport, { crypto }: DraftingPorts): Promise<AnnualReport> {
  const head = await requireRevision(tx, report.document, report.headRevision);
  if (crypto.sha256(new TextEncoder().encode(head.report)) !== report.headDigest)
    throw new Error(`revision ${report.headRevision} of report ${report.document} is not what was saved`);
  return reportOf(head);
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
