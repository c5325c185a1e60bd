import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import type { Offices } from '../directory.js';
import type { LegCase, Seat } from '../leg.js';
import {
  decideNote,
  type JudgedNote,
  type NoteCommand,
  type NotedLeg,
  type NoteRules,
  noteRules,
  type Standing,
  stateAfter,
} from './note.js';
import { notedLeg, standingOf } from './standing.js';

const [seen, other] = ['a', 'b'].map((letter) => digest(letter.repeat(64))) as [
  ReturnType<typeof digest>,
  ReturnType<typeof digest>,
];
const leg: NotedLeg = { state: 'in-review', content: seen, stages: ['first', 'second'], notes: 3 };
const nobody: Standing = {
  person: 'n',
  onBehalfOf: null,
  mayAct: false,
  asked: false,
  isDrafter: false,
  contributed: false,
  stages: [],
};
const reviewer: Standing = { ...nobody, person: 'r', mayAct: true, stages: ['first'] };
const colleague: Standing = { ...nobody, person: 'c', stages: ['first'] };
const second: Standing = { ...nobody, person: 's', stages: ['second'] };
const drafter: Standing = { ...nobody, person: 'd', isDrafter: true, contributed: true };
const both: Standing = { ...drafter, person: 'b', stages: ['first'] };
const asked: Standing = { ...nobody, person: 'a', asked: true };
const deputy: Standing = { ...nobody, person: 'x', onBehalfOf: 'r', mayAct: true, stages: ['first'] };
const idle: Standing = { ...deputy, mayAct: false, stages: [] };
const note: JudgedNote = { author: 'r', onBehalfOf: null, stage: 'first', state: 'open' };
const deputised: JudgedNote = { ...note, author: 'x', onBehalfOf: 'r' };
const make: NoteCommand = { type: 'make', content: seen, target: 'sentence', suggestion: null, readable: true };
const reply: NoteCommand = { type: 'reply', text: '已改。' };
const resolve: NoteCommand = { type: 'resolve', text: null };
const withdraw: NoteCommand = { type: 'withdraw', text: null };

