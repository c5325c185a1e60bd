import { describe, expect, it } from '@jest/globals';
import { nodeCrypto } from '#evidence/node-crypto';
import { longEdition } from '../../../../test/support/long-report.js';
import { pageFacts } from '../../../../test/support/page-facts.js';
import { renderReportPage } from './report.page.js';
import { renderReportText } from './report-text.page.js';

/** UX: a public page has at most 60 kB without files. */
const LIMIT_BYTES = 60 * 1024;
/** The page without the words of its report, so that 6,000 letters of prose and the statutory words of the tables have the rest. */
const FRAME_BYTES = 40 * 1024;

const fileOf = (name: string) => ({
  name,
  digest: nodeCrypto.sha256(new TextEncoder().encode(name)),
  sizeBytes: 90_000,
});
const facts = pageFacts({
  site: 'https://www.xiangyang.gov.cn',
  identity: { name: '向阳区人民政府网', idCode: '2308030001', contact: null },
  report: fileOf('report.json'),
  evidence: fileOf('evidence.json'),
  derived: ['dictionary.csv', 'report.csv', 'report.docx', 'report.pdf', 'report.xlsx'].map(fileOf),
});

describe.each([2020, 2024])('the page of a long report in the form of %i', (year) => {
  const edition = longEdition(year);
  const text = renderReportText(edition.report);
  const letters = edition.report.chapters.flatMap(({ paragraphs }) => paragraphs).join('').length;
  const words = Buffer.byteLength(text.replace(/<[^>]*>/g, ''));

  it.each(['zh', 'en'] as const)('is light, and so is all of it but its own words: %s', (language) => {
    const all = renderReportPage(edition, facts, text, language).byteLength;
    expect(letters).toBeGreaterThan(5_600);
    expect(all).toBeLessThan(LIMIT_BYTES);
    expect(all - words).toBeLessThan(FRAME_BYTES);
  });

  it('gives every element an id of its own, and figures only heads that are there', () => {
    const page = new TextDecoder().decode(renderReportPage(edition, facts, text));
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const named = [...page.matchAll(/ headers="([^"]*)"/g)].flatMap(([, heads = '']) => heads.split(' '));
    expect(named.length).toBeGreaterThan(600);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });
});
