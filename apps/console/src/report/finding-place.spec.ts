import { describe, expect, it } from '@jest/globals';
import type { AnnualReport } from '#report/model';
import type { Place } from '#report/place';
import { markOfFinding } from './finding-place.js';

const report: AnnualReport = {
  format: '2021',
  year: 2023,
  organName: '向阳区人民政府',
  title: '',
  preface: '',
  period: null,
  scope: 'region',
  chapters: [
    { no: 2, title: '主动公开政府信息情况', paragraphs: [] },
    { no: 5, title: '存在的主要问题', paragraphs: ['一是。', '二是。'] },
  ],
  tables: {},
};

describe('where a finding is looked at', () => {
  it.each<[string, Place, string]>([
    ['a cell', { table: 't3', row: '1', column: 'total', cell: 't3.1.total' }, 't3.1.total'],
    ['a row by its sum', { table: 't3', row: '1' }, 't3.1.total'],
    ['a column by its last row', { table: 't3', column: 'natural-person' }, 't3.4.natural-person'],
    ['a whole table by the heading of its chapter', { table: 't2' }, 'chapter-2'],
    ['a cell the form has not by its chapter', { table: 't2', cell: 't2.none' }, 'chapter-2'],
    ['a table whose chapter is missing', { table: 't4' }, 'title'],
    ['a paragraph', { chapter: 5, paragraph: 1, from: 0, to: 2 }, '5.1'],
    ['a paragraph that is not there', { chapter: 5, paragraph: 7 }, 'chapter-5'],
    ['a chapter', { chapter: 5 }, 'chapter-5'],
    ['a chapter that is not there', { chapter: 9 }, 'title'],
    ['the preface', { part: 'preface', from: 0, to: 2 }, 'preface'],
    ['the period, which the preface names', { part: 'period' }, 'preface'],
    ['the title', { part: 'title' }, 'title'],
    ['the whole report', { part: 'report' }, 'title'],
  ])('%s', (_what, place, mark) => {
    expect(markOfFinding(report, place)).toBe(mark);
  });
});
