import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { RatifyPublic, ReportSubmitted } from '#contracts/http/drafting.api';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { instant } from '#domain/instant';
import type { RouteDocument, SubmissionStatement } from '#evidence/statements';
import { raiseAlarm } from '#outbox/alarm';
import { announce } from '#outbox/announce';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { signedSubmission } from '../act-on-public.js';
import { nextRoundOfAct } from '../domain/public-act.js';
import type { Asker, DraftingPorts } from '../drafting-ports.js';
import { knownDirectory, reportToWithdraw, routeDocument } from '../drafting-rights.js';
import { ratificationTerms } from '../emergency-terms.js';
import { handOver } from '../handing-over.js';
import { addAct, openAct, saveAct, type StoredAct } from '../persistence/public-act.repository.js';
import { lockReport, type StoredReport } from '../persistence/report.repository.js';
import { emergencySubmission } from '../persistence/submission.repository.js';
import { solvableRoute } from '../solvable-route.js';

const STATES = { owed: 'owed', submitted: 'open', refused: 'refused', done: 'done', moot: 'moot' } as const;

/** Tells the dashboards how a ratification stands. */
export async function tellRatification(
  tx: Tx,
  { document, organ, year }: Pick<StoredReport, 'document' | 'organ' | 'year'>,
  { state, edition, case: caseId, dueAt }: StoredAct,
  correlationId: string,
): Promise<void> {
  if (state === 'prepared' || state === 'returned') throw new Error(`a ratification is never ${state}`);
  const due = dueAt === null ? null : instant(dueAt);
  const body = { document, organ, year, edition, state: STATES[state], case: caseId, dueAt: due };
  await announce(tx, [{ type: 'drafting.ratification-changed', stream: document, correlationId, body }]);
}

/**
 * An emergency is public: its ratification is owed, and is put to signature at once where that can be. However often this
 * is heard of, one comes of it.
 */
export async function oweRatification(
  tx: Tx,
  report: StoredReport,
  correlationId: string,
  ports: DraftingPorts,
): Promise<void> {
  const owed = {
    kind: 'ratify',
    state: 'owed',
    edition: report.publicEdition,
    case: null,
    round: 0,
    dueAt: null,
  } as const;
  const act: StoredAct = { ...owed, id: randomUUID(), document: report.document };
  if (!(await addAct(tx, act))) return;
  const submitted = await submitRatification(tx, { report, act, submitter: null, correlationId }, ports);
  if (!isRefusal(submitted)) return;
  await raiseAlarm(tx, 'ratification_blocked', { document: report.document, code: submitted.refused });
  await tellRatification(tx, report, act, correlationId);
}

/** Tries again what could not be submitted when the emergency went live. False when it still cannot. */
export async function submitOwedRatification(tx: Tx, document: string, ports: DraftingPorts): Promise<boolean> {
  const report = await lockReport(tx, document);
  const act = await openAct(tx, document, 'ratify');
  if (report === undefined || act?.state !== 'owed') return true;
  const owed = { report, act, submitter: null, correlationId: randomUUID() };
  return !isRefusal(await submitRatification(tx, owed, ports));
}

/**
 * Submits a refused ratification again, as somebody decided who looked at it. Refuses not_found, not_allowed,
 * no_ratification, content_changed, case_open (case), and what `solvableRoute` refuses.
 */
export async function ratifyPublic(
  tx: Tx,
  { document, ...seen }: { readonly document: string } & z.infer<typeof RatifyPublic>,
  { person, correlationId }: Asker,
  ports: DraftingPorts,
): Promise<z.infer<typeof ReportSubmitted> | Refusal> {
  const report = await reportToWithdraw(tx, await lockReport(tx, document), person);
  if (isRefusal(report)) return report;
  const act = await openAct(tx, document, 'ratify');
  if (act === undefined) return refuse('no_ratification');
  if (act.state === 'submitted') return refuse('case_open', { case: act.case });
  const edition = await emergencyOf(tx, report, act, ports);
  if (act.edition !== seen.edition || edition.content !== seen.content) return refuse('content_changed');
  return submitRatification(tx, { report, act, submitter: person, correlationId }, ports);
}

interface Ratifying {
  readonly report: StoredReport;
  readonly act: StoredAct;
  /** Null: nobody asked for it, it follows from the emergency; whoever submitted that stands for it. */
  readonly submitter: string | null;
  readonly correlationId: string;
}

async function submitRatification(
  tx: Tx,
  { report, act, submitter, correlationId }: Ratifying,
  ports: DraftingPorts,
): Promise<z.infer<typeof ReportSubmitted> | Refusal> {
  const { document, organ, year } = report;
  const emergency = await emergencyOf(tx, report, act, ports);
  const by = submitter ?? emergency.submitter;
  const contributors = [...new Set([...emergency.contributors, by])].toSorted();
  const at = await databaseNow(tx);
  const directory = await knownDirectory(tx);
  const route = await solvableRoute(tx, { directory, organ, kind: 'ratify', excluded: contributors, at }, ports);
  if (isRefusal(route)) return route;
  const { content, checks, edition } = emergency;
  const round = { ...nextRoundOfAct(act, randomUUID()), edition };
  const about = { ...round, kind: 'ratify' as const, document, organ, year, content, route, checks };
  const statement: SubmissionStatement = { ...about, contributors, submitter: by, notBefore: null, at, notice: null };
  await handOver(tx, { statement, revision: emergency.revision, correlationId }, ports);
  const due = act.dueAt ?? dueOf(await routeDocument(tx, route), at);
  const submitted: StoredAct = { ...act, state: 'submitted', case: round.case, round: round.round, dueAt: due };
  await saveAct(tx, submitted);
  if (due === null) await raiseAlarm(tx, 'calendar_uncovered', { document, case: round.case });
  await tellRatification(tx, report, submitted, correlationId);
  return { ...round, kind: 'ratify', document, content, route };
}

function dueOf(route: RouteDocument, at: SubmissionStatement['at']): Date | null {
  const { dueAt } = ratificationTerms(route, at);
  return dueAt === null ? null : new Date(dueAt);
}

type Emergency = SubmissionStatement & { readonly revision: number };

/** The submission of the emergency itself, which a later edition may have replaced since. */
async function emergencyOf(
  tx: Tx,
  { document }: StoredReport,
  act: StoredAct,
  ports: DraftingPorts,
): Promise<Emergency> {
  const submission = await emergencySubmission(tx, document, act.edition);
  if (submission === undefined)
    throw new Error(`report ${document}: no emergency submission of edition ${act.edition}`);
  return { ...(await signedSubmission(tx, submission, ports)), revision: submission.revision };
}
