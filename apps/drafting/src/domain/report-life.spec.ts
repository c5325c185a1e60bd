import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  afterEnd,
  afterLive,
  afterWithdrawal,
  kindsFor,
  nextRound,
  type ReportLife,
  type RoundEnding,
  whyNoNextEdition,
  whyNoRevision,
  whyNoSubmission,
  withNextEdition,
  type WritingKind,
} from './report-life.js';

const written: ReportLife = {
  state: 'draft',
  headRevision: 3,
  headDigest: 'aa',
  case: null,
  kind: null,
  round: 0,
  edition: 0,
  publicState: 'none',
  publicEdition: 0,
  publicDigest: null,
  lockedEdition: 0,
};
const submitted: ReportLife = { ...written, state: 'submitted', case: 'case-1', kind: 'publish', round: 1, edition: 1 };
const returned: ReportLife = { ...submitted, state: 'returned' };
const live: ReportLife = { ...submitted, state: 'live', publicState: 'live', publicEdition: 1, publicDigest: 'aa' };
const correcting: ReportLife = { ...withNextEdition(live), headRevision: 4, headDigest: 'bb' };
const corrected: ReportLife = {
  ...correcting,
  state: 'submitted',
  case: 'case-2',
  kind: 'correct',
  round: 1,
  edition: 2,
};
const withdrawn: ReportLife = { ...live, state: 'withdrawn', publicState: 'withdrawn' };
const withdrawnBesideCorrection: ReportLife = { ...corrected, publicState: 'withdrawn' };

/** Every state a report can be in. */
const LIVES = { written, submitted, returned, live, correcting, corrected, withdrawn, withdrawnBesideCorrection };
type Name = keyof typeof LIVES;
const codeOf = (refusal: { refused: string } | null): string => refusal?.refused ?? 'may';

describe('what may be done in every state', () => {
  // revision: a further one saved; publish, correct, emergency: the newest submitted for that; next: another edition opened
  const table: Record<Name, Record<'revision' | 'next' | WritingKind, string>> = {
    written: { revision: 'may', next: 'not_public', publish: 'may', correct: 'kind_unfit', emergency: 'may' },
    submitted: {
      revision: 'case_open',
      next: 'case_open',
      publish: 'case_open',
      correct: 'case_open',
      emergency: 'case_open',
    },
    returned: { revision: 'may', next: 'not_public', publish: 'may', correct: 'kind_unfit', emergency: 'may' },
    live: {
      revision: 'already_live',
      next: 'may',
      publish: 'already_live',
      correct: 'already_live',
      emergency: 'already_live',
    },
    correcting: { revision: 'may', next: 'edition_open', publish: 'kind_unfit', correct: 'may', emergency: 'may' },
    corrected: {
      revision: 'case_open',
      next: 'case_open',
      publish: 'case_open',
      correct: 'case_open',
      emergency: 'case_open',
    },
    withdrawn: {
      revision: 'withdrawn_publicly',
      next: 'may',
      publish: 'withdrawn_publicly',
      correct: 'withdrawn_publicly',
      emergency: 'withdrawn_publicly',
    },
    withdrawnBesideCorrection: {
      revision: 'case_open',
      next: 'case_open',
      publish: 'case_open',
      correct: 'case_open',
      emergency: 'case_open',
    },
  };

  it.each(Object.keys(LIVES) as Name[])('%s', (name) => {
    const life = LIVES[name];
    const seen = { revision: life.headRevision, digest: life.headDigest ?? '' };
    const submit = (kind: WritingKind): string => codeOf(whyNoSubmission(life, { ...seen, kind }));
    expect({
      revision: codeOf(whyNoRevision(life, life.headRevision)),
      next: codeOf(whyNoNextEdition(life)),
      publish: submit('publish'),
      correct: submit('correct'),
      emergency: submit('emergency'),
    }).toEqual(table[name]);
  });

  it.each<[string, ReportLife, Partial<{ revision: number; digest: string; kind: WritingKind }>, string]>([
    ['of nothing', { ...written, headRevision: 0, headDigest: null }, {}, 'nothing_to_submit'],
    ['of an older revision', written, { revision: 2 }, 'revision_not_latest'],
    ['of other bytes', written, { digest: 'ab' }, 'content_changed'],
    ['that corrects nothing', { ...correcting, headDigest: 'aa' }, { kind: 'correct' }, 'nothing_corrected'],
    [
      'in an emergency that changes nothing',
      { ...correcting, headDigest: 'aa' },
      { kind: 'emergency' },
      'nothing_corrected',
    ],
  ])('a submission %s is refused', (_what, life, other, code) => {
    const seen = { revision: life.headRevision, digest: life.headDigest ?? 'aa', kind: 'publish' as const, ...other };
    expect(whyNoSubmission(life, seen)).toMatchObject({ refused: code });
  });

  it('a revision follows the newest one only', () => {
    for (const base of [2, 4]) expect(whyNoRevision(written, base)).toMatchObject({ data: { latest: 3, base } });
  });
});

