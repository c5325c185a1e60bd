import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { compareReports } from '#report/comparison/compare-reports';
import type { AnnualReport, Cell } from '#report/model';
import { readPlainText } from '#report/readers/plain-text';
import type { Say } from '../words/words.js';
import { changedPlaces } from './changed-places.js';
import { keyFigures } from './key-figures.js';
import { cellWords, namedPlaceWords, placeWords } from './place-words.js';

const SAMPLE = new URL('../../../../samples/xiangyang-2020.txt', import.meta.url);
const names = { title: '标题', preface: '前言' };
const say: Say = (key) => key;

function sampleReport(): AnnualReport {
  const reading = readPlainText(readFileSync(SAMPLE, 'utf8'));
  if (isRefusal(reading)) throw new Error(reading.refused);
  return reading.report;
}

const report = sampleReport();
const withCell = (id: string, cell: Cell): AnnualReport => {
  const [table = ''] = id.split('.');
  return { ...report, tables: { ...report.tables, [table]: { ...report.tables[table], [id]: cell } } };
};
const changesFrom = (before: AnnualReport, after: AnnualReport) => {
  const comparison = compareReports(before, after);
  return changedPlaces(after, { ...comparison, cells: comparison.cells.filter(({ kind }) => kind !== 'same') }, names);
};

describe('what changed', () => {
  it('is nothing between equal reports', () => {
    expect(changesFrom(report, report)).toEqual([]);
  });

  it('names a figure with both values as they are printed', () => {
    const after = withCell('t3.1.natural-person', { state: 'value', value: '7', original: '7' });
    expect(changesFrom(report, after)).toEqual([
      { kind: 'figure', cell: 't3.1.natural-person', before: '0', after: '7' },
    ]);
    expect(cellWords(after, 't3.1.natural-person')).toBe('表三 一、本年新收政府信息公开申请数量 自然人');
  });

  it('names title, preface and chapter of a text, and says when a paragraph only moved', () => {
    const last = report.chapters.at(-1)!;
    expect(last.paragraphs.length).toBeGreaterThan(1);
    const turned = { ...last, paragraphs: last.paragraphs.toReversed() };
    const chapters = [...report.chapters.slice(0, -1), turned];
    const places = changesFrom(report, { ...report, title: `${report.title}（更正）`, chapters });
    expect(places[0]).toMatchObject({ kind: 'text', where: '标题', moved: false });
    expect(places.at(-1)).toMatchObject({ kind: 'text', where: `六、${last.title}`, moved: true });
  });
});

describe('the key figures', () => {
  it('stand beside last year’s, and are never 0 where a cell holds no number', () => {
    const unfilled = withCell('t3.1.total', { state: 'unfilled', original: '' });
    const [received] = keyFigures(unfilled, report);
    expect(received).toEqual({ name: 'case.received', value: null, lastYear: '0' });
    expect(keyFigures(report, null).every(({ lastYear }) => lastYear === null)).toBe(true);
  });

  it('add both kinds of lawsuits', () => {
    const value = (text: string): Cell => ({ state: 'value', value: text, original: text });
    const direct = withCell('t4.litigation-direct.total', value('2'));
    const both = {
      ...direct,
      tables: { ...direct.tables, t4: { ...direct.tables['t4'], 't4.litigation-after-review.total': value('3') } },
    };
    expect(keyFigures(both, null).at(-1)).toEqual({ name: 'case.lawsuits', value: '5', lastYear: null });
  });
});

describe('a place in words', () => {
  it.each([
    ['title', 'case.title'],
    ['preface', 'case.preface'],
    ['chapter-3', '三、收到和处理政府信息公开申请情况'],
    ['t3.4.total', '表三 四、结转下年度继续办理 总计'],
    ['第二页倒数第三行', '第二页倒数第三行'],
  ])('%s is %s', (place, words) => {
    expect(namedPlaceWords(report, place, say)).toBe(words);
  });

  it('keeps its number where the text is not to be had', () => {
    expect(namedPlaceWords(null, 'chapter-5', say)).toBe('case.chapter');
    expect(namedPlaceWords(null, 't3.4.total', say)).toBe('t3.4.total');
  });

  it('of a check is its cell, or its row and column', () => {
    expect(placeWords(report, { table: 't3', cell: 't3.4.total' }, say)).toBe('表三 四、结转下年度继续办理 总计');
    expect(placeWords(report, { table: 't3', row: '4', column: 'total' }, say)).toBe(
      '表三 四、结转下年度继续办理 总计',
    );
    expect(placeWords(report, { part: 'preface' }, say)).toBe('case.preface');
  });
});
