import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ReportSubmitted, WithdrawPublic } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { SubmissionStatement } from '#evidence/statements';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { publicEditionOf } from '../act-on-public.js';
import { nextRoundOfAct, whyNoWithdrawal } from '../domain/public-act.js';
import type { Asker, DraftingPorts } from '../drafting-ports.js';
import { knownDirectory, reportToWithdraw } from '../drafting-rights.js';
import { freezeNotice, handOver, whyNoReason } from '../handing-over.js';
import { addAct, openAct, saveAct, type StoredAct } from '../persistence/public-act.repository.js';
import { lockReport } from '../persistence/report.repository.js';
import { solvableRoute } from '../solvable-route.js';

/**
 * Hands the withdrawal of exactly the edition seen to sign-off, with the reason the public will read: the same bytes that are
 * public, no new revision. A withdrawal that was prepared or returned goes on. Refuses not_found, not_allowed,
 * reason_required, what `whyNoWithdrawal` and `solvableRoute` refuse.
 */
export async function withdrawPublic(
  tx: Tx,
  { document, reason, ...seen }: { readonly document: string } & z.infer<typeof WithdrawPublic>,
  { person, correlationId }: Asker,
  ports: DraftingPorts,
): Promise<z.infer<typeof ReportSubmitted> | Refusal> {
  const report = await reportToWithdraw(tx, await lockReport(tx, document), person);
  if (isRefusal(report)) return report;
  const now = await publicEditionOf(tx, report, ports);
  const open = await openAct(tx, document, 'withdraw');
  const publicContent = now?.statement.content ?? null;
  const refusal = whyNoWithdrawal({ ...report, publicContent }, open, seen) ?? whyNoReason(reason);
  if (refusal !== null) return refusal;
  if (now === undefined) throw new Error(`report ${document} is public without a submission`);

  const { organ, year, publicEdition: edition } = report;
  const at = await databaseNow(tx);
  const contributors = [...new Set([...now.statement.contributors, person])].toSorted();
  const directory = await knownDirectory(tx);
  const route = await solvableRoute(tx, { directory, organ, kind: 'withdraw', excluded: contributors, at }, ports);
  if (isRefusal(route)) return route;
  const { content, checks } = now.statement;
  const round = { ...nextRoundOfAct(open, randomUUID()), edition };
  const told = { schema: 'sunward.notice/1', kind: 'withdraw', document, edition, replaces: edition, reason } as const;
  const notice = await freezeNotice(tx, { ...told, changes: null });
  const about = { ...round, kind: 'withdraw' as const, document, organ, year, content, route, checks, notice };
  const statement: SubmissionStatement = { ...about, contributors, submitter: person, notBefore: null, at };
  await handOver(tx, { statement, revision: now.submission.revision, correlationId }, ports);
  await keepAct(tx, open, { document, ...round });
  return { ...round, kind: 'withdraw', document, content, route };
}

async function keepAct(
  tx: Tx,
  open: StoredAct | undefined,
  submitted: Pick<StoredAct, 'document' | 'case' | 'round' | 'edition'>,
): Promise<void> {
  const act = { ...submitted, kind: 'withdraw' as const, state: 'submitted' as const, dueAt: null };
  if (open === undefined) await addAct(tx, { ...act, id: randomUUID() });
  else await saveAct(tx, { ...open, ...act });
}
