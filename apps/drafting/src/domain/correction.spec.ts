import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { FORMATS } from '#report/format';
import type { AnnualReport, Cell } from '#report/model';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { firstPlaces, fitToLocks, whyNoOpening } from './correction.js';

const FORM = FORMATS.find(({ id }) => id === '2021')!;
const [base, other] = fc.sample(annualReportArbitrary(FORM), { numRuns: 2, seed: 20 }) as [AnnualReport, AnnualReport];
const figure = (value: string): Cell => ({ state: 'value', value, original: value });
const [PENALTIES, LICENCES] = ['t2.20-6.penalties.decisions', 't2.20-5.licensing.decisions'] as const;
const withFigures = (...cells: readonly string[]): AnnualReport => ({
  ...base,
  tables: {
    ...base.tables,
    t2: { ...base.tables['t2'], ...Object.fromEntries(cells.map((id) => [id, figure('821')])) },
  },
});
const locks = (...open: readonly string[]) => ({ base, open: new Set(open) });

describe('a text in a correction', () => {
  it.each<[string, readonly string[], AnnualReport, boolean, readonly string[]]>([
    ['that changes two places while none is open', [], withFigures(PENALTIES, LICENCES), false, [LICENCES, PENALTIES]],
    [
      'read from a file, of two places while none is open',
      [],
      withFigures(PENALTIES, LICENCES),
      true,
      [LICENCES, PENALTIES],
    ],
    ['that changes another place', [PENALTIES], withFigures(LICENCES), false, [LICENCES]],
    ['that changes another place as well', [PENALTIES], withFigures(PENALTIES, LICENCES), false, [LICENCES]],
    ['read from a file, of which nothing can be taken', [PENALTIES], withFigures(LICENCES), true, [LICENCES]],
  ])('%s is refused, with the places', (_what, open, next, isFile, ids) => {
    expect(fitToLocks(locks(...open), next, isFile)).toMatchObject({
      refused: 'place_locked',
      data: { count: ids.length, ids, places: ids.map(() => expect.stringContaining('本年处理决定数量')) },
    });
  });

  it('says no more names than a sentence holds, and counts the others', () => {
    const refused = fitToLocks(locks('title'), { ...other, format: base.format }, false);
    expect(refused).toMatchObject({ data: { places: { length: 8 }, count: expect.any(Number) } });
  });

  it.each<[string, readonly string[], AnnualReport, boolean, object]>([
    ['the same as what is public', [], structuredClone(base), false, { opens: null, left: [] }],
    [
      'with the first place changed, which is open from then on',
      [],
      withFigures(PENALTIES),
      false,
      { opens: PENALTIES, left: [] },
    ],
    ['from a file with one place changed', [], withFigures(PENALTIES), true, { opens: PENALTIES, left: [] }],
    ['with the open place changed', [PENALTIES], withFigures(PENALTIES), false, { opens: null, left: [] }],
    ['with both', [PENALTIES, LICENCES], withFigures(PENALTIES, LICENCES), false, { opens: null, left: [] }],
    [
      'from a file, of which only the open place is taken',
      [PENALTIES],
      withFigures(PENALTIES, LICENCES),
      true,
      { report: withFigures(PENALTIES), opens: null, left: [LICENCES] },
    ],
  ])('%s may be saved', (_what, open, next, isFile, fitted) => {
    expect(fitToLocks(locks(...open), next, isFile)).toMatchObject(fitted);
  });

  it('is never saved with a place changed that neither was open nor is the first', () => {
    const ids = Object.keys(base.tables['t2']!);
    fc.assert(
      fc.property(fc.subarray(ids), fc.subarray(ids), fc.boolean(), (open, changed, isFile) => {
        const fitted = fitToLocks(locks(...open), withFigures(...changed), isFile);
        if (isRefusal(fitted)) return;
        const differing = ids.filter(
          (id) => JSON.stringify(fitted.report.tables['t2']![id]) !== JSON.stringify(base.tables['t2']![id]),
        );
        const allowed = new Set([...open, ...(fitted.opens === null ? [] : [fitted.opens])]);
        expect(differing.filter((id) => !allowed.has(id))).toEqual([]);
        if (fitted.opens !== null) expect(open).toEqual([]);
      }),
    );
  });
});

describe('a place', () => {
  it.each<[string, Parameters<typeof whyNoOpening>, string | null]>([
    ['where nothing is locked', [null, PENALTIES, '理由一句'], 'nothing_locked'],
    ['the report does not have', [locks('title'), 't9.x', '理由一句'], 'place_unknown'],
    ['a paragraph behind the last', [locks('title'), 'chapter-1.99', '理由一句'], 'place_unknown'],
    ['that is open', [locks(PENALTIES), PENALTIES, '理由一句'], 'place_open'],
    ['without a reason beside another', [locks('title'), PENALTIES, null], 'reason_required'],
    ['with a reason', [locks('title'), PENALTIES, '理由一句'], null],
    ['the first, without a reason', [locks(), PENALTIES, null], null],
  ])('%s', (_what, [held, place, reason], refused) => {
    expect(whyNoOpening(held, place, reason)?.refused ?? null).toBe(refused);
  });

  it('a correction begins with is one of the report, and counted once', () => {
    expect(firstPlaces(base, [PENALTIES, 'nowhere'])).toMatchObject({
      refused: 'place_unknown',
      data: { place: 'nowhere' },
    });
    expect(firstPlaces(base, [PENALTIES, 'title', PENALTIES])).toEqual([PENALTIES, 'title']);
  });
});
