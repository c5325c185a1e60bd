import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { isRefusal } from '#domain/decision';
import type { EditionDocument } from '#report/edition';
import { formatById } from '#report/format';
import type { AnnualReport } from '#report/model';
import { readPlainText } from '#report/readers/plain-text';
import { foldWords } from './folded-words.js';
import { findInEdition, type Piece } from './report-hits.js';
import { foldedLabels, rowPassages, writtenPassages } from './searched-passages.js';

const reading = readPlainText(readFileSync('samples/xiangyang-2020.txt', 'utf8'));
if (isRefusal(reading)) throw new Error(reading.refused);
const editionOf = (change: Partial<AnnualReport> = {}): EditionDocument => ({
  schema: 'sunward.edition/1',
  document: '00000000-0000-4000-8000-000000000001',
  edition: 1,
  kind: 'annual-report',
  organ: { code: 'xiangyang', name: '向阳区人民政府', level: 'county' },
  year: 2020,
  format: reading.report.format,
  report: { ...reading.report, ...change },
  attachments: [],
});
const edition = editionOf();
const marked = (pieces: readonly Piece[]): string => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
const hitsOf = (words: readonly string[], of = edition): string[] | undefined =>
  findInEdition(of, words)?.hits.map(({ chapter, pieces }) => `${chapter} ${marked(pieces)}`);

describe('what is found in a report', () => {
  it('is marked with words around it, at its chapter', () => {
    const [first = ''] = hitsOf(['营商环境']) ?? [];
    expect(first).toMatch(/^1 ….*\[营商环境\].*…$/);
    expect(first.length).toBeLessThan(110);
  });

  it('is marked in title and name too', () => {
    const found = findInEdition(edition, ['向阳区', '2020']);
    expect(found && [marked(found.organ), marked(found.title)]).toEqual(
      ['[向阳区]人民政府', '[向阳区][2020]年政府信息公开工作年度报告'].map((text) => text.replace('][', '')),
    );
  });

  it('is a row of a table with its figures, after the prose', () => {
    const hits = hitsOf(['行政许可']) ?? [];
    expect(hits.at(-1)).toContain('› [行政许可]：上一年项目数量 19；本年增/减 +11；处理决定数量 111');
    expect(findInEdition(edition, ['行政许可'])?.hits.at(-1)).toMatchObject({ kind: 'row', chapter: 2 });
  });

  it('is nothing unless every word stands somewhere', () => {
    expect(findInEdition(edition, ['营商环境', '黄金海岸'])).toBeNull();
    expect(hitsOf(['营商环境', '行政许可'])).toHaveLength(2);
  });

  it('is shown as typed, whatever its width, and never cuts a character', () => {
    const paragraphs = [`${'𠮷'.repeat(40)}ＡＢ ｃ結转${'𠮷'.repeat(80)}`];
    const chapters = reading.report.chapters.map((chapter) => ({ ...chapter, paragraphs }));
    const [first = ''] = hitsOf(['abc結'], editionOf({ chapters })) ?? [];
    expect(first).toContain('[ＡＢ ｃ結]转');
    expect(first).not.toMatch(/\p{Surrogate}/u);
  });

  it('is one mark where words overlap', () => {
    const [first = ''] = hitsOf(['政府信息', '信息公开']) ?? [];
    expect(first).toContain('[政府信息公开]');
  });
});

describe('what is searched', () => {
  it('is every text of the report', () => {
    const all = writtenPassages(edition).map(({ text }) => text);
    const { title, preface, chapters } = edition.report;
    for (const text of [title, ...preface.split('\n'), ...chapters.flatMap(({ paragraphs }) => paragraphs)])
      for (const line of text.split('\n')) if (line.trim() !== '') expect(all).toContain(line);
  });

  it('has the labels of a form in every report of it', () => {
    const rows = rowPassages(edition).map(({ text }) => foldWords(text).text);
    const format = formatById(edition.format);
    const labels = format === null ? [] : foldedLabels(format);
    expect(labels).toHaveLength(rows.length);
    for (const word of labels.flatMap((label) => label.split(/[^\p{L}\p{N}]+/u)))
      expect(rows.some((row) => row.includes(word))).toBe(true);
  });
});
