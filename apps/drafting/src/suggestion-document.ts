import type { z } from 'zod';
import { getContent } from '#content-store/content-store';
import { SuggestionDocument } from '#contracts/suggestion';
import type { Handle } from '#persistence/sql';
import type { CellAnchor, SentenceAnchor } from '#report/anchors/anchor';
import type { StoredSuggestion } from './persistence/suggestion.repository.js';

/** What a note suggests: `replacement` in the place of what `anchor` is bound to. */
export type Suggested = Omit<z.infer<typeof SuggestionDocument>, 'anchor'> & {
  readonly anchor: CellAnchor | SentenceAnchor;
};

/** Reads a suggestion by its digest. Throws when it is none, or that of another note: the message was not what it said. */
export async function suggestionDocument(
  handle: Handle,
  { note, document, case: caseId, leg, digest }: Omit<StoredSuggestion, 'state'>,
): Promise<Suggested> {
  const found = SuggestionDocument.parse(JSON.parse(new TextDecoder().decode(await getContent(handle, digest))));
  const { anchor, ...rest } = found;
  const same = rest.note === note && rest.document === document && rest.case === caseId && rest.leg === leg;
  if (!same || anchor.kind === 'chapter') throw new Error(`suggestion ${digest} is not that of note ${note}`);
  return { ...rest, anchor };
}
