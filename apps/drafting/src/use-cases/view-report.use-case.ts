import type { z } from 'zod';
import type { ReportDetail } from '#contracts/http/drafting.api';
import { getContent } from '#content-store/content-store';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { instant } from '#domain/instant';
import type { Handle } from '#persistence/sql';
import { parseNotice } from '#report/notice/public-notice';
import { signedSubmission } from '../act-on-public.js';
import { checkContextOf } from '../check-context.js';
import { checkContent, sentencesIn, summaryOf } from '../content-checks.js';
import { correctionOf } from '../correction-locks.js';
import { kindsFor } from '../domain/report-life.js';
import type { DraftingPorts } from '../drafting-ports.js';
import { sightOf } from '../drafting-rights.js';
import { openActs, type StoredAct } from '../persistence/public-act.repository.js';
import { findReport, requireRevision, type StoredReport } from '../persistence/report.repository.js';
import { reportOf } from '../revision-content.js';
import { findSubmission, lastSubmission, type StoredSubmission } from '../persistence/submission.repository.js';

type Detail = z.infer<typeof ReportDetail>;

/**
 * The report with its newest revision and that revision's checks; whoever may see no more than what is public gets that
 * revision. With it what is public, the acts under way, and what the public is told by each. Refuses not_found.
 */
export async function viewReport(
  handle: Handle,
  document: string,
  person: string,
  ports: DraftingPorts,
): Promise<Detail | Refusal<'not_found'>> {
  const report = await findReport(handle, document);
  const sight = report === undefined ? 'nothing' : await sightOf(handle, report, person);
  if (report === undefined || sight === 'nothing') return refuse('not_found');
  const { organ, year, state, case: caseId, kind, round, livePath } = report;
  const revision = sight === 'whole' ? report.headRevision : report.liveRevision;
  const head = revision === 0 ? null : await requireRevision(handle, document, revision);
  const content = head === null ? null : reportOf(head);
  const acts = await openActs(handle, document);
  // Back with its drafters, it still has the sentences of its last submission for them: what was said once is not asked again.
  const isBack = state === 'draft' || state === 'returned';
  const last = isBack && sight !== 'whole' ? undefined : await lastSubmission(handle, document);
  return {
    document,
    organ,
    year,
    state,
    revision,
    digest: head?.digest ?? null,
    report: content,
    checks: content === null ? [] : checkContent(content, await checkContextOf(handle, report)).results.map(summaryOf),
    explained: last === undefined ? [] : await explainedAt(handle, last, ports),
    case: caseId,
    kind,
    round,
    path: livePath,
    fit: [...kindsFor(report)],
    public: await publicOf(handle, report),
    acts: acts.map(shownAct),
    correction: sight === 'whole' ? await correctionOf(handle, report) : null,
    notices: await noticesOf(handle, state === 'submitted' ? last : undefined, acts),
  };
}

/** The sentences given at the last submission; those who sign see them first. */
async function explainedAt(
  handle: Handle,
  submission: StoredSubmission,
  ports: DraftingPorts,
): Promise<Detail['explained']> {
  const statement = await signedSubmission(handle, submission, ports);
  const frozen = await getContent(handle, statement.checks);
  return sentencesIn(frozen).map((one) => ({ ...summaryOf(one), sentence: one.sentence }));
}

async function publicOf(handle: Handle, report: StoredReport): Promise<Detail['public']> {
  if (report.publicState === 'none') return null;
  const submission = await findSubmission(handle, { case: report.publicCase, round: report.publicRound });
  if (submission === undefined) throw new Error(`report ${report.document} is public without a submission`);
  const { edition, content, kind } = submission;
  return { state: report.publicState, edition, content, kind };
}

function shownAct({ kind, state, edition, case: caseId, dueAt }: StoredAct): Detail['acts'][number] {
  if (state === 'done' || state === 'moot') throw new Error(`an open act is not ${state}`);
  return { kind, state, edition, case: caseId, dueAt: dueAt === null ? null : instant(dueAt) };
}

/** What the public would be told by each case under sign-off: those who sign must have read it. */
async function noticesOf(
  handle: Handle,
  text: StoredSubmission | undefined,
  acts: readonly StoredAct[],
): Promise<Detail['notices']> {
  const submitted = acts.filter(({ state }) => state === 'submitted');
  const rounds = await Promise.all(submitted.map((act) => findSubmission(handle, act)));
  const told = [text, ...rounds].flatMap((one) =>
    one?.notice == null ? [] : [{ case: one.case, digest: one.notice }],
  );
  return Promise.all(
    told.map(async ({ case: caseId, digest }) => {
      const notice = parseNotice(await getContent(handle, digest));
      if (isRefusal(notice)) throw new Error(`notice ${digest} is none: ${JSON.stringify(notice.data)}`);
      return { case: caseId, digest, notice };
    }),
  );
}
