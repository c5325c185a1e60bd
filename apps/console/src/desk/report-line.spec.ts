import { describe, expect, it } from '@jest/globals';
import { lineAddress, stateOf } from './report-line.js';

const LINE = {
  document: 'd',
  organ: 'bureau',
  organName: '',
  year: 2026,
  state: 'submitted',
  case: 'c',
  leg: 'review',
  caseState: 'in-review',
  kind: 'publish',
  stage: null,
  stageName: null,
  path: null,
  url: null,
  updatedAt: '',
  caseOnly: false,
} as const;
const DRAFTER = [{ role: 'drafter', organ: 'bureau', organName: '', level: 'department' }];

describe('a line of a list', () => {
  it.each([
    ['under sign-off', {}, [], '/cases/c'],
    ['under sign-off, to its drafter', {}, DRAFTER, '/cases/c'],
    ['returned, to its drafter', { state: 'returned' }, DRAFTER, '/reports/d/edit'],
    ['returned, to others', { state: 'returned' }, [], '/cases/c'],
    ['a draft, to its drafter', { state: 'draft', case: null }, DRAFTER, '/reports/d/edit'],
    ['a draft, to others', { state: 'draft', case: null }, [], null],
    [
      'a draft, to the drafter of another organ',
      { state: 'draft', case: null },
      [{ ...DRAFTER[0]!, organ: 'x' }],
      null,
    ],
    ['public', { state: 'live' }, [], '/reports/d'],
    ['public, to whoever was let into its case alone', { state: 'live', caseOnly: true }, [], '/cases/c'],
    ['taken back', { state: 'withdrawn' }, [], '/reports/d'],
  ] as const)('%s leads where it may be read', (_what, over, grants, address) => {
    expect(lineAddress({ ...LINE, ...over }, [...grants])).toBe(address);
  });

  it('says of a case in hand what its leg says', () => {
    expect(stateOf(LINE)).toBe('reportState.submitted');
    expect(stateOf({ ...LINE, caseState: 'held' })).toBe('caseState.held');
    expect(stateOf({ ...LINE, state: 'live', caseState: 'done' })).toBe('reportState.live');
  });
});
