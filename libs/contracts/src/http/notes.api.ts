import { z } from 'zod';
import { DigestField, InstantField, Leg, PlainText, UuidField } from '../fields.js';
import { AnchorField, FoundField } from '../suggestion.js';
import { RevisionSaved } from './drafting.api.js';

/** Longest text of a note or a reply, in characters. */
const NOTE_TEXT = 2000;
/** Longest suggested text. */
const REPLACEMENT = 2000;

/** The person one is deputy of, where one speaks for him. */
const Principal = UuidField.nullable().default(null);

/** A quotation as the person selected it. `chapter`, `paragraph`, `part` and `from` (offset in the passage) tell repetitions apart. */
const QuotedPlace = z.strictObject({
  quote: z.string().min(1).max(1000),
  chapter: z.int().min(1).max(15).optional(),
  paragraph: z.int().nonnegative().optional(),
  part: z.enum(['title', 'preface']).optional(),
  from: z.int().nonnegative().optional(),
});

/** Puts a note (批注) on a cell, a chapter or words of the content seen, with a suggestion the drafter may accept. */
export const MakeNote = z
  .strictObject({
    content: DigestField,
    place: z.union([
      z.strictObject({ cell: z.string().min(1).max(100) }),
      z.strictObject({ chapter: z.int().min(1).max(15) }),
      QuotedPlace,
    ]),
    text: PlainText(1, NOTE_TEXT),
    suggestion: PlainText(0, REPLACEMENT)
      .refine((text) => !/[\n\t]/.test(text), 'one paragraph')
      .nullable()
      .default(null),
    onBehalfOf: Principal,
  })
  .meta({ id: 'MakeNote' });

export const ReplyToNote = z
  .strictObject({ text: PlainText(1, NOTE_TEXT), onBehalfOf: Principal })
  .meta({ id: 'ReplyToNote' });

/** Closes a note, with a word on why or none. */
export const CloseNote = z
  .strictObject({ text: PlainText(1, NOTE_TEXT).nullable().default(null), onBehalfOf: Principal })
  .meta({ id: 'CloseNote' });

const NoteEventView = z.object({
  kind: z.enum(['replied', 'resolved', 'withdrawn', 'accepted']),
  by: UuidField,
  onBehalfOf: UuidField.nullable(),
  at: InstantField,
  text: z.string().nullable(),
  revision: z.int().nullable(),
});

/** A note with what became of it. `onBehalfOf`: the principal for whom the author, his deputy, made it; `found`: where its place is in the content under sign-off now; `blocks`: the stage that cannot be signed while it is open. */
export const NoteDetail = z
  .object({
    note: UuidField,
    leg: Leg,
    round: z.int(),
    stage: z.string(),
    author: UuidField,
    onBehalfOf: UuidField.nullable(),
    at: InstantField,
    text: z.string(),
    suggestion: z.string().nullable(),
    state: z.enum(['open', 'resolved', 'withdrawn', 'accepted']),
    fromEarlierRound: z.boolean(),
    blocks: z.string().nullable(),
    anchor: AnchorField,
    found: FoundField,
    events: z.array(NoteEventView),
  })
  .meta({ id: 'NoteDetail' });

/** The notes of one leg of a case, oldest first; `open`: how many are. */
export const CaseNotes = z
  .object({
    case: UuidField,
    leg: Leg,
    round: z.int(),
    content: DigestField,
    open: z.int(),
    items: z.array(NoteDetail),
  })
  .meta({ id: 'CaseNotes' });

/** Takes a note's suggestion over as the next revision; whoever does it answers for it. */
export const AcceptSuggestion = z
  .strictObject({ baseRevision: z.int().positive(), case: UuidField, note: UuidField })
  .meta({ id: 'AcceptSuggestion' });
export const SuggestionTaken = RevisionSaved.extend({ note: UuidField, case: UuidField }).meta({
  id: 'SuggestionTaken',
});

/** The suggestions that wait for a drafter, with what stands at their place in the newest revision. `acceptable`: the text is as it was. */
export const WaitingSuggestions = z
  .object({
    document: UuidField,
    revision: z.int(),
    items: z.array(
      z.object({
        note: UuidField,
        leg: Leg,
        case: UuidField,
        round: z.int(),
        author: UuidField,
        at: InstantField,
        anchor: AnchorField,
        replacement: z.string(),
        found: FoundField,
        acceptable: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'WaitingSuggestions' });
