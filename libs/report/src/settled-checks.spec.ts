import { describe, expect, it } from '@jest/globals';
import type { CheckResult } from './check-report.js';
import { checkKey, settleChecks } from './settled-checks.js';

function check(rule: string, partial: Partial<CheckResult> = {}): CheckResult {
  return {
    rule,
    version: 1,
    severity: 'W',
    overridable: false,
    status: 'fail',
    place: { table: 't3', row: '2', column: 'total', cell: 't3.2.total' },
    expected: '12',
    found: '13',
    message: { zh: '', en: '' },
    ...partial,
  };
}
const error = check('T3-01', { severity: 'E' });
const overridable = check('T3-05', { severity: 'E', overridable: true });
const warning = check('S02', { place: { chapter: 6 }, expected: '其他', found: '计划' });
const said = (of: CheckResult, sentence = '机构合并，口径不同'): { check: string; sentence: string } => ({
  check: checkKey(of),
  sentence,
});

describe('the key of a check', () => {
  it.each([
    [error, 'T3-01|t3.2.total|12|13'],
    [warning, 'S02|c6|其他|计划'],
    [check('Q01', { place: { chapter: 1, paragraph: 2, from: 3, to: 5 } }), 'Q01|c1.2.3.5|12|13'],
    [check('S09', { place: { part: 'title' } }), 'S09|title|12|13'],
    [check('T3-03', { place: { table: 't3', row: '2', column: 'total' } }), 'T3-03|t3.2.total|12|13'],
  ])('%#', (of, key) => {
    expect(checkKey(of)).toBe(key);
  });
});

describe('settling checks', () => {
  it('lets nothing through without a sentence', () => {
    expect(settleChecks([error, overridable, warning], [])).toEqual({
      barring: [error, overridable],
      unexplained: [warning],
      overridden: [],
      explained: [],
      unknown: [],
    });
  });

  it('takes a sentence for warnings and for errors that may be overridden, for no other', () => {
    const settled = settleChecks(
      [error, overridable, warning],
      [error, overridable, warning].map((of) => said(of)),
    );
    expect(settled.barring).toEqual([error]);
    expect(settled.overridden.map(({ check: of }) => of)).toEqual([overridable]);
    expect(settled.explained.map(({ check: of }) => of)).toEqual([warning]);
  });

  it('counts an empty sentence as none', () => {
    expect(settleChecks([warning], [said(warning, '  ')]).unexplained).toEqual([warning]);
  });

  it('does not take a sentence along when the number has changed', () => {
    const settled = settleChecks([{ ...overridable, found: '14' }], [said(overridable)]);
    expect(settled).toMatchObject({ barring: [{ found: '14' }], unknown: [checkKey(overridable)] });
  });

  it('asks no sentence for what passed, could not be assessed or only informs', () => {
    const results = [
      check('A', { status: 'pass' }),
      check('B', { status: 'not-assessable' }),
      check('C', { severity: 'I' }),
    ];
    expect(settleChecks(results, [])).toMatchObject({ barring: [], unexplained: [], unknown: [] });
  });
});
