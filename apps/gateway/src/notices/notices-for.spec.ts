import { describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '#domain/instant';
import { directoryNotices } from './directory-notices.js';
import type { Notice } from './notice.js';
import { noticesFor } from './notices-for.js';
import { officeCalendar } from './office-calendar.js';
import type { LegFacts, RatificationFacts, ReportFacts, RequestFacts, SeatFacts } from './report-facts.js';

const calendar = officeCalendar();
const china = (text: string): Instant => instant(new Date(`${text}:00+08:00`));
/** A Monday, long before the statutory date of the report on 2025. */
const MONDAY = china('2025-11-17T09:00');

const seat: SeatFacts = { seat: 's1', stage: 'first', since: china('2025-11-14T09:00'), actors: ['anna', 'bo'] };
const leg: LegFacts = {
  case: 'c1',
  leg: 'review',
  round: 1,
  edition: 1,
  document: 'd1',
  state: 'in-review',
  ending: null,
  dueAt: null,
  overdue: false,
  blockedStage: null,
  submitter: null,
  seats: [seat],
};
const facts: ReportFacts = {
  organ: 'justice',
  year: 2025,
  level: 'department',
  document: 'd1',
  live: null,
  legs: [leg],
  requests: [],
  ratifications: [],
  asked: [],
  makers: ['mei'],
  administrators: ['root', 'rita'],
};
const request = (over: Partial<RequestFacts>): RequestFacts => ({
  id: 'r1',
  kind: 'urged',
  case: 'c1',
  round: 1,
  seat: 's1',
  stage: 'first',
  person: null,
  by: 'mei',
  at: china('2025-11-14T15:00'),
  ...over,
});

const brief = ({ person, kind, topic }: Notice): string => `${person} ${kind} ${topic}`;
const saidOf = (over: Partial<ReportFacts>, now = MONDAY): string[] =>
  noticesFor({ ...facts, ...over }, { now, calendar }).notices.map(brief);
const ofLeg = (over: Partial<LegFacts>): Partial<ReportFacts> => ({ legs: [{ ...leg, ...over }] });
const toBoth = (kind: string): string[] => [`anna ${kind} seat:s1`, `bo ${kind} seat:s1`];

describe('an open seat', () => {
  const due = { dueAt: china('2025-11-19T00:00') };
  it.each([
    ['is the turn of all who may sign it', {}, MONDAY, toBoth('turn')],
    [
      'is a return when the approval leg sent it back',
      { legs: [leg, { ...leg, leg: 'approval' as const, state: 'sent-back', seats: [] }] },
      MONDAY,
      toBoth('returned'),
    ],
    ['due in two days is still the turn', ofLeg(due), china('2025-11-14T12:00'), toBoth('turn')],
    ['is due soon from the morning of the working day before', ofLeg(due), MONDAY, toBoth('due-soon')],
    ['is not overdue in the last minute', ofLeg(due), china('2025-11-18T23:59'), toBoth('due-soon')],
    ['is overdue from 24:00 on', ofLeg(due), china('2025-11-19T00:00'), toBoth('overdue')],
    ['is overdue when the leg says so', ofLeg({ overdue: true }), MONDAY, toBoth('overdue')],
    ['urged says so to all of them', { requests: [request({})] }, MONDAY, toBoth('urged')],
    [
      'urged of one says so to that one',
      { requests: [request({ person: 'bo' })] },
      MONDAY,
      ['anna turn seat:s1', 'bo urged seat:s1'],
    ],
    [
      'urged and then due soon says what came last',
      { ...ofLeg(due), requests: [request({})] },
      MONDAY,
      toBoth('due-soon'),
    ],
    [
      'due soon and then urged says what came last',
      { ...ofLeg(due), requests: [request({ at: china('2025-11-17T08:00') })] },
      MONDAY,
      toBoth('urged'),
    ],
    [
      'of which another was urged is nobody’s reminder',
      { requests: [request({ seat: 's9' })] },
      MONDAY,
      toBoth('turn'),
    ],
    [
      'nobody can sign is told to drafters and administrators',
      ofLeg({ seats: [{ ...seat, actors: [] }] }),
      MONDAY,
      ['mei blocked seat:s1', 'root blocked seat:s1', 'rita blocked seat:s1'],
    ],
    [
      'in a stage that cannot be filled is told to the submitter too',
      ofLeg({ blockedStage: 'first', submitter: 'sun', seats: [{ ...seat, actors: ['anna'] }] }),
      MONDAY,
      [
        'anna turn seat:s1',
        'sun blocked seat:s1',
        'mei blocked seat:s1',
        'root blocked seat:s1',
        'rita blocked seat:s1',
      ],
    ],
    ['of a leg that is over is nobody’s turn', ofLeg({ state: 'cleared' }), MONDAY, []],
    [
      'of an earlier round is nobody’s turn',
      { legs: [leg, { ...leg, leg: 'approval' as const, round: 2, seats: [] }] },
      MONDAY,
      [],
    ],
    [
      'of a round that the other leg ended is nobody’s turn',
      { legs: [leg, { ...leg, leg: 'approval' as const, state: 'superseded', seats: [] }] },
      MONDAY,
      [],
    ],
  ])('%s', (_rule, over, now, expected) => {
    expect(saidOf(over, now)).toEqual(expected);
  });

  it('says when it will be something else', () => {
    const at = (now: Instant): Instant | null => noticesFor({ ...facts, ...ofLeg(due) }, { now, calendar }).changesAt;
    expect(at(china('2025-11-14T12:00'))).toBe(china('2025-11-17T00:00'));
    expect(at(MONDAY)).toBe(china('2025-11-19T00:00'));
  });
});

describe('a round that ended', () => {
  const asked = [
    { case: 'c1', round: 1, person: 'anna', heard: true },
    { case: 'c1', round: 1, person: 'cai', heard: false },
    { case: 'c1', round: 7, person: 'bo', heard: true },
  ];
  const ended = (ending: LegFacts['ending'], state: string): Partial<ReportFacts> => ({
    ...ofLeg({ state, ending, seats: [] }),
    asked,
  });
  it.each([
    ['returned goes to the drafters', ended('returned', 'returned'), ['mei returned case:c1']],
    [
      'withdrawn goes to those told to sign as well',
      ended('withdrawn', 'withdrawn'),
      ['mei withdrawn case:c1', 'anna withdrawn case:c1'],
    ],
    ['recalled does too', ended('recalled', 'returned'), ['mei recalled case:c1', 'anna recalled case:c1']],
    ['cancelled does too', ended('cancelled', 'cancelled'), ['mei cancelled case:c1', 'anna cancelled case:c1']],
  ])('%s', (_rule, over, expected) => {
    expect(saidOf(over)).toEqual(expected);
  });

  it('is past once the next one has begun, and once a newer case has', () => {
    const over = { ...leg, state: 'returned', ending: 'returned' as const, seats: [] };
    expect(saidOf({ legs: [over, { ...leg, leg: 'approval', round: 2 }] })).toEqual(toBoth('turn'));
    expect(saidOf({ legs: [over, { ...leg, case: 'c2', edition: 2 }] })).toEqual(toBoth('turn'));
  });

  it('tells the drafters by when the report must be public', () => {
    const [notice] = noticesFor({ ...facts, ...ended('returned', 'returned') }, { now: MONDAY, calendar }).notices;
    expect(notice?.dueAt).toBe(china('2026-02-01T00:00'));
  });
});

describe('acts beside the case', () => {
  const asked = request({ id: 'a', kind: 'consulted', seat: null, person: 'ken', by: 'anna' });
  const answer = request({
    id: 'b',
    kind: 'answered',
    seat: null,
    person: null,
    by: 'ken',
    at: china('2025-11-15T15:00'),
  });
  it.each([
    ['an opinion is asked for', [asked], ['ken consulted consulted:c1']],
    ['an answer goes to who asked, and nothing is wanted any more', [asked, answer], ['anna answered answered:c1:ken']],
    [
      'asked again after the answer, it is wanted again',
      [asked, answer, { ...asked, id: 'c', at: china('2025-11-16T09:00') }],
      ['ken consulted consulted:c1', 'anna answered answered:c1:ken'],
    ],
    ['a copy', [request({ kind: 'copied', seat: null, person: 'liu' })], ['liu copied copied:c1']],
    ['of an earlier round is past', [{ ...asked, round: 0 }], []],
    ['of another case is not of this one', [{ ...asked, case: 'c9' }], []],
  ])('%s', (_rule, requests, expected) => {
    expect(saidOf({ requests }).filter((one) => !one.includes('seat:'))).toEqual(expected);
  });

  it('are over with the round', () => {
    expect(saidOf({ ...ofLeg({ state: 'superseded' }), requests: [asked] })).toEqual([]);
  });
});

describe('the end', () => {
  it('held is told to the drafters and to whoever can find out why', () => {
    expect(saidOf(ofLeg({ leg: 'approval', state: 'held', ending: 'held', seats: [] }))).toEqual([
      'mei held case:c1',
      'root held case:c1',
      'rita held case:c1',
    ]);
  });

  it('public is told to drafters and to those who were asked to sign that edition', () => {
    const live = { document: 'd1', edition: 1, at: china('2026-02-28T09:00'), takenDown: false, known: [] };
    const asked = [
      // She signed before her notice could reach her.
      { case: 'c1', round: 1, person: 'anna', heard: false },
      { case: 'c0', round: 1, person: 'bo', heard: true },
    ];
    const over = { ...ofLeg({ leg: 'approval', state: 'done', seats: [] }), live, asked };
    expect(saidOf(over, china('2026-03-01T09:00'))).toEqual(['mei live live:d1', 'anna live live:d1']);
    const down = { ...over, live: { ...live, takenDown: true } };
    expect(saidOf(down, china('2026-03-01T09:00'))).toEqual([
      'mei taken-down live:d1',
      'anna taken-down live:d1',
      'mei overdue report:justice:2025',
    ]);
    const later = { ...over, live: { ...live, known: ['anna', 'gone'] } };
    // A week later it is no news to a new drafter, and whoever was told keeps it.
    expect(saidOf(later, china('2026-03-07T09:00'))).toEqual(['anna live live:d1', 'gone live live:d1']);
  });
});

it('an emergency waits for its ratification, anew when that is refused and when it is overdue', () => {
  const due = china('2025-11-18T00:00');
  const owed: RatificationFacts = { document: 'd1', edition: 1, case: null, state: 'owed', dueAt: due };
  const at = (ratification: RatificationFacts, now: Instant): string[] => {
    const truth = noticesFor({ ...facts, legs: [], ratifications: [ratification] }, { now, calendar });
    return [...truth.notices.map(({ kind, mark }) => `${kind} ${mark}`), truth.changesAt ?? ''];
  };
  expect(at(owed, MONDAY)).toEqual(['ratification owed', due]);
  expect(at({ ...owed, state: 'refused' }, MONDAY)).toEqual(['ratification refused', due]);
  expect(at(owed, china('2025-11-18T09:00'))[0]).toBe('ratification owed overdue');
});

describe('the statutory date', () => {
  it('is told to drafters, close to it to signers too, and to administrators where nobody drafts', () => {
    const about = 'report:justice:2025';
    expect(saidOf({ legs: [] }, china('2026-01-09T08:00'))).toEqual([`mei due-soon ${about}`]);
    expect(saidOf({}, china('2026-01-27T08:00'))).toEqual([
      ...toBoth('turn'),
      `mei due-soon ${about}`,
      `anna due-soon ${about}`,
      `bo due-soon ${about}`,
    ]);
    expect(saidOf({ legs: [], makers: [] }, china('2026-02-03T08:00'))).toEqual([
      `root overdue ${about}`,
      `rita overdue ${about}`,
    ]);
  });
});

it('a person has one notice about a seat, and to sign goes before to help', () => {
  const over = ofLeg({ blockedStage: 'first', seats: [{ ...seat, actors: ['mei'] }] });
  expect(saidOf(over)).toEqual(['mei turn seat:s1', 'root blocked seat:s1', 'rita blocked seat:s1']);
});

it('a directory change is told to whom it waits for', () => {
  const waiting = directoryNotices([{ proposal: 'x', proposedBy: 'root', awaits: 'rita', signatures: 1 }]);
  expect(waiting.map(brief)).toEqual(['rita directory-change directory:x']);
});
