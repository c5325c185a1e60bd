import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { formatById } from '../format.js';
import type { AnnualReport } from '../model.js';
import type { RolledUpUnit } from '../rules/check-context.js';
import { explainDifference } from './explain-difference.js';
import { rollUp } from './roll-up.js';

const format = formatById('2021');
if (format === null) throw new Error('the 2021 format is shipped');
const unitOf = (report: AnnualReport | null, index: number, more: Partial<RolledUpUnit> = {}): RolledUpUnit => ({
  organ: `u${index}`,
  name: `单位${index}`,
  kind: 'department',
  report,
  ...more,
});
const reports = fc.array(annualReportArbitrary(format), { minLength: 1, maxLength: 6 });
const [base] = fc.sample(annualReportArbitrary(format), { numRuns: 1, seed: 7 });
if (base === undefined) throw new Error('a sample is drawn');
const withCell = (report: AnnualReport, table: string, id: string, value: string): AnnualReport => ({
  ...report,
  tables: {
    ...report.tables,
    [table]: { ...report.tables[table], [id]: { state: 'value', value, original: value } },
  },
});
const withTotal = (value: string): AnnualReport => withCell(base, 't3', 't3.1.total', value);
const sums = (units: readonly RolledUpUnit[]): string[] =>
  [...rollUp(format, units).cells.values()].map(({ sum }) => sum);

describe('a roll-up', () => {
  it('does not depend on the order, and equals the sum of its contributions', () => {
    fc.assert(
      fc.property(reports, (all) => {
        const units = all.map((report, index) => unitOf(report, index));
        expect(sums(units.toReversed())).toEqual(sums(units));
        for (const { sum, contributions } of rollUp(format, units).cells.values()) {
          const total = contributions.reduce((whole, { value }) => whole + Math.round(Number(value) * 1e6), 0);
          expect(total).toBe(Math.round(Number(sum) * 1e6));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('adds fees exactly', () => {
    const report = fc.sample(annualReportArbitrary(format), 1)[0]!;
    const fee = (value: string): AnnualReport => ({
      ...report,
      tables: {
        ...report.tables,
        t2: {
          ...report.tables['t2'],
          't2.20-8.fees.amount': { state: 'value', value, unit: '万元', printUnit: '万元', original: value },
        },
      },
    });
    const units = [unitOf(fee('0.1'), 1), unitOf(fee('0.2'), 2), unitOf(fee('59237.244901'), 3)];
    expect(rollUp(format, units).cells.get('t2.20-8.fees.amount')?.sum).toBe('59237.544901');
  });

  it('leaves out who is contained elsewhere, exempt or silent, and says so', () => {
    const [report] = fc.sample(annualReportArbitrary(format), 1);
    const units = [
      unitOf(report!, 1),
      unitOf(report!, 2, { containedIn: 'u1' }),
      unitOf(null, 3, { exemption: '新设' }),
      unitOf(null, 4),
    ];
    expect(sums(units)).toEqual(sums(units.slice(0, 1)));
    expect(rollUp(format, units).leftOut.map(({ unit, reason }) => [unit.organ, reason])).toEqual([
      ['u2', 'contained'],
      ['u3', 'exempt'],
      ['u4', 'no_report'],
    ]);
  });

  it('names the unit that left a cell unfilled, and explains a difference', () => {
    const [report] = fc.sample(annualReportArbitrary(format), 1);
    const blank = {
      ...report!,
      tables: {
        ...report!.tables,
        t3: { ...report!.tables['t3'], 't3.1.total': { state: 'unfilled' as const, original: '' } },
      },
    };
    const rolled = rollUp(format, [unitOf(report!, 1), unitOf(blank, 2)]);
    const cell = rolled.cells.get('t3.1.total');
    expect(cell?.state).toBe('incomplete');
    expect(cell?.missing.map(({ name }) => name)).toEqual(['单位2']);
    expect(explainDifference(rolled, withTotal('99999')).open).toContainEqual(
      expect.objectContaining({ cell, reason: 'incomplete' }),
    );
  });

  it('adds 规章 only of units that may make them', () => {
    const [report] = fc.sample(annualReportArbitrary(format), 1);
    const rules = (level: 2 | 5): RolledUpUnit =>
      unitOf(withCell(report!, 't2', 't2.20-1.rules.made', '3'), level, { level });
    const cell = rollUp(format, [rules(2), rules(5)]).cells.get('t2.20-1.rules.made');
    expect(cell).toMatchObject({ sum: '3', state: 'complete' });
    expect(cell?.notEntitled.map(({ unit }) => unit.organ)).toEqual(['u5']);
  });
});

describe('a difference from the sum of the units', () => {
  const explained = (reported: string, ...values: readonly string[]): readonly string[] => {
    const units = values.map((value, index) => unitOf(withTotal(value), index + 1));
    const { differences } = explainDifference(rollUp(format, units), withTotal(reported));
    const found = differences.find(({ cell }) => cell.id === 't3.1.total');
    return (found?.explanations ?? []).map(({ kind, unit, figure }) => `${kind} ${unit?.name ?? ''} ${figure}`);
  };

  it.each([
    ['a unit left out', '12', ['12', '5'], 'unit_missing 单位2 5'],
    ['a unit counted twice', '22', ['12', '5'], 'unit_twice 单位2 5'],
    ['digits of the sum swapped', '71', ['12', '5'], 'digits_swapped  17'],
    ['digits of a unit swapped', '26', ['12', '5'], 'unit_digits_swapped 单位1 12'],
  ])('%s', (_what, reported, values, expected) => {
    expect(explained(reported, ...values)).toContain(expected);
  });

  it('is none where the figures agree, and none is made up', () => {
    expect(explained('17', '12', '5')).toEqual([]);
    expect(explained('40', '12', '5')).toEqual([]);
  });

  it('is the own office alone, or a unit that should not be in it', () => {
    const units = [
      { ...unitOf(withTotal('12'), 1), kind: 'own-office' as const },
      unitOf(withTotal('5'), 2),
      unitOf(withTotal('9'), 3, { exemption: '并入单位2' }),
    ];
    const kindsOf = (reported: string): readonly string[] =>
      explainDifference(rollUp(format, units), withTotal(reported))
        .differences.filter(({ cell }) => cell.id === 't3.1.total')
        .flatMap(({ explanations }) => explanations.map(({ kind }) => kind));
    expect(kindsOf('12')).toContain('own_office_only');
    expect(kindsOf('26')).toContain('left_out_counted');
  });
});
