import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isRefusal, refuse } from '#domain/decision';
import { type Digest, digest } from '#domain/identifiers';
import { instant, plusSeconds } from '#domain/instant';
import type { RouteStage } from '#evidence/statements';
import type { Offices } from './directory.js';
import type { LegCase, LegEvent, LegState, Round } from './leg.js';
import { decide, evolve } from './leg-case.js';
import type { LegCommand } from './leg-command.js';
import type { LegContext } from './leg-context.js';
import { signatureBy, statementFor } from './statement.js';

const START = instant('2026-01-20T01:00:00.000Z');
const CONTENT = digest('c'.repeat(64));
const OTHER = digest('d'.repeat(64));

const stage = (
  id: string,
  leg: 'review' | 'approval',
  roles: string[],
  extra: Partial<RouteStage> = {},
): RouteStage => ({
  id,
  leg,
  name: id,
  meaning: `meaning of ${id}`,
  need: 'all',
  ordered: false,
  grade: 'attested',
  dueWorkingDays: 3,
  slots: roles.map((role) => ({ role, organ: 'self' })),
  ...extra,
});

const ROLES = ['first', 'second', 'third', 'chief'];
const offices: Offices = {
  holders: (role) => (ROLES.includes(role) ? [role, `${role}.liu`] : []),
  holds: (person, role) => person.split('+').some((part) => part === role || part.startsWith(`${role}.`)),
  actsFor: (person, principal) => person === `deputy-of-${principal}`,
  countsStill: () => true,
};

const digestOf = (statement: unknown): Digest =>
  digest(createHash('sha256').update(JSON.stringify(statement)).digest('hex'));
const context = (seconds = 0, extra: Partial<LegContext> = {}): LegContext => ({
  at: plusSeconds(START, seconds),
  offices,
  viewed: [CONTENT],
  openNotes: 0,
  digestOf,
  dueFor: ({ dueWorkingDays }, at) => plusSeconds(at, dueWorkingDays * 100),
  ...extra,
});

function roundOf(leg: 'review' | 'approval', extra: Partial<Round> = {}): Round {
  return {
    case: 'case-1',
    round: 1,
    pass: 1,
    kind: 'publish',
    leg,
    document: 'document-1',
    edition: 1,
    organ: 'xiangyang',
    year: 2020,
    content: CONTENT,
    route: digest('e'.repeat(64)),
    submission: digest('f'.repeat(64)),
    submitter: 'drafter',
    contributors: ['drafter', 'writer+first+second+leader'],
    notBefore: null,
    notice: null,
    undoSeconds: 0,
    stagesBefore: leg === 'approval' ? ['first-review', 'secrecy'] : [],
    stages: [stage('one', leg, ['first']), stage('two', leg, ['second', 'third'])],
    countedElsewhere: [],
    ...extra,
  };
}

function apply(current: LegCase | null, command: LegCommand, at = context()): LegCase {
  const decision = decide(current, command, at);
  if (isRefusal(decision)) throw new Error(`${command.type} refused: ${decision.refused}`);
  const next = decision.events.reduce<LegCase | null>(evolve, current);
  if (next === null) throw new Error('nothing opened');
  return next;
}

const opened = (round: Round): LegCase => apply(null, { type: 'open', round, seatIds: ['s1', 's2', 's3', 's4', 's5'] });

type Sign = Extract<LegCommand, { type: 'sign' }>;

function signing(current: LegCase, seatId: string, actor: string, onBehalfOf: string | null = null): Sign {
  const seat = current.seats.find(({ id }) => id === seatId);
  const statement = seat === undefined ? OTHER : digestOf(statementFor(current, seat, signatureBy(actor, onBehalfOf)));
  const checked = ['facts', 'names'];
  const proof = { grade: 'attested', unproved: null, stepUpAt: START } as const;
  return { type: 'sign', seat: seatId, actor, onBehalfOf, ...proof, statement, checked };
}

const sign = (current: LegCase, seat: string, actor: string, seconds = 0): LegCase =>
  apply(current, signing(current, seat, actor), context(seconds));
const allSigned = (round: Round): LegCase =>
  [['s1', 'first'] as const, ['s2', 'second'] as const, ['s3', 'third'] as const].reduce(
    (current, [seat, actor]) => sign(current, seat, actor),
    opened(round),
  );