describe('the round a submission opens', () => {
  it.each<[string, ReportLife, WritingKind, object]>([
    ['of a first edition', written, 'publish', { case: 'fresh', round: 1, edition: 1 }],
    ['after a return', returned, 'publish', { case: 'case-1', round: 2, edition: 1 }],
    ['after a return, for another act', returned, 'emergency', { case: 'fresh', round: 2, edition: 1 }],
    ['of a correction', correcting, 'correct', { case: 'fresh', round: 1, edition: 2 }],
    [
      'of a correction that came back',
      { ...corrected, state: 'returned' },
      'correct',
      { case: 'case-2', round: 2, edition: 2 },
    ],
    ['after a withdrawal', withNextEdition(withdrawn), 'publish', { case: 'fresh', round: 1, edition: 2 }],
    [
      'of a case that was cancelled',
      afterEnd(corrected, { case: 'case-2', round: 1, kind: 'cancelled' })!,
      'correct',
      { case: 'fresh', round: 2, edition: 2 },
    ],
    [
      'of a correction whose original was withdrawn meanwhile',
      { ...withdrawnBesideCorrection, state: 'returned' },
      'publish',
      { case: 'fresh', round: 2, edition: 2 },
    ],
  ])('%s', (_what, life, kind, round) => {
    expect(nextRound(life, kind, 'fresh')).toEqual(round);
  });
});

describe('news', () => {
  const news = { case: 'case-1', round: 1 };
  it.each<[string, ReportLife, { case: string; round: number; kind: RoundEnding }]>([
    ['of another round', submitted, { case: 'case-1', round: 2, kind: 'returned' }],
    ['of another case', submitted, { case: 'case-2', round: 1, kind: 'returned' }],
    ['of a report already returned', returned, { ...news, kind: 'returned' }],
    ['of a public report', live, { ...news, kind: 'returned' }],
    ['that a public report was cancelled', live, { ...news, kind: 'cancelled' }],
    ['that the round goes on in the other leg', submitted, { ...news, kind: 'sent-back' }],
  ])('of an end %s changes nothing', (_what, life, ended) => {
    expect(afterEnd(life, ended)).toBeNull();
  });

  it.each<[RoundEnding, Partial<ReportLife>]>([
    ['returned', { state: 'returned', case: 'case-1' }],
    ['withdrawn', { state: 'draft', case: 'case-1' }],
    ['recalled', { state: 'draft', case: 'case-1' }],
    ['cancelled', { state: 'draft', case: null, kind: null, round: 1, edition: 1 }],
  ])('of an end as %s', (kind, after) => {
    expect(afterEnd(submitted, { ...news, kind })).toMatchObject(after);
  });

  it.each<[string, ReportLife]>([
    ['while it was back with its drafter', returned],
    ['while it was a draft again', { ...returned, state: 'draft' }],
    ['when its next round was on its way', { ...submitted, round: 2 }],
  ])('that the case was cancelled %s ends it for good', (_what, life) => {
    const after = afterEnd(life, { ...news, kind: 'cancelled' });
    expect(after).toMatchObject({ state: 'draft', case: null, kind: null });
    expect(nextRound(after!, 'publish', 'fresh')).toMatchObject({ case: 'fresh', round: life.round + 1 });
    expect(afterEnd(after!, { ...news, kind: 'cancelled' })).toBeNull();
  });

  it('of going live counts once, for what was submitted', () => {
    expect(afterLive(submitted, { ...news, edition: 1 })).toMatchObject({
      state: 'live',
      publicEdition: 1,
      publicDigest: 'aa',
    });
    expect(afterLive(live, { ...news, edition: 1 })).toBe('old');
    expect(afterLive(correcting, { ...news, edition: 1 })).toBe('old');
    expect(afterLive(withdrawn, { ...news, edition: 1 })).toBe('old');
    expect(afterLive(written, { ...news, edition: 1 })).toBe('unexpected');
    expect(afterLive(submitted, { ...news, round: 2, edition: 1 })).toBe('unexpected');
    expect(afterLive(submitted, { ...news, edition: 2 })).toBe('unexpected');
    expect(afterLive(corrected, { case: 'case-2', round: 1, edition: 2 })).toMatchObject({
      state: 'live',
      publicEdition: 2,
    });
  });

  it('of a withdrawal takes back that edition and no other, and leaves a text in hand in hand', () => {
    expect(afterWithdrawal(live, 1)).toEqual(withdrawn);
    expect(afterWithdrawal(corrected, 1)).toEqual(withdrawnBesideCorrection);
    expect(afterWithdrawal(live, 2)).toBeNull();
    expect(afterWithdrawal(withdrawn, 1)).toBeNull();
  });
});

