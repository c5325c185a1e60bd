import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { isRefusal } from '#domain/decision';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { checkReport } from '../check-report.js';
import { cellsOf, FORMATS } from '../format.js';
import type { AnnualReport } from '../model.js';
import { parseAnnualReport } from '../parse-annual-report.js';
import { readPlainText } from '../readers/plain-text.js';
import { csvDictionary, reportCsv } from './report-csv.js';
import { reportHtml } from './report-html.js';
import { reportJson } from './report-json.js';
import { annualReportSchema } from './report-schema.js';
import { reportText } from './report-text.js';

const sampleReading = readPlainText(
  readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'),
);
if (isRefusal(sampleReading)) throw new Error('the sample is a report');
const sample = sampleReading.report;
const anyReport = fc.oneof(...FORMATS.map(annualReportArbitrary));

type Node = DefaultTreeAdapterTypes.Node;
const elementsOf = (node: Node): string[] => [
  ...('tagName' in node ? [node.tagName] : []),
  ...('childNodes' in node ? node.childNodes.flatMap(elementsOf) : []),
];
const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
const OURS = new Set(['section', 'div', 'h1', 'h2', 'p', 'table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td']);

describe('a random valid report', () => {
  it('has no failing sum, so that other tests may rely on it', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const failing = checkReport(report).filter(
          ({ status, rule }) => status === 'fail' && /^(?:T3-0[1-3]|T4-01|V0)/.test(rule),
        );
        expect(failing).toEqual([]);
        expect(parseAnnualReport(report)).toBe(report);
      }),
      { numRuns: 30 },
    );
  });
});

describe('text', () => {
  it('reads back to the same report', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const reading = readPlainText(reportText(report));
        expect(isRefusal(reading) ? reading : withoutOriginals(reading.report)).toEqual(withoutOriginals(report));
      }),
      { numRuns: 50 },
    );
  });

  it('reads the sample back as it was', () => {
    const reading = readPlainText(reportText(sample));
    expect(isRefusal(reading) ? reading : withoutOriginals(reading.report)).toEqual(withoutOriginals(sample));
  });
});