function refusalOf(current: LegCase, command: LegCommand, at = context()): string {
  const decision = decide(current, command, at);
  return isRefusal(decision)
    ? decision.refused
    : `accepted ${decision.events.map(({ type }) => type).join(' ')}`.trim();
}

/** One leg in every state it can be in. */
function inState(state: LegState): LegCase {
  const approved = allSigned(roundOf('approval', { undoSeconds: 60 }));
  const ended: LegCommand = { type: 'withdraw', actor: 'drafter', content: CONTENT, reason: '写错了' };
  const endedAs = (kind: 'cancelled' | 'sent-back'): LegCase =>
    evolve(opened(roundOf('approval')), {
      type: 'ended',
      ending: { kind, by: 'second', at: START, reason: '理由', place: null, to: null },
    });
  const make: Record<LegState, () => LegCase> = {
    'in-review': () => sign(opened(roundOf('approval')), 's1', 'first'),
    returned: () =>
      apply(opened(roundOf('review')), {
        type: 'return',
        seat: 's1',
        actor: 'first',
        onBehalfOf: null,
        content: CONTENT,
        reason: '表二有误',
        place: 't2',
        to: null,
        seatIds: [],
      }),
    withdrawn: () => apply(opened(roundOf('review')), ended),
    cleared: () => allSigned(roundOf('review')),
    approved: () => approved,
    released: () => apply(approved, { type: 'release' }, context(60)),
    held: () => apply(apply(approved, { type: 'release' }, context(60)), { type: 'hold', code: 'role_not_held' }),
    done: () =>
      apply(apply(approved, { type: 'release' }, context(60)), { type: 'confirm', edition: 1, content: CONTENT }),
    superseded: () => apply(opened(roundOf('review')), { type: 'supersede' }),
    cancelled: () => endedAs('cancelled'),
    'sent-back': () => endedAs('sent-back'),
  };
  return make[state]();
}

const reason = { content: CONTENT, reason: '理由' };
const self = { onBehalfOf: null } as const;
const commands: Record<string, (current: LegCase) => LegCommand> = {
  sign: (current) => signing(current, 's2', 'second'),
  return: () => ({
    type: 'return',
    seat: 's2',
    actor: 'second',
    place: null,
    to: null,
    seatIds: [],
    ...self,
    ...reason,
  }),
  'take-back': () => ({ type: 'take-back', seat: 's1', actor: 'first', content: CONTENT, seatIds: ['n1'] }),
  'hand-over': () => ({
    type: 'hand-over',
    seat: 's2',
    actor: 'second',
    content: CONTENT,
    to: 'second.liu',
    seatId: 'n2',
  }),
  'add-signer': () => ({
    type: 'add-signer',
    seat: 's2',
    actor: 'second',
    content: CONTENT,
    person: 'third.liu',
    office: { role: 'third', organ: 'xiangyang' },
    seatId: 'a1',
  }),
  'remove-signer': () => ({ type: 'remove-signer', seat: 's2', actor: 'second', content: CONTENT }),
  withdraw: () => ({ type: 'withdraw', actor: 'drafter', ...reason }),
  recall: () => ({ type: 'recall', actor: 'drafter', ...reason }),
  cancel: () => ({ type: 'cancel', actor: 'drafter', ...reason }),
  postpone: () => ({ type: 'postpone', actor: 'drafter', content: CONTENT, until: plusSeconds(START, 900) }),
  reopen: () => ({ type: 'reopen', to: 'one', pass: 1, seatIds: ['n1', 'n2', 'n3'] }),
  lapse: () => ({ type: 'lapse', stages: ['one'], seatIds: ['n1', 'n2', 'n3'] }),
  'offer-again': () => ({ type: 'offer-again', seatIds: [] }),
  escalate: () => ({ type: 'escalate' }),
  release: () => ({ type: 'release' }),
  confirm: () => ({ type: 'confirm', edition: 1, content: CONTENT }),
  hold: () => ({ type: 'hold', code: 'role_not_held' }),
  overtake: () => ({ type: 'overtake' }),
  supersede: () => ({ type: 'supersede' }),
  'end-elsewhere': () => ({ type: 'end-elsewhere', kind: 'recalled' }),
};

