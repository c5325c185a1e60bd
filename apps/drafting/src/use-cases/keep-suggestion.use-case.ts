import type { InboundMessage } from '#contracts/routing';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { findReport } from '../persistence/report.repository.js';
import { addSuggestion, closeSuggestion } from '../persistence/suggestion.repository.js';
import { suggestionDocument } from '../suggestion-document.js';

type Made = InboundMessage<'review.suggestion-made'> | InboundMessage<'approval.suggestion-made'>;
type Closed = InboundMessage<'review.suggestion-closed'> | InboundMessage<'approval.suggestion-closed'>;

/** A note suggests another wording: it waits for the drafter. On a report this service does not have in that case it raises suggestion_unexpected. */
export async function keepSuggestion(tx: Tx, { body, type }: Made): Promise<void> {
  const { suggestion: digest, ...of } = body;
  const report = await findReport(tx, of.document);
  if (report?.case !== of.case || type !== `${of.leg}.suggestion-made`) {
    await raiseAlarm(tx, 'suggestion_unexpected', { document: of.document, case: of.case, note: of.note });
    return;
  }
  // Read now, so that a message which does not say what is stored is refused here and not when the drafter accepts.
  await suggestionDocument(tx, { ...of, digest });
  await addSuggestion(tx, { ...of, digest });
}

/** The note was resolved or withdrawn. */
export async function dropSuggestion(tx: Tx, { body }: Closed): Promise<void> {
  await closeSuggestion(tx, body.note, body.document);
}
