import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { blankReport } from '#report/blank-report';
import { parseAnnualReport } from '#report/parse-annual-report';
import { readPlainText } from '#report/readers/plain-text';
import { partsOf, takenOver } from './read-parts.js';

const text = readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8');
const reading = readPlainText(text);
const blank = blankReport('向阳区人民政府', 2020);
if (isRefusal(reading) || isRefusal(blank)) throw new Error('the sample is a report');
const { report, sources } = reading;
const parts = partsOf(report, sources, true);

describe('parts of what was read', () => {
  it('count every cell of every table once', () => {
    const counted = parts.flatMap((part) => (part.kind === 'table' ? [part.certain + part.doubtful + part.none] : []));
    expect(counted.reduce((sum, one) => sum + one, 0)).toBe(198);
    expect(partsOf(report, sources, false).some(({ kind }) => kind === 'table')).toBe(false);
  });

  it('taken over whole are the report; none of them leaves a report without a word or figure', () => {
    expect(takenOver(report, blank, new Set(parts.map(({ key }) => key)))).toEqual(report);
    const nothing = takenOver(report, blank, new Set());
    expect(parseAnnualReport(nothing)).toEqual(nothing);
    expect(nothing.chapters.every(({ paragraphs }) => paragraphs.length === 0)).toBe(true);
    expect(
      Object.values(nothing.tables)
        .flatMap(Object.values)
        .every(({ state }) => state === 'unfilled'),
    ).toBe(true);
  });

  it.each(parts.map(({ key }) => key))('left out alone, %s is all that is missing', (key) => {
    const taken = new Set(parts.map((part) => part.key).filter((one) => one !== key));
    const left = takenOver(report, blank, taken);
    expect(parseAnnualReport(left)).toEqual(left);
    expect(left).not.toEqual(report);
    for (const table of ['t2', 't3', 't4']) if (table !== key) expect(left.tables[table]).toEqual(report.tables[table]);
  });
});
