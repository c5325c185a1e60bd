import type { z } from 'zod';
import type { WaitingSuggestions } from '#contracts/http/notes.api';
import { isRefusal, type Refusal, refuse } from '#domain/decision';
import type { Handle } from '#persistence/sql';
import { resolveAnchor } from '#report/anchors/resolve-anchor';
import { writeInPlace } from '#report/anchors/write-in-place';
import { reportToWrite } from '../drafting-rights.js';
import { findReport, requireRevision } from '../persistence/report.repository.js';
import { waitingSuggestions } from '../persistence/suggestion.repository.js';
import { reportOf } from '../revision-content.js';
import { suggestionDocument } from '../suggestion-document.js';

/** What notes suggest and the drafter has neither taken over nor seen closed, against the newest revision. Refuses not_found, not_allowed. */
export async function viewSuggestions(
  handle: Handle,
  document: string,
  person: string,
): Promise<z.infer<typeof WaitingSuggestions> | Refusal> {
  const report = await reportToWrite(handle, await findReport(handle, document), person);
  if (isRefusal(report)) return report;
  const revision = report.headRevision;
  if (revision === 0) return refuse('not_found');
  const content = reportOf(await requireRevision(handle, document, revision));
  const items: z.infer<typeof WaitingSuggestions>['items'] = [];
  for (const stored of await waitingSuggestions(handle, document)) {
    const { anchor, replacement, author, at } = await suggestionDocument(handle, stored);
    const found = structuredClone(resolveAnchor(anchor, content)) as (typeof items)[number]['found'];
    const acceptable = !isRefusal(writeInPlace(content, anchor, replacement));
    const { note, leg, case: caseId, round } = stored;
    const bound = structuredClone(anchor) as (typeof items)[number]['anchor'];
    items.push({ note, leg, case: caseId, round, author, at, anchor: bound, replacement, found, acceptable });
  }
  return { document, revision, items };
}