describe('HTML', () => {
  it('holds every text of the report and no element but its own, whatever the texts are', () => {
    const hostile = fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=1>',
      '&lt;b&gt;',
      `'--><p>`,
      '</td>',
    );
    fc.assert(
      fc.property(anyReport, hostile, (report, text) => {
        const changed: AnnualReport = {
          ...report,
          title: report.title + text,
          preface: text,
          chapters: report.chapters.map((chapter) => ({ ...chapter, title: chapter.title + text, paragraphs: [text] })),
        };
        const fragment = parseFragment(reportHtml(changed));
        expect(elementsOf(fragment).filter((name) => !OURS.has(name))).toEqual([]);
        expect(textOf(fragment).split(text).length - 1).toBeGreaterThanOrEqual(2 + 2 * report.chapters.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('CSV', () => {
  const rows = (csv: string): string[] =>
    csv
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n');

  it('has one line for every cell and explains every column', () => {
    const format = FORMATS.find(({ id }) => id === sample.format);
    expect(rows(reportCsv(sample))).toHaveLength(1 + (format?.tables.flatMap(cellsOf).length ?? 0));
    const columns = rows(reportCsv(sample))[0]?.split(',') ?? [];
    expect(csvDictionary().map(({ name }) => name)).toEqual(columns);
  });

  it.each(['=1+1', '+1', '-1', '@x', '\t=1', '＝1', '＋1', '－1', '＠1'])(
    'lets no text begin a formula: %j',
    (text) => {
      const report = { ...sample, organName: text, tables: withOriginal(sample, text) };
      const first = rows(reportCsv(report))[1] ?? '';
      expect(first.replace(/^"/, '')).toMatch(/^'/);
      expect(reportCsv(report).split(`'${text}`).length - 1).toBe(2 * (rows(reportCsv(report)).length - 1));
    },
  );

  it('keeps a negative figure a number', () => {
    const id = 't2.20-5.licensing.change';
    const cell = { state: 'value' as const, value: '-3', original: '减3' };
    const report = { ...sample, tables: { ...sample.tables, t2: { ...sample.tables['t2'], [id]: cell } } };
    expect(rows(reportCsv(report)).find((row) => row.includes('licensing') && row.includes('change'))).toContain(
      ',value,-3,',
    );
  });
});

describe('JSON', () => {
  const schemaFile = new URL('../../schema/annual-report.schema.json', import.meta.url);
  const schema = annualReportSchema(FORMATS);
  const validate = new Ajv2020({ strict: false }).compile(schema);

  it('has a published schema that is up to date', () => {
    expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('conforms to it, also for the sample', () => {
    expect(validate(JSON.parse(reportJson(sample)))).toBe(true);
    fc.assert(
      fc.property(anyReport, (report) => validate(JSON.parse(reportJson(report)))),
      { numRuns: 30 },
    );
  });

  it('judges any damaged report as the model does', () => {
    const damage = fc.constantFrom<unknown>(
      null,
      '',
      0,
      -1,
      1.5,
      '01',
      '-0',
      '1.50',
      '-1.5',
      '\u0007',
      '\ud800',
      '2021-02-29',
      [],
      {},
      '元',
      '万元',
    );
    let refused = 0;
    fc.assert(
      fc.property(anyReport, fc.infiniteStream(fc.nat()), damage, fc.boolean(), (report, choices, value, removed) => {
        const damaged: unknown = JSON.parse(JSON.stringify({ ...report, contact: { phone: '12345678' } }));
        damageSomewhere(damaged, choices, removed ? undefined : value);
        const expected = !isRefusal(parseAnnualReport(damaged));
        if (!expected) refused += 1;
        expect([validate(damaged), damaged]).toEqual([expected, damaged]);
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it('is refused by the schema where the model refuses it', () => {
    const broken: unknown[] = [
      { ...sample, extra: 1 },
      { ...sample, format: '2030' },
      { ...sample, tables: { ...sample.tables, t4: {} } },
      { ...sample, title: '' },
      { ...sample, scope: 'all' },
      {
        ...sample,
        tables: {
          ...sample.tables,
          t4: { ...sample.tables['t4'], 't4.review.total': { state: 'value', value: '01', original: '' } },
        },
      },
    ];
    for (const report of broken) {
      expect(isRefusal(parseAnnualReport(report))).toBe(true);
      expect(validate(report)).toBe(false);
    }
  });
});

/** Units and signs may be spelled another way when printed; everything else must come back. */
function withoutOriginals(report: AnnualReport): unknown {
  const tables = Object.entries(report.tables).map(([id, cells]) => [
    id,
    Object.entries(cells).map(([cell, { original, ...rest }]) => [
      cell,
      rest,
      rest.state === 'value' ? null : original,
    ]),
  ]);
  return { ...report, tables };
}

function withOriginal(report: AnnualReport, original: string): AnnualReport['tables'] {
  return Object.fromEntries(
    Object.entries(report.tables).map(([id, cells]) => [
      id,
      Object.fromEntries(Object.entries(cells).map(([cell, value]) => [cell, { ...value, original }])),
    ]),
  );
}

/** Walks down to some place and puts a value there; undefined takes the field away. */
function damageSomewhere(root: unknown, choices: Iterator<number>, value: unknown): void {
  let at = root as Record<string, unknown>;
  for (;;) {
    const keys = Object.keys(at);
    const pick = (): number => Number(choices.next().value);
    const key = keys[pick() % keys.length];
    if (key === undefined) return;
    const below = at[key];
    if (typeof below === 'object' && below !== null && Object.keys(below).length > 0 && pick() % 6 > 0) {
      at = below as Record<string, unknown>;
      continue;
    }
    if (value === undefined && !Array.isArray(at)) delete at[key];
    else at[key] = value ?? null;
    return;
  }
}