/** What is asked, by whom, in which leg, about which note, and the code of the refusal or what happens. */
type Row = readonly [
  what: string,
  command: NoteCommand,
  by: Standing,
  note: JudgedNote | null,
  leg: NotedLeg,
  outcome: string,
];
const rows: readonly Row[] = [
  ['a stranger makes one', make, nobody, null, leg, 'not_acting'],
  ['the drafter makes one', make, drafter, null, leg, 'not_acting'],
  ['a holder of another stage makes one', make, second, null, leg, 'not_acting'],
  ['whoever may act makes one', make, reviewer, null, leg, 'made'],
  ['whoever was asked for an opinion makes one', make, asked, null, leg, 'made'],
  ['on content seen before', { ...make, content: other }, reviewer, null, leg, 'content_changed'],
  ['on a returned case', make, reviewer, null, { ...leg, state: 'returned' }, 'not_in_review'],
  ['on a case that has passed on', make, reviewer, null, { ...leg, state: 'cleared' }, 'passed_on'],
  ['on a chapter', { ...make, target: 'chapter' }, reviewer, null, leg, 'made'],
  ['on a chapter with a suggestion', { ...make, target: 'chapter', suggestion: '改' }, reviewer, null, leg, 'suggestion_needs_place'],
  ['on a cell with what is no figure', { ...make, target: 'cell', suggestion: '约5', readable: false }, reviewer, null, leg, 'suggestion_unreadable'],
  ['on a cell with a figure', { ...make, target: 'cell', suggestion: '5' }, reviewer, null, leg, 'made'],
  ['the thousand-and-first', make, reviewer, null, { ...leg, notes: 1000 }, 'too_many_notes'],
  ['a reply to none', reply, reviewer, null, leg, 'not_found'],
  ['the author replies', reply, reviewer, note, leg, 'replied'],
  ['the author, who holds no office any more, replies', reply, { ...nobody, person: 'r' }, note, leg, 'replied'],
  ['the drafter replies', reply, drafter, note, leg, 'replied'],
  ['a holder of the stage replies', reply, colleague, note, leg, 'replied'],
  ['whoever may act now replies', reply, { ...second, mayAct: true }, note, leg, 'replied'],
  ['a reader replies', reply, second, note, leg, 'not_party_to_note'],
  ['a reply to a resolved one', reply, reviewer, { ...note, state: 'resolved' }, leg, 'note_closed'],
  ['the author resolves', resolve, { ...nobody, person: 'r' }, note, leg, 'resolved'],
  ['another holder of the stage resolves', resolve, colleague, note, leg, 'resolved'],
  ['a holder of another stage resolves', resolve, second, note, leg, 'not_note_holder'],
  ['the drafter resolves', resolve, drafter, note, leg, 'not_note_holder'],
  ['a drafter who holds the office resolves', resolve, both, note, leg, 'not_note_holder'],
  ['one of a stage that is gone, by the last stage', resolve, second, { ...note, stage: 'gone' }, leg, 'resolved'],
  ['one of a stage that is gone, by another', resolve, colleague, { ...note, stage: 'gone' }, leg, 'not_note_holder'],
  ['a resolved one again', resolve, reviewer, { ...note, state: 'resolved' }, leg, 'note_closed'],
  ['an accepted one', resolve, reviewer, { ...note, state: 'accepted' }, leg, 'note_closed'],
  ['the author withdraws', withdraw, reviewer, note, leg, 'withdrawn'],
  ['another holder withdraws', withdraw, colleague, note, leg, 'not_note_author'],
  ['a deputy makes one', make, deputy, null, leg, 'made'],
  ['whoever is deputy for no seat that is open makes one', make, idle, null, leg, 'not_acting'],
  ['a deputy replies to his principal’s', reply, deputy, note, leg, 'replied'],
  ['a deputy resolves his principal’s', resolve, { ...deputy, stages: ['second'] }, note, leg, 'resolved'],
  ['a deputy withdraws his principal’s', withdraw, deputy, note, leg, 'withdrawn'],
  ['the principal withdraws what his deputy made', withdraw, reviewer, deputised, leg, 'withdrawn'],
  ['the deputy withdraws, for himself, what he made', withdraw, { ...nobody, person: 'x' }, deputised, leg, 'withdrawn'],
  ['a deputy of another withdraws it', withdraw, { ...deputy, person: 'y', onBehalfOf: 'c' }, deputised, leg, 'not_note_author'],
  ['another holder withdraws what a deputy made', withdraw, colleague, deputised, leg, 'not_note_author'],
  ['a deputy whose principal contributed resolves', resolve, { ...deputy, onBehalfOf: 'b', contributed: true }, note, leg, 'not_note_holder'],
  ['one is resolved after the return', resolve, reviewer, note, { ...leg, state: 'returned' }, 'resolved'],
]; // prettier-ignore

function outcomeOf([, command, by, about, where]: Row, rules: NoteRules = noteRules): string {
  const decision = decideNote(about, command, by, where, rules);
  if (isRefusal(decision)) return decision.refused;
  return decision.events.map((event) => (event === 'made' ? event : event.kind)).join();
}

describe('a note', () => {
  it.each(rows)('%s', (...row) => expect(outcomeOf(row)).toBe(row[5]));

  it('blocks the stage that made it while it is open, and the last one where its stage is gone', () => {
    expect(noteRules.blockedStage(note, leg)).toBe('first');
    expect(noteRules.blockedStage({ ...note, stage: 'gone' }, leg)).toBe('second');
    for (const state of ['resolved', 'withdrawn', 'accepted'] as const)
      expect(noteRules.blockedStage({ ...note, state }, leg)).toBeNull();
  });

  it('stands as what happened to it says: accepted is a fact, whatever was said before', () => {
    const kinds = (...all: ('replied' | 'resolved' | 'withdrawn' | 'accepted')[]) => all.map((kind) => ({ kind }));
    expect(stateAfter([])).toBe('open');
    expect(stateAfter(kinds('replied', 'replied'))).toBe('open');
    expect(stateAfter(kinds('replied', 'withdrawn'))).toBe('withdrawn');
    expect(stateAfter(kinds('resolved', 'accepted'))).toBe('accepted');
    expect(stateAfter(kinds('accepted', 'resolved'))).toBe('accepted');
  });
});

