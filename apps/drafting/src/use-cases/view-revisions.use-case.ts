import type { z } from 'zod';
import type { RevisionDetail, Revisions } from '#contracts/http/drafting.api';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { instant } from '#domain/instant';
import type { Handle } from '#persistence/sql';
import { reportToWrite } from '../drafting-rights.js';
import { findReport } from '../persistence/report.repository.js';
import { findRevision, type RevisionRecord, revisionsOf } from '../persistence/revisions.queries.js';

type Refused = Refusal<'not_found' | 'not_allowed'>;

/** The saved states of a report, for its drafters alone: a draft is nobody else's business. Refuses not_found, not_allowed. */
export async function viewRevisions(
  handle: Handle,
  document: string,
  person: string,
): Promise<z.infer<typeof Revisions> | Refused> {
  const report = await reportToWrite(handle, await findReport(handle, document), person);
  if (isRefusal(report)) return report;
  return { document, items: (await revisionsOf(handle, document)).map(lineOf) };
}

/** One saved state with its text. Refuses not_found, not_allowed. */
export async function viewRevision(
  handle: Handle,
  { document, revision }: { readonly document: string; readonly revision: number },
  person: string,
): Promise<z.infer<typeof RevisionDetail> | Refused> {
  const report = await reportToWrite(handle, await findReport(handle, document), person);
  if (isRefusal(report)) return report;
  const found = await findRevision(handle, document, revision);
  return found === undefined
    ? refuse('not_found')
    : { ...lineOf(found), document, report: JSON.parse(found.report) as unknown };
}

function lineOf({
  revision,
  digest,
  author,
  at,
  importedFrom,
}: RevisionRecord): z.infer<typeof Revisions>['items'][number] {
  return { revision, digest, author, at: instant(at), importedFrom };
}
