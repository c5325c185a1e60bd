import { accept, type Decision, type Refusal, refuse } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { LegState } from '../leg.js';

/** How a note stands. Only an open one blocks. */
export type NoteState = 'open' | 'resolved' | 'withdrawn' | 'accepted';

/** What happened to a note after it was made. `revision`: the one in which the drafter took its suggestion over. */
export interface NoteEvent {
  readonly kind: 'replied' | 'resolved' | 'withdrawn' | 'accepted';
  readonly by: string;
  /** The principal for whom a deputy did it. */
  readonly onBehalfOf: string | null;
  readonly text: string | null;
  readonly revision: number | null;
}

/** What the rules need to know of a note: whose it is, the writer's and the principal's he wrote it for, made in which stage, and how it stands. */
export interface JudgedNote {
  readonly author: string;
  readonly onBehalfOf: string | null;
  readonly stage: string;
  readonly state: NoteState;
}

/** What a person is to a case, for himself or as the deputy of a principal, as its leg and the directory say at this moment. */
export interface Standing {
  readonly person: string;
  /** The principal whose office the person acts in; then `stages` are those for which the deputy's grant holds. */
  readonly onBehalfOf: string | null;
  /** Could sign a seat of the open stage now. */
  readonly mayAct: boolean;
  /** Was asked for an opinion. */
  readonly asked: boolean;
  readonly isDrafter: boolean;
  /** Wrote or submitted what is under sign-off. */
  readonly contributed: boolean;
  /** Stages whose offices the person holds. */
  readonly stages: readonly string[];
}

/** The leg as notes see it: its present stages in order, the content before the signers, how many notes there are. */
export interface NotedLeg {
  readonly state: LegState;
  readonly content: Digest;
  readonly stages: readonly string[];
  readonly notes: number;
}

/** What people ask of notes. `target`: what the note would be bound to; `readable`: its suggestion can stand there. */
export type NoteCommand =
  | {
      readonly type: 'make';
      readonly content: Digest;
      readonly target: 'cell' | 'chapter' | 'sentence';
      readonly suggestion: string | null;
      readonly readable: boolean;
    }
  | { readonly type: 'reply'; readonly text: string }
  | { readonly type: 'resolve' | 'withdraw'; readonly text: string | null };

/** More notes than this on one case are a reason to return it. */
const MOST_NOTES = 1000;

/** The single rules notes are decided by. The spec breaks them one at a time and must notice each. */
export interface NoteRules {
  mayMake(standing: Standing): boolean;
  isSameContent(seen: Digest, present: Digest): boolean;
  isUnderSignOff(leg: NotedLeg): boolean;
  mayTakeSuggestion(target: 'cell' | 'chapter' | 'sentence'): boolean;
  isOpen(note: JudgedNote): boolean;
  isAuthor(note: JudgedNote, standing: Standing): boolean;
  isHolder(note: JudgedNote, standing: Standing, leg: NotedLeg): boolean;
  mayReply(note: JudgedNote, standing: Standing, leg: NotedLeg): boolean;
  hasRoom(leg: NotedLeg): boolean;
  /** The stage that cannot be signed while the note is open. */
  blockedStage(note: JudgedNote, leg: Pick<NotedLeg, 'stages'>): string | null;
}

/** The law of notes. */
export const noteRules: NoteRules = {
  mayMake: ({ mayAct, asked }) => mayAct || asked,
  isSameContent: (seen, present) => seen === present,
  isUnderSignOff: ({ state }) => state === 'in-review',
  mayTakeSuggestion: (target) => target !== 'chapter',
  isOpen: ({ state }) => state === 'open',
  // A note made for a principal is his as well; a deputy who speaks for its author speaks as its author.
  isAuthor: (note, standing) => {
    const authors = [note.author, note.onBehalfOf];
    return authors.includes(standing.person) || (standing.onBehalfOf !== null && authors.includes(standing.onBehalfOf));
  },
  // Whoever wrote the text does not decide that what was said of it is settled.
  isHolder: (note, { contributed, stages }, leg) => !contributed && stages.includes(stageOfNote(note, leg) ?? ''),
  mayReply: (note, standing, leg) =>
    standing.isDrafter ||
    standing.mayAct ||
    noteRules.isAuthor(note, standing) ||
    standing.stages.includes(stageOfNote(note, leg) ?? ''),
  hasRoom: ({ notes }) => notes < MOST_NOTES,
  blockedStage: (note, leg) => (note.state === 'open' ? stageOfNote(note, leg) : null),
};

/** The stage that answers for a note: the one it was made in, or the last of the leg where a newer route has no such stage. */
function stageOfNote({ stage }: Pick<JudgedNote, 'stage'>, { stages }: Pick<NotedLeg, 'stages'>): string | null {
  return stages.includes(stage) ? stage : (stages.at(-1) ?? null);
}

type NoteDecision = Decision<'made' | Omit<NoteEvent, 'by' | 'onBehalfOf'>>;

/** Decides a command on a note; `note` is null only for `make`. Refuses with the first guard that fails. */
export function decideNote(
  note: JudgedNote | null,
  command: NoteCommand,
  standing: Standing,
  leg: NotedLeg,
  rules: NoteRules = noteRules,
): NoteDecision {
  if (command.type === 'make') return whyNoNote(command, standing, leg, rules) ?? accept('made' as const);
  if (note === null) return refuse('not_found');
  if (!rules.isOpen(note)) return refuse('note_closed', { state: note.state });
  const event = { text: command.text, revision: null };
  switch (command.type) {
    case 'reply':
      return rules.mayReply(note, standing, leg)
        ? accept({ kind: 'replied' as const, ...event })
        : refuse('not_party_to_note');
    case 'resolve':
      return rules.isAuthor(note, standing) || rules.isHolder(note, standing, leg)
        ? accept({ kind: 'resolved' as const, ...event })
        : refuse('not_note_holder');
    default:
      return rules.isAuthor(note, standing)
        ? accept({ kind: 'withdrawn' as const, ...event })
        : refuse('not_note_author');
  }
}

type Make = Extract<NoteCommand, { type: 'make' }>;

function whyNoNote(command: Make, standing: Standing, leg: NotedLeg, rules: NoteRules): Refusal | null {
  const { content, target, suggestion, readable } = command;
  if (!rules.isUnderSignOff(leg))
    return leg.state === 'cleared' ? refuse('passed_on') : refuse('not_in_review', { state: leg.state });
  if (!rules.isSameContent(content, leg.content)) return refuse('content_changed');
  if (!rules.mayMake(standing)) return refuse('not_acting');
  if (suggestion !== null && !rules.mayTakeSuggestion(target)) return refuse('suggestion_needs_place');
  if (suggestion !== null && !readable) return refuse('suggestion_unreadable', { text: suggestion });
  return rules.hasRoom(leg) ? null : refuse('too_many_notes', { limit: MOST_NOTES });
}

/** How a note stands after what happened to it. That a drafter took a suggestion over is a fact, whatever was said before. */
export function stateAfter(events: readonly Pick<NoteEvent, 'kind'>[]): NoteState {
  const kinds = events.map(({ kind }) => kind);
  if (kinds.includes('accepted')) return 'accepted';
  return kinds.find((kind) => kind === 'resolved' || kind === 'withdrawn') ?? 'open';
}
