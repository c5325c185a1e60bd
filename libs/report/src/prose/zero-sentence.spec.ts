import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { blankReport } from '../blank-report.js';
import type { AnnualReport, Cell } from '../model.js';
import { zeroSentence } from './zero-sentence.js';

const blank = blankReport('向阳区', 2026);
if (isRefusal(blank)) throw new Error(blank.refused);
const withReceived = (cell: Cell): AnnualReport => ({
  ...blank,
  tables: { ...blank.tables, t3: { ...blank.tables['t3']!, 't3.1.other': cell } },
});
const saying = (text: string): AnnualReport => ({
  ...blank,
  chapters: blank.chapters.map((chapter) => (chapter.no === 3 ? { ...chapter, paragraphs: [text] } : chapter)),
});

describe('the sentence of a year without applications', () => {
  it('is offered with 表三 alone, while nothing says that something came in', () => {
    expect(zeroSentence(blank, 't3')).toEqual({ chapter: 1, text: '2026年未收到政府信息公开申请。' });
    expect(zeroSentence(blank, 't4')).toBeNull();
    expect(zeroSentence(withReceived({ state: 'value', value: '0', original: '0' }), 't3')).not.toBeNull();
    expect(zeroSentence(withReceived({ state: 'value', value: '1', original: '1' }), 't3')).toBeNull();
    expect(zeroSentence(withReceived({ state: 'unreadable', original: '若干' }), 't3')).toBeNull();
  });

  it('is not said twice', () => {
    expect(zeroSentence(saying('本年度我局未收到群众提出的政府信息公开申请。'), 't3')).toBeNull();
    expect(zeroSentence(saying('未收到行政复议决定。'), 't3')).not.toBeNull();
  });
});