/** Every command in every state: the refusal, or `+` and the events. One line for each group of commands above. */
const LAW: readonly (readonly [LegState, string])[] = [
  [
    'in-review',
    `+seat-signed | +ended | +taken-back stage-opened | +handed-over | +seat-added | not_removable
     +ended | not_approved | +ended | not_approved
     + | +lapsed stage-opened | + | not_overdue
     not_approved | not_approved | + | + | +superseded | +`,
  ],
  [
    'returned',
    `not_in_review | not_in_review | not_in_review | not_in_review | not_in_review | not_in_review
     not_in_review | not_approved | +ended | not_approved
     + | + | + | +
     not_approved | not_approved | + | + | + | +`,
  ],
  [
    'withdrawn',
    `not_in_review | not_in_review | not_in_review | not_in_review | not_in_review | not_in_review
     not_in_review | not_approved | +ended | not_approved
     + | + | + | +
     not_approved | not_approved | + | + | + | +`,
  ],
  [
    'cleared',
    `passed_on | passed_on | passed_on | passed_on | passed_on | passed_on
     passed_on | passed_on | passed_on | not_approved
     +reopened stage-opened | + | + | +
     not_approved | not_approved | + | + | +superseded | +ended-elsewhere`,
  ],
  [
    'approved',
    `not_in_review | not_in_review | not_in_review | not_in_review | not_in_review | not_in_review
     recall_first | +ended | recall_first | +postponed
     + | + | + | +
     too_early | not_approved | +ended | + | case_open | +`,
  ],
  [
    'released',
    `not_in_review | not_in_review | not_in_review | not_in_review | not_in_review | not_in_review
     too_late | too_late | too_late | too_late
     + | + | + | +
     + | +done | +ended | +superseded | too_late | +`,
  ],
  [
    'held',
    `not_in_review | not_in_review | not_in_review | not_in_review | not_in_review | not_in_review
     not_in_review | not_approved | +ended | not_approved
     + | + | + | +
     not_approved | not_approved | + | + | + | +`,
  ],
  [
    'done',
    `not_in_review | not_in_review | not_in_review | not_in_review | not_in_review | not_in_review
     too_late | too_late | too_late | too_late
     + | + | + | +
     + | + | + | + | too_late | +`,
  ],
  ...(['superseded', 'sent-back', 'cancelled'] as const).map(
    (state) =>
      [
        state,
        `not_in_review | not_in_review | not_in_review | not_in_review | not_in_review | not_in_review
         not_in_review | not_approved | not_in_review | not_approved
         + | + | + | +
         not_approved | not_approved | + | + | + | +`,
      ] as const,
  ),
];

describe('a command in a state', () => {
  const columns = Object.keys(commands);
  it.each(LAW)('%s', (state, answers) => {
    const current = inState(state);
    expect(current.state).toBe(state);
    const given = columns.map((name) => refusalOf(current, commands[name]!(current)).replace(/^accepted ?/, '+'));
    const wanted = answers.split(/[|\n]/).map((answer) => answer.trim());
    expect(Object.fromEntries(columns.map((name, index) => [name, given[index]]))).toEqual(
      Object.fromEntries(columns.map((name, index) => [name, wanted[index]])),
    );
  });

  it('leaves the state untouched when it is refused', () => {
    const current = inState('approved');
    const before = JSON.stringify(current);
    expect(refusalOf(current, { type: 'release' })).toBe('too_early');
    expect(JSON.stringify(current)).toBe(before);
  });
});

