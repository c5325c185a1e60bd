import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import type { EditionDocument } from '#report/edition';
import type { AnnualReport } from '#report/model';
import { printedTables } from '#report/printed-tables';
import { readPlainText } from '#report/readers/plain-text';
import { pageFacts } from '../../../../test/support/page-facts.js';
import { renderReportPage } from '../pages/report.page.js';
import { renderReportText } from '../pages/report-text.page.js';
import { findFilesDefect, findPageDefect } from './page-figures.js';
import { readPage } from './page-reading.js';

const facts = pageFacts();

function sample(): AnnualReport {
  const reading = readPlainText(readFileSync('samples/xiangyang-2020.txt', 'utf8'));
  if (isRefusal(reading)) throw new Error(reading.refused);
  return reading.report;
}

function edition(report: AnnualReport): EditionDocument {
  return {
    schema: 'sunward.edition/1',
    document: '00000000-0000-4000-8000-000000000001',
    edition: 1,
    kind: 'annual-report',
    organ: { code: 'xiangyang', name: '向阳区人民政府', level: 'county' },
    year: report.year,
    format: report.format,
    report,
    attachments: [],
  };
}

const pageOf = (report: AnnualReport): string =>
  new TextDecoder().decode(renderReportPage(edition(report), facts, renderReportText(report)));

describe('the public page of the sample', () => {
  const report = sample();
  const page = pageOf(report);

  it('says exactly what was signed', () => expect(findPageDefect(readPage(page), report)).toBeNull());

  it('is small, has no script and no foreign address', () => {
    expect(new TextEncoder().encode(page).length).toBeLessThan(60_000);
    expect(page).not.toMatch(/<script(?! type="application\/ld\+json">)|\son\w+=|src=|url\(/i);
    expect(
      [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].every(([, href]) => /^(?:#|\/|\.\/|tel:|mailto:)/.test(href ?? '')),
    ).toBe(true);
  });

  it('is the same for the same edition and seal, and dates itself by the calendar of China', () => {
    expect(pageOf(report)).toBe(page);
    expect(page).toContain('<dd>2026-01-26</dd>');
    expect(page).not.toContain('<dd>2026-01-25</dd>');
  });

  it('has every figure of the tables in its own cell', () => {
    const cells = printedTables(report).flatMap(({ groups }) => groups.flatMap(({ rows }) => rows.flat()));
    const figures = cells.filter((cell) => cell.kind === 'data');
    expect(page.match(/data-cell=/g)).toHaveLength(figures.length);
    expect(figures.length).toBeGreaterThan(190);
  });
});

describe('a page that differs from the report is found', () => {
  const report = sample();
  const page = pageOf(report);
  const broken = (from: string | RegExp, to: string): string => {
    const changed = page.replace(from, to);
    expect(changed).not.toBe(page);
    return changed;
  };

  it.each<[string, string, string | RegExp, string]>([
    ['a figure', 'figure_differs', '>19<', '>91<'],
    ['an id moved to another cell', 'figure_differs', 't2.20-5.licensing.change', 't2.20-5.licensing.changed'],
    ['a row left out', 'figure_differs', /<tr>(?:(?!<tr>).)*行政处罚.*?<\/tr>/, ''],
    ['a column label', 'figure_differs', '本年新制作数量', '本年新公开数量'],
    ['a span', 'figure_differs', 'colspan="2"', 'colspan="3"'],
    ['a number in the prose', 'text_differs', '2072', '2073'],
    ['a paragraph twice', 'text_differs', /<p data-text="chapter-1">.*?<\/p>/, '$&$&'],
    ['the title', 'text_differs', 'lang="zh-CN"><span>向阳区', 'lang="zh-CN"><span>朝阳区'],
    ['a table beside the tables', 'figure_differs', '</main>', '<table><tr><td>1</td></tr></table></main>'],
    ['a script', 'page_active', '</main>', '<script>1</script></main>'],
    ['a handler', 'page_active', '<main ', '<main onclick="x()" '],
    [
      'a script that says it is data and fetches',
      'page_active',
      'application/ld+json"',
      'application/ld+json" src="/x"',
    ],
    ['data that became a script', 'page_active', 'application/ld+json', 'module'],
    ['a link that fetches', 'page_active', 'rel="canonical"', 'rel="stylesheet"'],
    ['a page that leads away', 'page_active', '</head>', '<meta http-equiv="refresh" content="0;url=/x"></head>'],
    ['an image', 'page_active', '</main>', '<img alt=""></main>'],
  ])('%s', (_, code, from, to) => expect(findPageDefect(readPage(broken(from, to)), report)).toMatchObject({ code }));

  it('two figures exchanged', () => {
    const [a, b] = ['t2.20-5.licensing.previous', 't2.20-6.penalties.previous'];
    const exchanged = page.replace(a, '\0').replace(b, a).replace('\0', b);
    expect(findPageDefect(readPage(exchanged), report)).toMatchObject({ code: 'figure_differs' });
  });
});

describe('a page whose files are not those beside it is found', () => {
  const digest = 'c'.repeat(64);
  const withFile = { ...facts, derived: [{ name: 'report.pdf', digest, sizeBytes: 1 }] };
  const page = new TextDecoder().decode(renderReportPage(edition(sample()), withFile, ''));
  const beside = [
    { name: 'report.json', digest: facts.report.digest },
    { name: 'evidence.json', digest: facts.evidence.digest },
    { name: 'report.pdf', digest },
  ];

  it.each([
    ['all as it says', beside, null],
    ['another PDF', [...beside.slice(0, 2), { name: 'report.pdf', digest: 'd'.repeat(64) }], 'report.pdf'],
    ['no PDF', beside.slice(0, 2), 'report.pdf'],
  ] as const)('%s', (_, files, where) => expect(findFilesDefect(readPage(page), files)?.where ?? null).toBe(where));
});

describe('markup somebody typed', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</p><style>*{display:none}</style>',
    '{{constructor}} ${1} <!-- -->',
    '</title></style><svg onload=alert(1)>',
    '&lt;b&gt; &amp;amp; &#60;script&#62;',
  ];

  it.each(hostile)('stays text wherever it stands: %s', (text) => {
    const report = sample();
    const [first, ...rest] = report.chapters;
    if (first === undefined) throw new Error('the sample has chapters');
    const chapters = [{ ...first, title: text, paragraphs: [text, ...first.paragraphs] }, ...rest];
    const typed = { ...report, title: text, preface: text, chapters };
    const withName = { ...edition(typed), organ: { code: 'xiangyang', name: text, level: 'county' } };
    const page = new TextDecoder().decode(renderReportPage(withName, facts, renderReportText(typed)));
    expect(findPageDefect(readPage(page), typed)).toBeNull();
    expect(page).not.toMatch(/<script(?! type="application\/ld\+json">)|<img|<svg|<!--/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style>/g)).toHaveLength(2);
  });
});
