import { describe, expect, it } from '@jest/globals';
import type { Publication } from './queries.js';
import { arrivedOf, newsOf, type ToldPerson, toldOf } from './told-of-it.js';

type Edition = Publication['editions'][number];

const edition = (over: Partial<Edition>): Edition => ({
  edition: 1,
  case: '',
  round: 1,
  kind: 'publish',
  content: '',
  state: 'live',
  attempts: 1,
  defect: null,
  cause: null,
  nextAt: null,
  trail: [],
  releasedAt: null,
  effectAt: null,
  deliveries: [],
  ...over,
});
const person = (name: string, over: Partial<ToldPerson> = {}): ToldPerson => ({
  edition: 1,
  news: 'live',
  person: name,
  name,
  isDrafter: false,
  stages: [],
  by: 'in-app',
  deliverAfter: '2026-01-20T12:00:00.000Z',
  deliveredAt: '2026-01-20T12:00:00.000Z',
  because: null,
  ...over,
});
const delivery = (kind: Edition['deliveries'][number]['kind'], state: Edition['deliveries'][number]['state']) => ({
  channel: 'a',
  kind,
  title: { zh: '', en: '' },
  round: 1,
  act: 'show' as const,
  state,
  attempts: 0,
  nextAt: null,
  cause: null,
  receipt: null,
  contact: null,
});

describe('of what people are told', () => {
  it.each<[Partial<Edition>, string | null]>([
    [{ kind: 'publish', state: 'live' }, 'live'],
    [{ kind: 'correct', state: 'superseded' }, 'live'],
    [{ kind: null, state: 'withdrawn' }, 'live'],
    [{ kind: 'emergency', state: 'live' }, 'live'],
    [{ kind: 'withdraw', state: 'done' }, 'taken-down'],
    [{ kind: 'withdraw', state: 'publishing' }, null],
    [{ kind: 'ratify', state: 'done' }, null],
    [{ kind: 'publish', state: 'publishing' }, null],
    [{ kind: 'publish', state: 'held' }, null],
  ])('%j: %s', (over, news) => {
    expect(newsOf(edition(over))).toBe(news);
  });

  it('those of this edition and this news alone, whoever it has not reached first, then the drafters', () => {
    const told = [
      person('signer'),
      person('drafter', { isDrafter: true }),
      person('late', { because: 'quiet', deliveredAt: null }),
      person('of another edition', { edition: 2 }),
      person('of the withdrawal', { news: 'taken-down' }),
    ];
    const names = (over: Partial<Edition>): string[] => toldOf(edition(over), { told }).map(({ name }) => name);
    expect(names({})).toEqual(['late', 'drafter', 'signer']);
    expect(names({ edition: 2 })).toEqual(['of another edition']);
    expect(names({ kind: 'withdraw', state: 'done' })).toEqual(['of the withdrawal']);
    expect(names({ state: 'publishing' })).toEqual([]);
  });
});

describe('deliveries to programs and sites', () => {
  it('are counted without what a person posts by hand and what is to go nowhere', () => {
    const deliveries = [
      delivery('webhook', 'delivered'),
      delivery('folder', 'waiting'),
      delivery('s3', 'superseded'),
      delivery('webhook', 'dropped'),
      delivery('wechat-draft', 'delivered'),
      delivery(null, 'prepared'),
    ];
    expect(arrivedOf(edition({ deliveries }))).toEqual({ arrived: 1, all: 2 });
    expect(arrivedOf(edition({}))).toEqual({ arrived: 0, all: 0 });
  });
});