describe('signing is refused', () => {
  const current = opened(roundOf('review'));
  const good = signing(current, 's1', 'first');
  it.each<[string, string, LegCommand, Partial<LegContext>?]>([
    ['on a seat nobody knows', 'slot_not_open', { ...good, seat: 'seat-of-another-round' }],
    ['on a stage that is not open yet', 'slot_not_open', signing(current, 's2', 'second')],
    ['to somebody without the office', 'not_eligible', signing(current, 's1', 'second')],
    ['to a deputy nobody named', 'not_eligible', signing(current, 's1', 'third', 'first')],
    ['for a principal without the office', 'not_eligible', signing(current, 's1', 'deputy-of-third', 'third')],
    ['to a contributor', 'separation_of_duties', signing(current, 's1', 'writer+first+second+leader')],
    ['before it was opened', 'not_viewed', good, { viewed: [OTHER] }],
    ['while notes of the stage are open', 'notes_open', good, { openNotes: 2 }],
    ['to a deputy of himself', 'not_eligible', signing(current, 's1', 'first', 'first')],
    ['without a step-up', 'step_up_required', { ...good, stepUpAt: null }],
    ['with a step-up 301 s old', 'step_up_required', { ...good, stepUpAt: plusSeconds(START, -301) }],
    ['over another statement', 'signed_something_else', { ...good, statement: OTHER }],
  ])('%s', (_what, code, command, extra = {}) => {
    expect(refusalOf(current, command, context(0, extra))).toBe(code);
  });

  it('with an item of the checklist left out', () => {
    const checklist = [
      { id: 'facts', text: '数据与台账一致' },
      { id: 'names', text: '名称规范' },
    ];
    const listed = opened(roundOf('review', { stages: [stage('one', 'review', ['first'], { checklist })] }));
    const signed = signing(listed, 's1', 'first');
    expect(decide(listed, { ...signed, checked: ['facts'] }, context())).toEqual({
      refused: 'checklist_incomplete',
      data: { missing: '名称规范' },
    });
    expect(refusalOf(listed, signed)).toBe('accepted seat-signed cleared');
  });

  it('with a weaker grade than the stage demands', () => {
    const strict = opened(roundOf('review', { stages: [stage('one', 'review', ['first'], { grade: 'passkey' })] }));
    const signed = signing(strict, 's1', 'first');
    expect(refusalOf(strict, signed)).toBe('grade_too_low');
    expect(refusalOf(strict, { ...signed, grade: 'passkey' })).toBe('accepted seat-signed cleared');
  });

  it('with a passkey whose answer is no signature, for the reason found', () => {
    const unproved = refuse('passkey_challenge');
    expect(refusalOf(current, { ...good, grade: 'passkey', unproved })).toBe('passkey_challenge');
    // Something else was signed: that says more than that the passkey's challenge was another.
    expect(refusalOf(current, { ...good, grade: 'passkey', unproved, statement: OTHER })).toBe('signed_something_else');
  });

  it('but not for want of a password where a passkey signed, whatever the stage demands', () => {
    expect(refusalOf(current, { ...good, grade: 'passkey', stepUpAt: null })).toMatch(/^accepted/);
  });

  it('to a person counted before in this leg, as signer or as principal', () => {
    const signed = apply(current, signing(current, 's1', 'deputy-of-first', 'first'));
    const both = { ...offices, holds: () => true };
    for (const actor of ['deputy-of-first', 'first']) {
      const decision = decide(signed, signing(signed, 's2', actor), { ...context(), offices: both });
      expect(decision).toMatchObject({ refused: 'separation_of_duties' });
    }
  });

  it('to a person counted in the other leg', () => {
    const approval = opened(roundOf('approval', { countedElsewhere: ['first.liu'] }));
    expect(refusalOf(approval, signing(approval, 's1', 'first.liu'))).toBe('separation_of_duties');
  });

  it('with the seat or the bytes of an earlier round', () => {
    const next = apply(current, {
      type: 'open',
      round: roundOf('review', { round: 2, content: OTHER }),
      seatIds: ['t1', 't2', 't3'],
    });
    expect(refusalOf(next, good)).toBe('slot_not_open');
    const looked = context(0, { viewed: [OTHER] });
    expect(refusalOf(next, { ...good, seat: 't1' }, looked)).toBe('signed_something_else');
  });
});

describe('stages', () => {
  it('open one after the other and the last one clears the review leg', () => {
    const one = sign(opened(roundOf('review')), 's1', 'first');
    const two = sign(one, 's3', 'third');
    expect([one.state, two.state, sign(two, 's2', 'second').state]).toEqual(['in-review', 'in-review', 'cleared']);
  });

  it('with need k are full at k: the rest is spare', () => {
    const stages = [stage('board', 'review', ['first', 'second', 'third'], { need: 2 })];
    const one = sign(opened(roundOf('review', { stages })), 's3', 'third');
    const two = sign(one, 's1', 'first');
    expect([one.state, two.state]).toEqual(['in-review', 'cleared']);
    expect(refusalOf(two, signing(two, 's2', 'second'))).toBe('passed_on');
  });

  it('in order open only the first unsigned seat', () => {
    const stages = [stage('line', 'review', ['first', 'second', 'third'], { ordered: true })];
    const current = opened(roundOf('review', { stages }));
    expect(refusalOf(current, signing(current, 's2', 'second'))).toBe('slot_not_open');
    const one = sign(current, 's1', 'first');
    expect(refusalOf(one, signing(one, 's3', 'third'))).toBe('slot_not_open');
    expect(sign(sign(one, 's2', 'second'), 's3', 'third').state).toBe('cleared');
  });
});

