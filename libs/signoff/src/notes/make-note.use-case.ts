import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { putContent } from '#content-store/content-store';
import type { MakeNote, NoteDetail } from '#contracts/http/notes.api';
import { type Refusal, isRefusal, refuse } from '#domain/decision';
import { type Digest, digest } from '#domain/identifiers';
import { canonicalBytes } from '#evidence/canonical';
import { announce } from '#outbox/announce';
import type { Tx } from '#persistence/transaction';
import { type Anchor, anchorAt, type AnchorPlace } from '#report/anchors/anchor';
import { findQuote } from '#report/anchors/find-quote';
import { figureFor } from '#report/anchors/write-in-place';
import type { AnnualReport } from '#report/model';
import { openStageId } from '../leg-announcement.js';
import type { LockedLeg } from '../stored-leg.js';
import { editionReport } from './edition-report.js';
import { noteDetail } from './note-detail.js';
import { enterNoteAct } from './note-entry.js';
import { decideNote } from './note.js';
import type { NoteAsker, NotePorts } from './note-ports.js';
import { insertNote, type StoredNote } from './note.repository.js';
import { enterNotedCase, namedCase } from './noted-case.js';

/** Media type of a suggestion in the content store. */
const SUGGESTION = 'application/vnd.sunward.suggestion+json';

type MakeNoteCommand = { readonly case: string } & Omit<z.infer<typeof MakeNote>, 'onBehalfOf'>;
type Made = { readonly note: StoredNote; readonly detail: z.infer<typeof NoteDetail> };

/**
 * Binds a note to a place of the content under sign-off; its suggestion goes to drafting by digest. Refuses what `decideNote`
 * does, and not_found, not_deputy, place_not_found, quote_not_found, quote_repeated (count).
 */
export async function makeNote(
  tx: Tx,
  command: MakeNoteCommand,
  asker: NoteAsker,
  ports: NotePorts,
): Promise<z.infer<typeof NoteDetail> | Refusal> {
  const found = await enterNotedCase(tx, command.case, asker, ports);
  const made = isRefusal(found) ? found : await bound(tx, command, asker, found);
  const said = isRefusal(made) ? {} : { type: 'made', ...saidIn(made.note) };
  const { person: actor, onBehalfOf } = asker;
  const act = { action: 'make-note', ...namedCase(found, command.case), actor, onBehalfOf, said } as const;
  const suggestion = isRefusal(made) ? null : made.note.suggestionDigest;
  const digests = { content: digest(command.content), ...(suggestion === null ? {} : { suggestion }) };
  await enterNoteAct(tx, ports, { ...act, digests, requestId: asker.correlationId }, made);
  return isRefusal(made) ? made : made.detail;
}

type Found = Exclude<Awaited<ReturnType<typeof enterNotedCase>>, Refusal>;

async function bound(
  tx: Tx,
  command: MakeNoteCommand,
  { person, onBehalfOf, correlationId }: NoteAsker,
  { leg, noted, standing }: Found,
): Promise<Made | Refusal> {
  const { round } = leg.legCase;
  const { text, suggestion } = command;
  const report = await editionReport(tx, round.content);
  const anchor = anchorFor(report, command.place);
  if (isRefusal(anchor)) return (await notSeen(command, noted.content)) ?? anchor;
  const readable = anchor.kind !== 'cell' || suggestion === null || figureFor(report, anchor.cell, suggestion) !== null;
  const target = anchor.kind;
  const decision = decideNote(
    null,
    { type: 'make', content: digest(command.content), target, suggestion, readable },
    standing,
    noted,
  );
  if (isRefusal(decision)) return decision;
  const stage = openStageId(leg.legCase);
  if (stage === null) throw new Error(`case ${round.case} is under sign-off in no stage`);
  const identity = { id: randomUUID(), case: round.case, round: round.round, document: round.document };
  const said = { stage, content: round.content, anchor, text, suggestion };
  const bare = { ...identity, ...said, author: person, onBehalfOf, at: leg.at };
  const suggestionDigest = suggestion === null ? null : await putSuggestion(tx, leg, bare, suggestion);
  const note: StoredNote = { ...bare, suggestionDigest, state: 'open', events: [] };
  await insertNote(tx, note);
  if (suggestionDigest !== null) await tellSuggestion(tx, leg, note, 'made', correlationId);
  const present = { leg: round.leg, round: round.round, stages: noted.stages, report };
  return { note, detail: noteDetail(note, present) };
}

/** What the person looked at is not what is there: that explains why the place was not found. */
async function notSeen({ content }: MakeNoteCommand, present: Digest): Promise<Refusal | null> {
  return content === present ? null : refuse('content_changed');
}

function anchorFor(report: AnnualReport, wanted: MakeNoteCommand['place']): Anchor | Refusal {
  const place = 'quote' in wanted ? quotedPlace(report, wanted) : wanted;
  return isRefusal(place) ? place : anchorAt(report, place);
}

function quotedPlace(
  report: AnnualReport,
  { quote, from, ...scope }: Extract<MakeNoteCommand['place'], { quote: string }>,
): AnchorPlace | Refusal {
  const places = findQuote(report, quote, scope).filter((one) => from === undefined || one.from === from);
  const [place] = places;
  if (place === undefined) return refuse('quote_not_found');
  return places.length === 1 ? place : refuse('quote_repeated', { count: places.length });
}

type BareNote = Omit<StoredNote, 'state' | 'events' | 'suggestionDigest'>;

function putSuggestion(
  tx: Tx,
  { legCase: { round } }: LockedLeg,
  note: BareNote,
  replacement: string,
): Promise<Digest> {
  const document = {
    schema: 'sunward.suggestion/1',
    note: note.id,
    leg: round.leg,
    case: round.case,
    round: round.round,
    document: round.document,
    content: round.content,
    anchor: note.anchor,
    replacement,
    author: note.author,
    at: note.at,
  };
  return putContent(tx, canonicalBytes(document), SUGGESTION);
}

/** Tells drafting that a suggestion waits for it, or that it does no more. */
export async function tellSuggestion(
  tx: Tx,
  { legCase: { round } }: LockedLeg,
  note: StoredNote,
  what: 'made' | 'closed',
  correlationId: string,
): Promise<void> {
  if (note.suggestionDigest === null) return;
  const { id, suggestionDigest: suggestion } = note;
  const body = { case: note.case, round: note.round, document: note.document, leg: round.leg, note: id, suggestion };
  await announce(tx, [{ type: `${round.leg}.suggestion-${what}`, stream: note.document, correlationId, body }]);
}

function saidIn({ id, stage, anchor, text, suggestion }: StoredNote): object {
  return { id, stage, anchor, text, suggestion };
}
