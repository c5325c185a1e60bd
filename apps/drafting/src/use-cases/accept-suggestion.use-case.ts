import type { z } from 'zod';
import type { AcceptSuggestion, SuggestionTaken } from '#contracts/http/notes.api';
import { isRefusal, type Refusal, refuse } from '#domain/decision';
import { digest } from '#domain/identifiers';
import { announce } from '#outbox/announce';
import type { Tx } from '#persistence/transaction';
import { textOfAnchor } from '#report/anchors/anchor';
import { writeInPlace } from '#report/anchors/write-in-place';
import type { AnnualReport } from '#report/model';
import { parseAnnualReport } from '#report/parse-annual-report';
import { whyNoRevision } from '../domain/report-life.js';
import type { Asker, DraftingPorts } from '../drafting-ports.js';
import { reportToWrite } from '../drafting-rights.js';
import { lockReport, requireRevision } from '../persistence/report.repository.js';
import { findSuggestion, markAccepted, type StoredSuggestion } from '../persistence/suggestion.repository.js';
import { reportOf } from '../revision-content.js';
import { suggestionDocument } from '../suggestion-document.js';
import { saveRevision } from './save-report.use-case.js';

type Accepting = { readonly document: string } & z.infer<typeof AcceptSuggestion>;

/**
 * Writes what a note suggests into the newest revision, as the drafter's own: he is its author and answers for it. Refuses
 * not_found, not_allowed, case_open, already_live, revision_not_latest, suggestion_closed, suggestion_conflict (expected,
 * found) and what `saveRevision` refuses.
 */
export async function acceptSuggestion(
  tx: Tx,
  accepting: Accepting,
  asker: Asker,
  ports: Pick<DraftingPorts, 'crypto'>,
): Promise<z.infer<typeof SuggestionTaken> | Refusal> {
  const { document, baseRevision } = accepting;
  const report = await reportToWrite(tx, await lockReport(tx, document), asker.person);
  if (isRefusal(report)) return report;
  const refusal = whyNoRevision(report, baseRevision);
  if (refusal !== null) return refusal;
  const suggestion = await findSuggestion(tx, accepting);
  if (suggestion === undefined) return refuse('not_found');
  if (suggestion.state !== 'waiting') return refuse('suggestion_closed', { state: suggestion.state });
  const next = await withSuggestion(tx, document, report.headRevision, suggestion);
  if (isRefusal(next)) return next;
  const revision = { document, baseRevision, report: next, findings: [], importedFrom: null };
  const saved = await saveRevision(tx, revision, asker, ports);
  if (isRefusal(saved)) return saved;
  await markAccepted(tx, suggestion.note, saved.revision);
  await tellAccepted(tx, suggestion, saved, asker);
  return { ...saved, note: suggestion.note, case: suggestion.case };
}

async function withSuggestion(
  tx: Tx,
  document: string,
  head: number,
  stored: StoredSuggestion,
): Promise<AnnualReport | Refusal> {
  const content = reportOf(await requireRevision(tx, document, head));
  const { anchor, replacement } = await suggestionDocument(tx, stored);
  const next = writeInPlace(content, anchor, replacement);
  if (!isRefusal(next)) return parseAnnualReport(next);
  const { found } = next.data;
  return refuse('suggestion_conflict', { expected: textOfAnchor(anchor), found });
}

async function tellAccepted(
  tx: Tx,
  { case: caseId, document, leg, note, digest: suggestion }: StoredSuggestion,
  { revision, digest: saved }: { readonly revision: number; readonly digest: string },
  { person: by, correlationId }: Asker,
): Promise<void> {
  const body = { case: caseId, document, leg, note, suggestion: digest(suggestion), by, revision, digest: saved };
  await announce(tx, [{ type: 'drafting.suggestion-accepted', stream: document, correlationId, body }]);
}