const recall = (actor: string, changed: { content?: Digest; reason?: string } = {}): LegCommand => ({
  type: 'recall',
  actor,
  ...reason,
  ...changed,
});

const lastEvents = (round: Round): LegEvent['type'][] => {
  const current = sign(sign(opened(round), 's1', 'first'), 's2', 'second');
  const decision = decide(current, signing(current, 's3', 'third'), context());
  return isRefusal(decision) ? [] : decision.events.map(({ type }) => type);
};

describe('after the last approval signature', () => {
  it('it is released in the same breath when nothing is to be waited for', () => {
    expect(lastEvents(roundOf('approval'))).toEqual(['seat-signed', 'approved', 'released']);
  });

  it.each<[string, Partial<Round>, number]>([
    ['the undo buffer', { undoSeconds: 30 }, 30],
    ['the wanted time', { notBefore: plusSeconds(START, 600) }, 600],
    ['the later of both', { notBefore: plusSeconds(START, 20), undoSeconds: 30 }, 30],
  ])('it waits for %s', (_what, extra, seconds) => {
    expect(lastEvents(roundOf('approval', extra))).toEqual(['seat-signed', 'approved']);
    const current = allSigned(roundOf('approval', extra));
    expect(refusalOf(current, { type: 'release' }, context(seconds - 0.001))).toBe('too_early');
    expect(refusalOf(current, { type: 'release' }, context(seconds))).toBe('accepted released');
  });

  it('a recall is for the submitter and the signers of either leg, with reason and the content seen', () => {
    const current = allSigned(roundOf('approval', { undoSeconds: 30, countedElsewhere: ['reviewer'] }));
    expect(refusalOf(current, recall('somebody'))).toBe('not_yours');
    expect(refusalOf(current, recall('first', { content: OTHER }))).toBe('content_changed');
    expect(refusalOf(current, recall('first', { reason: ' \n' }))).toBe('reason_required');
    for (const actor of ['drafter', 'second', 'reviewer'])
      expect(refusalOf(current, recall(actor))).toBe('accepted ended');
  });

  it.each(['approved', 'released'] as const)('%s and given up by publication, it goes out no more', (state) => {
    const held = apply(inState(state), { type: 'hold', code: 'role_not_held' });
    expect(held).toMatchObject({ state: 'held', releasedAt: null, ending: { by: null, code: 'role_not_held' } });
    expect(refusalOf(held, { type: 'release' }, context(999))).toBe('not_approved');
    expect(refusalOf(held, { type: 'confirm', edition: 1, content: CONTENT })).toBe('not_approved');
    expect(refusalOf(held, { type: 'supersede' })).toBe('accepted');
    expect(refusalOf(held, { type: 'cancel', actor: 'drafter', ...reason })).toBe('accepted ended');
  });

  it('held by an earlier release of the program, it ends as what publication gives up now', () => {
    const before = evolve(inState('released'), { type: 'held' });
    expect(before).toMatchObject({ state: 'held', ending: null });
    expect(refusalOf(before, { type: 'supersede' })).toBe('too_late');
    expect(apply(before, { type: 'hold', code: 'held_before' })).toMatchObject({ state: 'held', releasedAt: null });
  });

  it('a proof over other bytes or another edition confirms nothing', () => {
    const released = inState('released');
    expect(refusalOf(released, { type: 'confirm', edition: 1, content: OTHER })).toBe('content_changed');
    expect(refusalOf(released, { type: 'confirm', edition: 2, content: CONTENT })).toBe('content_changed');
  });
});