type Act = 'write' | 'submit' | 'end' | 'live' | 'withdraw' | 'open' | 'late';

/** Plays acts and news, late and doubled ones too, and answers every state passed through. `guards`: what is left out. */
function play(acts: readonly { act: Act; pick: number }[], rules = { afterLive, afterWithdrawal }): ReportLife[] {
  let life = { ...written, headRevision: 0, headDigest: null } as ReportLife;
  const passed: ReportLife[] = [life];
  const said: { case: string; round: number; edition: number }[] = [];
  const go = (next: ReportLife | null | 'old' | 'unexpected'): void => {
    if (next === null || next === 'old' || next === 'unexpected') return;
    life = next;
    passed.push(next);
  };
  for (const { act, pick } of acts) {
    const inHand = { case: life.case ?? '', round: life.round, edition: life.edition };
    if (act === 'write' && whyNoRevision(life, life.headRevision) === null)
      go({ ...life, headRevision: life.headRevision + 1, headDigest: `d${life.headRevision + 1}` });
    const kind = kindsFor(life)[pick % 2]!;
    const seen = { revision: life.headRevision, digest: life.headDigest ?? '', kind };
    if (act === 'submit' && whyNoSubmission(life, seen) === null)
      go({ ...life, ...nextRound(life, kind, `case-${passed.length}`), kind, state: 'submitted' });
    if (act === 'end')
      go(afterEnd(life, { ...inHand, kind: (['returned', 'recalled', 'cancelled'] as const)[pick % 3]! }));
    if (act === 'live') {
      said.push(inHand);
      go(rules.afterLive(life, inHand));
    }
    const old = said[pick % Math.max(1, said.length)];
    if (act === 'late' && old !== undefined) go(rules.afterLive(life, old));
    if (act === 'withdraw') go(rules.afterWithdrawal(life, pick % 2 === 0 ? life.publicEdition : pick % 5));
    if (act === 'open' && whyNoNextEdition(life) === null) go(withNextEdition(life));
  }
  return passed;
}

const histories = fc.array(
  fc.record({
    act: fc.constantFrom<Act>('write', 'write', 'submit', 'submit', 'end', 'live', 'live', 'withdraw', 'open', 'late'),
    pick: fc.nat(30),
  }),
  { minLength: 40, maxLength: 120, size: 'max' },
);

/** The first promise a history breaks, or null. */
function broken(passed: readonly ReportLife[]): string | null {
  const gone = new Set<number>();
  let before = passed[0]!;
  for (const life of passed.slice(1)) {
    if (life.publicEdition < before.publicEdition) return 'the public edition went back';
    if (before.publicState !== 'none' && life.publicState === 'none') return 'what was public is forgotten';
    if (life.publicState === 'live' && gone.has(life.publicEdition)) return 'a withdrawn edition came back';
    if (life.publicState === 'withdrawn') gone.add(life.publicEdition);
    if (life.state === 'submitted' && life.edition !== life.publicEdition + 1) return 'an edition was left out';
    if (life.state === 'live' && life.publicState !== 'live') return 'live, and nothing is public';
    const resubmitted = before.state !== 'submitted' && life.state === 'submitted' && before.edition === life.edition;
    if (resubmitted && life.round <= before.round) return 'a round was used twice';
    before = life;
  }
  return null;
}

describe('over any history, late and doubled news included', () => {
  it('the public edition never goes back, and a withdrawn one never comes back', () => {
    fc.assert(
      fc.property(histories, (acts) => {
        expect(broken(play(acts))).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('the histories reach corrections, withdrawals and publications after them', () => {
    const reached = fc.sample(histories, { numRuns: 2000, seed: 1 }).flatMap((acts) => play(acts));
    expect(reached.some(({ publicEdition }) => publicEdition >= 3)).toBe(true);
    expect(reached.some((life) => life.publicState === 'withdrawn' && life.state === 'submitted')).toBe(true);
    expect(
      reached.some((life) => life.publicState === 'live' && life.publicEdition > 1 && life.kind === 'publish'),
    ).toBe(true);
  });

  it.each<[string, Parameters<typeof play>[1]]>([
    [
      'news of an older edition is taken for new',
      {
        afterWithdrawal,
        afterLive: (life, said) => ({ ...life, state: 'live', publicState: 'live', publicEdition: said.edition }),
      },
    ],
    [
      'a withdrawal takes back whatever is public',
      {
        afterLive,
        afterWithdrawal: (life, edition) => ({ ...life, publicState: 'withdrawn', publicEdition: edition }),
      },
    ],
  ])('and would not, if %s', (_what, rules) => {
    expect(
      fc.check(
        fc.property(histories, (acts) => broken(play(acts, rules)) === null),
        { numRuns: 2000, seed: 1 },
      ).failed,
    ).toBe(true);
  });
});