/** Each rule broken; the table above must notice. */
const broken: Record<string, Partial<NoteRules>> = {
  'anybody makes notes': { mayMake: () => true },
  'whoever was asked may not': { mayMake: ({ mayAct }) => mayAct },
  'old content is taken': { isSameContent: () => true },
  'returned cases take notes': { isUnderSignOff: () => true },
  'chapters take suggestions': { mayTakeSuggestion: () => true },
  'closed notes go on': { isOpen: () => true },
  'everybody is the author': { isAuthor: () => true },
  'contributors resolve': { isHolder: (about, { stages }) => stages.includes(about.stage) },
  'principals have no part in what deputies make': { isAuthor: (about, { person }) => about.author === person },
  'deputies are not their principals': { isAuthor: (about, { person }) => [about.author, about.onBehalfOf].includes(person) },
  'nobody else resolves': { isHolder: () => false },
  'readers reply': { mayReply: () => true },
  'drafters do not reply': { mayReply: (about, standing, where) => !standing.isDrafter && noteRules.mayReply(about, standing, where) },
  'notes without end': { hasRoom: () => true },
}; // prettier-ignore

it.each(Object.entries(broken))('the table notices that %s', (_what, change) => {
  expect(rows.some((row) => outcomeOf(row, { ...noteRules, ...change }) !== row[5])).toBe(true);
});

describe('what a person is to a case', () => {
  const at = instant('2026-01-20T01:00:00.000Z');
  const grants: readonly (readonly [string, string])[] = [
    ['drafter', 'drafter'],
    ['one', 'reviewer'],
    ['two', 'reviewer'],
    ['two', 'drafter'],
    ['head', 'principal'],
  ];
  const offices: Offices = {
    holds: (person, role, organ) => organ === 'o' && grants.some(([who, what]) => who === person && what === role),
    holders: () => [],
    countsStill: () => true,
    actsFor: (agent, principal, role) => agent === 'guest' && principal !== 'guest' && role !== 'principal',
  };
  const seat = (id: string, role: string): Seat => ({
    id,
    stage: id,
    ordinal: 0,
    role,
    organ: 'o',
    person: null,
    addedBy: null,
    signature: null,
  });
  const stage = (id: string) => ({ id, need: 'all', ordered: false, slots: [{}] });
  const legCase = {
    state: 'in-review',
    seats: [seat('first', 'reviewer'), seat('last', 'principal')],
    round: {
      organ: 'o',
      submitter: 'drafter',
      contributors: ['two'],
      countedElsewhere: [],
      content: seen,
      stages: [stage('first'), stage('last')],
    },
  } as unknown as LegCase;
  const standing = (person: string, ofCase = legCase, onBehalfOf: string | null = null): Standing =>
    standingOf(ofCase, { person, onBehalfOf }, { offices, at }, ['guest']);

  it('follows from open seats, offices, contributions and questions', () => {
    expect(standing('one')).toMatchObject({ mayAct: true, stages: ['first'], contributed: false, isDrafter: false });
    expect(standing('head')).toMatchObject({ mayAct: false, stages: ['last'] });
    expect(standing('two')).toMatchObject({ mayAct: false, contributed: true, isDrafter: true, stages: ['first'] });
    expect(standing('drafter')).toMatchObject({ mayAct: false, isDrafter: true, contributed: true, stages: [] });
    expect(standing('guest')).toMatchObject({ asked: true, mayAct: false });
    expect(standing('one', { ...legCase, state: 'returned' })).toMatchObject({ mayAct: false, stages: ['first'] });
  });

  it('is, for a deputy, what his principal is in the office he entrusted, and nothing else', () => {
    const nothing = { mayAct: false, asked: false, stages: [] };
    expect(standing('guest', legCase, 'one')).toMatchObject({ mayAct: true, asked: false, stages: ['first'], onBehalfOf: 'one' });
    expect(standing('guest', legCase, 'two')).toMatchObject({ mayAct: false, contributed: true, isDrafter: false });
    expect(standing('guest', legCase, 'head')).toMatchObject(nothing);
    expect(standing('one', legCase, 'two')).toMatchObject(nothing);
    expect(standing('one', legCase, 'one')).toMatchObject(nothing);
    expect(standing('drafter', legCase, 'one')).toMatchObject({ ...nothing, isDrafter: false });
  }); // prettier-ignore

  it('is judged on the leg as it stands', () => {
    expect(notedLeg(legCase, 4)).toEqual({ state: 'in-review', content: seen, stages: ['first', 'last'], notes: 4 });
  });
});
