import { describe, expect, it } from '@jest/globals';
import { nextRound, type ReportLife, stateAfterEnd, whyNoRevision, whyNoSubmission } from './report-life.js';

const written: ReportLife = { state: 'draft', headRevision: 3, headDigest: 'aa', case: null, round: 0, edition: 0 };
const submitted: ReportLife = { ...written, state: 'submitted', case: 'case-1', round: 1, edition: 1 };
const seen = { revision: 3, digest: 'aa' };

describe('a revision', () => {
  it.each([
    ['in sign-off', submitted, 3, { refused: 'case_open', data: { case: 'case-1' } }],
    ['once public', { ...submitted, state: 'live' as const }, 3, { refused: 'already_live' }],
    ['after an older one', written, 2, { refused: 'revision_not_latest', data: { latest: 3, base: 2 } }],
    ['after one that does not exist', written, 4, { refused: 'revision_not_latest', data: { latest: 3, base: 4 } }],
  ])('is refused %s', (_when, life, base, refusal) => {
    expect(whyNoRevision(life, base)).toMatchObject(refusal);
  });

  it.each([
    ['a draft', written],
    ['a returned report', { ...submitted, state: 'returned' as const }],
  ])('follows the newest of %s', (_what, life) => {
    expect(whyNoRevision(life, 3)).toBeNull();
  });
});

describe('a submission', () => {
  it.each([
    ['in sign-off', submitted, seen, { refused: 'case_open' }],
    ['once public', { ...submitted, state: 'live' as const }, seen, { refused: 'already_live' }],
    ['of nothing', { ...written, headRevision: 0, headDigest: null }, seen, { refused: 'nothing_to_submit' }],
    ['of an older revision', written, { ...seen, revision: 2 }, { refused: 'revision_not_latest' }],
    ['of other bytes', written, { ...seen, digest: 'ab' }, { refused: 'content_changed' }],
  ])('is refused %s', (_when, life, what, refusal) => {
    expect(whyNoSubmission(life, what)).toMatchObject(refusal);
  });

  it('opens the first round of a fresh case, and the next round of the case that came back', () => {
    expect(whyNoSubmission(written, seen)).toBeNull();
    expect(nextRound(written, 'fresh')).toEqual({ case: 'fresh', round: 1, edition: 1 });
    const back = { ...submitted, state: 'returned' as const };
    expect(whyNoSubmission(back, seen)).toBeNull();
    expect(nextRound(back, 'fresh')).toEqual({ case: 'case-1', round: 2, edition: 1 });
  });
});

describe('the end of a round', () => {
  it.each([
    ['another round', submitted, { case: 'case-1', round: 2 }],
    ['another case', submitted, { case: 'case-2', round: 1 }],
    ['a report already returned', { ...submitted, state: 'returned' as const }, { case: 'case-1', round: 1 }],
    ['a public report', { ...submitted, state: 'live' as const }, { case: 'case-1', round: 1 }],
  ])('changes nothing for %s', (_what, life, round) => {
    expect(stateAfterEnd(life, { ...round, kind: 'returned' })).toBeNull();
  });

  it.each([
    ['returned', 'returned'],
    ['withdrawn', 'draft'],
    ['recalled', 'draft'],
  ] as const)('%s makes it %s', (kind, state) => {
    expect(stateAfterEnd(submitted, { case: 'case-1', round: 1, kind })).toBe(state);
  });
});