describe('returning and withdrawing', () => {
  const current = opened(roundOf('review'));
  const back = {
    type: 'return',
    seat: 's1',
    actor: 'first',
    place: null,
    to: null,
    seatIds: [],
    ...self,
    ...reason,
  } as const;
  it.each<[string, string, LegCommand]>([
    ['a return without reason', 'reason_required', { ...back, reason: '　 ' }],
    ['a return of other content', 'content_changed', { ...back, content: OTHER }],
    ['a return from a seat not open', 'slot_not_open', { ...back, seat: 's2', actor: 'second' }],
    ['a return without the office', 'not_eligible', { ...back, actor: 'third' }],
    ['a return by a contributor', 'separation_of_duties', { ...back, actor: 'writer+first+second+leader' }],
    ['a withdrawal by another contributor', 'not_submitter', { type: 'withdraw', actor: 'writer', ...reason }],
    [
      'a withdrawal of other content',
      'content_changed',
      { type: 'withdraw', actor: 'drafter', reason: 'x', content: OTHER },
    ],
    [
      'a withdrawal without reason',
      'reason_required',
      { type: 'withdraw', actor: 'drafter', reason: '', content: CONTENT },
    ],
  ])('%s is refused', (_what, code, command) => {
    expect(refusalOf(current, command)).toBe(code);
  });
});

describe('sending back to an earlier stage', () => {
  const half = sign(sign(opened(roundOf('review')), 's1', 'first'), 's2', 'second', 5);
  const back = { type: 'return', seat: 's3', actor: 'third', place: 't2', to: 'one', ...self, ...reason } as const;
  const fresh = ['n1', 'n2', 'n3'];

  it('opens every seat from that stage on anew and keeps the round', () => {
    const after = apply(half, { ...back, seatIds: fresh }, context(9));
    expect(after.state).toBe('in-review');
    expect(after.seats.map(({ id, signature }) => [id, signature])).toEqual(fresh.map((id) => [id, null]));
    expect(refusalOf(after, signing(half, 's1', 'first'))).toBe('slot_not_open');
    expect(allSignedFrom(after).state).toBe('cleared');
  });

  it.each<[string, string, LegCommand]>([
    ['to the open stage itself', 'bad_target', { ...back, to: 'two', seatIds: fresh }],
    ['to a stage of no route', 'bad_target', { ...back, to: 'three', seatIds: fresh }],
    ['without reason', 'reason_required', { ...back, reason: '', seatIds: fresh }],
    ['of other content', 'content_changed', { ...back, content: OTHER, seatIds: fresh }],
    ['from a seat that is signed', 'slot_not_open', { ...back, seat: 's2', actor: 'second', seatIds: fresh }],
  ])('%s is refused', (_what, code, command) => {
    expect(refusalOf(half, command)).toBe(code);
  });

  it('wants one fresh id per seat', () => {
    expect(() => decide(half, { ...back, seatIds: ['n1'] }, context())).toThrow('3 seats');
  });

  const allSignedFrom = (current: LegCase): LegCase =>
    [['n1', 'first'] as const, ['n2', 'second'] as const, ['n3', 'third'] as const].reduce(
      (leg, [seat, actor]) => sign(leg, seat, actor, 20),
      current,
    );
});

describe('postponing a release', () => {
  const approved = allSigned(roundOf('approval', { undoSeconds: 60 }));
  const later = { type: 'postpone', actor: 'drafter', content: CONTENT, until: plusSeconds(START, 900) } as const;

  it('moves it to the later time, and only then it is due', () => {
    const after = apply(approved, later);
    expect([after.state, after.releaseAt]).toEqual(['approved', later.until]);
    expect(refusalOf(after, { type: 'release' }, context(899))).toBe('too_early');
    expect(refusalOf(after, { type: 'release' }, context(900))).toBe('accepted released');
  });

  it.each<[string, string, LegCommand]>([
    ['to an earlier time', 'earlier_needs_signatures', { ...later, until: plusSeconds(START, 59) }],
    ['to the same time', 'earlier_needs_signatures', { ...later, until: plusSeconds(START, 60) }],
    ['by a signer who was not the last', 'not_entitled_to_postpone', { ...later, actor: 'first' }],
    ['of other content', 'content_changed', { ...later, content: OTHER }],
  ])('%s is refused', (_what, code, command) => {
    expect(refusalOf(approved, command)).toBe(code);
  });

  it('is the last signer’s, too', () => {
    expect(refusalOf(approved, { ...later, actor: 'third' })).toBe('accepted postponed');
  });
});

