import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import type { NoteDetail } from '#contracts/http/notes.api';
import { noteLines } from './note-lines.js';

type Note = z.infer<typeof NoteDetail>;

const note: Note = {
  note: '00000000-0000-4000-8000-000000000005',
  leg: 'review',
  round: 1,
  stage: 'first-review',
  author: '00000000-0000-4000-8000-000000000006',
  onBehalfOf: null,
  at: '2026-01-20T01:00:00.000Z',
  text: '与台账不符。\n请核对。',
  suggestion: null,
  state: 'open',
  fromEarlierRound: false,
  blocks: 'first-review',
  anchor: { kind: 'cell', cell: 't3.1.total', text: '13' },
  found: { state: 'exact', place: { cell: 't3.1.total' }, text: '13' },
  events: [],
};
const passage = { chapter: 5, paragraph: 1 };
const printed = (change: Partial<Note>): string[] => noteLines({ ...note, ...change }).map(({ zh }) => zh);

describe('a note for people', () => {
  it('says how it stands, where it is, and what was said line by line', () => {
    expect(printed({})).toEqual([`● ${note.note}  未处理  t3.1.total「13」`, '  与台账不符。\n    请核对。']);
    expect(printed({ fromEarlierRound: true })[0]).toContain('自第 1 轮延续');
  });

  it('names a deputy with whom he acts for', () => {
    const onBehalfOf = '00000000-0000-4000-8000-000000000007';
    const reply = { kind: 'replied', by: note.author, onBehalfOf, at: note.at, text: '好', revision: null } as const;
    const lines = printed({ onBehalfOf, events: [reply] });
    expect(lines[1]).toBe(` （${note.author} 代 ${onBehalfOf}）`);
    expect(lines.at(-1)).toBe(`  ↳ 回复（${note.author} 代 ${onBehalfOf}） ${note.at} 好`);
  });

  it.each<[string, Note['found']]>([
    ['原文已移动：五 ¶2「原文」', { state: 'moved', place: { passage, from: 0, to: 2 }, text: '原文', likeness: 1 }],
    ['原文有改动（相似度 0.8）', { state: 'moved', place: { passage, from: 0, to: 2 }, text: '原文', likeness: 0.8 }],
    ['无法确定位置（2 处可能）', { state: 'ambiguous', places: [{ chapter: 1 }, { chapter: 2 }], text: '原文' }],
    ['单元格已不存在「原文」', { state: 'gone', text: '原文' }],
  ])('%s', (line, found) => expect(printed({ found })[0]).toContain(line));

  it('shows a suggestion, what became of it, and a long quotation cut short', () => {
    const accepted = { kind: 'accepted', by: note.author, onBehalfOf: null, at: note.at, text: null, revision: 2 } as const;
    const found = { state: 'exact', place: { passage: { part: 'preface' }, from: 0, to: 60 }, text: '文'.repeat(60) } as const;
    expect(printed({ suggestion: '改', events: [accepted], found }).slice(2)).toEqual([
      '  建议改为：改',
      `  ↳ 采纳 ${note.at} → 2`,
    ]);
    expect(printed({ found })[0]).toContain(`${'文'.repeat(40)}…`);
    expect(printed({ suggestion: '' })).toContain('  建议：删去');
  }); // prettier-ignore
});
