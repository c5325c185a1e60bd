import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { formatById } from '../format.js';
import type { AnnualReport } from '../model.js';
import type { RolledUpUnit } from '../rules/check-context.js';
import { differences, rollUp } from './roll-up.js';

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
    expect(rollUp(format, units).leftOut.map(({ organ, reason }) => [organ, reason])).toEqual([
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
    expect(rolled.cells.get('t3.1.total')?.missing).toEqual(['单位2']);
    const [found] = differences(rolled, { t3: { 't3.1.total': { state: 'value', value: '99999', original: '' } } });
    expect(found?.explanations).toContainEqual({ kind: 'incomplete', name: '单位2' });
  });
});
