import { describe, expect, it } from '@jest/globals';
import type { Note } from '../api/notes.js';
import { markOf, notePlaceWords } from './note-places.js';

type Found = Note['found'];
const passage = { chapter: 5, paragraph: 2 };

describe('where a note is shown', () => {
  it.each<[string, Found, string | null]>([
    ['at its figure', { state: 'exact', place: { cell: 't3.1.total' }, text: '7' }, 't3.1.total'],
    ['at its chapter', { state: 'exact', place: { chapter: 5 }, text: 'x' }, 'chapter-5'],
    ['at its passage', { state: 'moved', place: { passage, from: 0, to: 3 }, text: 'x', likeness: 0.9 }, '5.2'],
    [
      'at the preface',
      { state: 'exact', place: { passage: { part: 'preface' }, from: 0, to: 3 }, text: 'x' },
      'preface',
    ],
    ['nowhere when its words are gone', { state: 'gone', text: 'x' }, null],
    ['nowhere when they stand in several places', { state: 'ambiguous', places: [], text: 'x' }, null],
  ])('%s', (_where, found, mark) => {
    expect(markOf({ found })).toBe(mark);
  });

  it('is said in words also where the text is not to be had', () => {
    const anchor = { kind: 'cell', cell: 't3.1.total', text: '7' } as const;
    expect(notePlaceWords({ anchor }, null, (key) => key)).toBe('t3.1.total');
  });
});