describe('taking a signature back', () => {
  const half = sign(sign(opened(roundOf('review')), 's1', 'first'), 's2', 'second', 5);
  const mine = { type: 'take-back', content: CONTENT, seatIds: ['n1'] } as const;

  it('opens the seat anew, and the person may sign it again', () => {
    const after = apply(half, { ...mine, seat: 's2', actor: 'second' });
    expect(after.seats.map(({ id, signature }) => [id, signature?.actor])).toEqual([
      ['s1', 'first'],
      ['n1', undefined],
      ['s3', undefined],
    ]);
    expect(sign(after, 'n1', 'second', 9).seats[1]?.signature?.actor).toBe('second');
  });

  it('reaches into the stage before while nobody has signed in the open one', () => {
    const one = sign(opened(roundOf('review')), 's1', 'first');
    expect(refusalOf(one, { ...mine, seat: 's1', actor: 'first' })).toBe('accepted taken-back stage-opened');
    expect(refusalOf(half, { ...mine, seat: 's1', actor: 'first' })).toBe('signed_since');
  });

  it('leaves an ordered stage from its end', () => {
    const ordered = roundOf('review', {
      stages: [stage('one', 'review', ['first', 'second', 'third'], { ordered: true })],
    });
    const two = sign(sign(opened(ordered), 's1', 'first'), 's2', 'second');
    expect(refusalOf(two, { ...mine, seat: 's1', actor: 'first' })).toBe('signed_since');
    expect(refusalOf(two, { ...mine, seat: 's2', actor: 'second' })).toBe('accepted taken-back');
  });

  it.each<[string, string, LegCommand]>([
    ['somebody else’s', 'not_your_signature', { ...mine, seat: 's2', actor: 'third' }],
    ['none', 'not_your_signature', { ...mine, seat: 's3', actor: 'third' }],
    ['one of another round', 'not_your_signature', { ...mine, seat: 'old', actor: 'second' }],
    ['over other content', 'content_changed', { ...mine, seat: 's2', actor: 'second', content: OTHER }],
  ])('%s is refused', (_what, code, command) => {
    expect(refusalOf(half, command)).toBe(code);
  });
});

describe('opening', () => {
  it('ignores the round it knows and every lower one', () => {
    const current = opened(roundOf('review', { round: 2 }));
    for (const round of [1, 2])
      expect(refusalOf(current, { type: 'open', round: roundOf('review', { round }), seatIds: [] })).toBe('accepted');
  });

  it('wants one fresh id per seat', () => {
    expect(() => decide(null, { type: 'open', round: roundOf('review'), seatIds: ['s1'] }, context())).toThrow(
      '3 seats',
    );
  });
});

describe('a clock that is set back', () => {
  const firstSigned = sign(opened(roundOf('review')), 's1', 'first', 60);
  const at = plusSeconds(START, 60);

  it('signs nobody before his stage opened, nor before the last signature', () => {
    expect(sign(firstSigned, 's2', 'second', 10).seats[1]?.signature).toMatchObject({ at });
    const beforeOpening = apply(
      null,
      { type: 'open', round: roundOf('approval'), seatIds: ['s1', 's2', 's3'] },
      context(60),
    );
    expect(sign(beforeOpening, 's1', 'first', 10).seats[0]?.signature).toMatchObject({ at });
  });

  it('asks for the office at the time the signature will bear', () => {
    const leaving: Offices = { ...offices, holds: (...[who, role, organ, when]) => offices.holds(who, role, organ, when) && when < at }; // prettier-ignore
    const signature = signing(firstSigned, 's2', 'second');
    expect(refusalOf(firstSigned, signature, context(10, { offices: leaving }))).toBe('not_eligible');
  });
});

describe('what was cancelled', () => {
  const cancel = { type: 'cancel', actor: 'drafter', ...reason } as const;
  const next: LegCommand = { type: 'open', round: roundOf('review', { round: 2 }), seatIds: ['n1', 'n2', 'n3'] };

  it('is followed by no round, though the next one was on its way', () => {
    const back = apply(opened(roundOf('review')), { type: 'withdraw', actor: 'drafter', ...reason });
    expect(refusalOf(back, next)).toContain('accepted opened');
    expect(refusalOf(apply(back, cancel), next)).toBe('accepted');
  });

  it.each<LegState>(['in-review', 'returned', 'withdrawn', 'cleared'])('in the approval leg is over in review, %s', (state) => {
    const told: LegCommand = { type: 'end-elsewhere', kind: 'cancelled' };
    expect(apply(inState(state), told).state).toBe('cancelled');
  }); // prettier-ignore
});
