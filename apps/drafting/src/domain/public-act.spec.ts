import { describe, expect, it } from '@jest/globals';
import {
  actAfterEffect,
  actAfterEnd,
  actAfterWithdrawal,
  type ActState,
  nextRoundOfAct,
  OPEN_ACT_STATES,
  type PublicAct,
  whyNoWithdrawal,
} from './public-act.js';
import type { RoundEnding } from './report-life.js';

const STATES: readonly ActState[] = ['owed', 'prepared', 'submitted', 'returned', 'refused', 'done', 'moot'];
const act = (kind: PublicAct['kind'], state: ActState): PublicAct => ({
  kind,
  state,
  edition: 2,
  case: 'case',
  round: 1,
});
const live = { publicState: 'live', publicEdition: 2, publicContent: 'bytes' } as const;
const seen = { edition: 2, content: 'bytes' };

describe('a withdrawal', () => {
  it.each([
    ['of nothing', { ...live, publicState: 'none' as const }, undefined, seen, 'nothing_public'],
    ['of what is withdrawn already', { ...live, publicState: 'withdrawn' as const }, undefined, seen, 'nothing_public'],
    ['of an earlier edition', live, undefined, { ...seen, edition: 1 }, 'content_changed'],
    ['of other bytes', live, undefined, { ...seen, content: 'other' }, 'content_changed'],
    ['twice', live, act('withdraw', 'submitted'), seen, 'case_open'],
  ])('%s is refused', (_what, life, open, wanted, refused) => {
    expect(whyNoWithdrawal(life, open, wanted)).toMatchObject({ refused });
  });

  it.each([undefined, act('withdraw', 'prepared'), act('withdraw', 'returned')])('may be asked for: %j', (open) => {
    expect(whyNoWithdrawal(live, open, seen)).toBeNull();
  });

  it('goes on in its own case, or begins a fresh one', () => {
    expect(nextRoundOfAct(undefined, 'fresh')).toEqual({ case: 'fresh', round: 1 });
    expect(nextRoundOfAct({ case: null, round: 0 }, 'fresh')).toEqual({ case: 'fresh', round: 1 });
    expect(nextRoundOfAct(act('withdraw', 'returned'), 'fresh')).toEqual({ case: 'case', round: 2 });
  });
});

describe('the end of a round of an act', () => {
  const endings: readonly RoundEnding[] = ['returned', 'withdrawn', 'recalled', 'cancelled', 'sent-back'];
  it.each(endings)('%s', (kind) => {
    const after = (of: PublicAct['kind']): ActState | null =>
      actAfterEnd(act(of, 'submitted'), { case: 'case', round: 1, kind });
    const expected = { 'sent-back': [null, null], cancelled: ['moot', 'refused'] }[kind as string] ?? [
      'returned',
      'refused',
    ];
    expect([after('withdraw'), after('ratify')]).toEqual(expected);
  });

  it('that cancels the case is its end, also when the act is back here or in its next round', () => {
    const ended = { case: 'case', round: 1, kind: 'cancelled' as const };
    expect(actAfterEnd(act('withdraw', 'returned'), ended)).toBe('moot');
    expect(actAfterEnd({ ...act('withdraw', 'submitted'), round: 2 }, ended)).toBe('moot');
    expect(actAfterEnd(act('withdraw', 'done'), ended)).toBeNull();
  });

  it.each(STATES)('changes nothing for another round, nor for an act that is %s and not submitted', (state) => {
    for (const kind of ['withdraw', 'ratify'] as const) {
      const ended = { case: 'case', round: 1, kind: 'returned' as const };
      if (state !== 'submitted') expect(actAfterEnd(act(kind, state), ended)).toBeNull();
      expect(actAfterEnd(act(kind, state), { ...ended, round: 2 })).toBeNull();
      expect(actAfterEnd(act(kind, state), { ...ended, case: 'other' })).toBeNull();
    }
  });
});

it.each(STATES)('an act that is %s takes effect only from its submitted round', (state) => {
  const effect = { case: 'case', round: 1 };
  expect(actAfterEffect(act('ratify', state), effect)).toBe(state === 'submitted' ? 'done' : null);
  expect(actAfterEffect(act('ratify', state), { ...effect, round: 2 })).toBeNull();
});

it.each(STATES)('after a withdrawal an open act on that edition is needless: %s', (state) => {
  const open = OPEN_ACT_STATES.includes(state);
  expect(actAfterWithdrawal(act('ratify', state), 2)).toBe(open ? 'moot' : null);
  expect(actAfterWithdrawal(act('ratify', state), 1)).toBeNull();
});
