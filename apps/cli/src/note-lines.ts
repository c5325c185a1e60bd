import type { z } from 'zod';
import type { NoteDetail } from '#contracts/http/notes.api';
import { chapterNumeral } from '#report/model';
import type { Message } from '#report/place';

type Note = z.infer<typeof NoteDetail>;

const STATES: Readonly<Record<Note['state'], Message>> = {
  open: { zh: '未处理', en: 'open' },
  resolved: { zh: '已处理', en: 'resolved' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  accepted: { zh: '已采纳', en: 'accepted' },
};
const EVENTS = {
  replied: { zh: '回复', en: 'replied' },
  resolved: { zh: '处理', en: 'resolved' },
  withdrawn: { zh: '撤回', en: 'withdrew' },
  accepted: { zh: '采纳', en: 'accepted' },
} as const;

/** A note as lines for people: how it stands, where its place is now, what was said. */
export function noteLines(note: Note): readonly Message[] {
  const { id, state } = { id: note.note, state: STATES[note.state] };
  const place = placeLine(note);
  const earlier = note.fromEarlierRound
    ? { zh: `，自第 ${note.round} 轮延续`, en: `, from round ${note.round}` }
    : { zh: '', en: '' };
  return [
    { zh: `● ${id}  ${state.zh}${earlier.zh}  ${place.zh}`, en: `● ${id}  ${state.en}${earlier.en}  ${place.en}` },
    ...(note.onBehalfOf === null ? [] : [deputyLine(note.author, note.onBehalfOf)]),
    both(`  ${indented(note.text)}`),
    ...(note.suggestion === null ? [] : [suggestionLine(note.suggestion)]),
    ...note.events.map(({ kind, by, onBehalfOf, at, text, revision }) => {
      const who = onBehalfOf === null ? { zh: '', en: '' } : deputyWords(by, onBehalfOf);
      const more = [text === null ? '' : indented(text), revision === null ? '' : `→ ${revision}`].join(' ').trim();
      return {
        zh: `  ↳ ${EVENTS[kind].zh}${who.zh} ${at} ${more}`.trimEnd(),
        en: `  ↳ ${EVENTS[kind].en}${who.en} ${at} ${more}`.trimEnd(),
      };
    }),
  ];
}

/** 乙代甲: who acted, and for whom. */
const deputyWords = (agent: string, principal: string): Message => ({
  zh: `（${agent} 代 ${principal}）`,
  en: ` (${agent} for ${principal})`,
});

function deputyLine(agent: string, principal: string): Message {
  const { zh, en } = deputyWords(agent, principal);
  return { zh: ` ${zh}`, en: ` ${en}` };
}

const both = (text: string): Message => ({ zh: text, en: text });
const indented = (text: string): string => text.replaceAll('\n', '\n    ');

function suggestionLine(suggestion: string): Message {
  return suggestion === ''
    ? { zh: '  建议：删去', en: '  suggestion: strike it out' }
    : { zh: `  建议改为：${suggestion}`, en: `  suggestion: ${suggestion}` };
}

function placeLine({ found, anchor }: Note): Message {
  const quoted = found.text.length > 40 ? `${found.text.slice(0, 40)}…` : found.text;
  switch (found.state) {
    case 'exact':
      return both(`${whereOf(found.place)}「${quoted}」`);
    case 'moved':
      return found.likeness === 1
        ? { zh: `原文已移动：${whereOf(found.place)}「${quoted}」`, en: `moved: ${whereOf(found.place)} "${quoted}"` }
        : { zh: `原文有改动（相似度 ${found.likeness}）：${whereOf(found.place)}「${quoted}」`, en: `edited (likeness ${found.likeness}): ${whereOf(found.place)} "${quoted}"` };
    case 'ambiguous':
      return { zh: `无法确定位置（${found.places.length} 处可能）「${quoted}」`, en: `undecidable, ${found.places.length} places: "${quoted}"` };
    default:
      return anchor.kind === 'cell'
        ? { zh: `单元格已不存在「${quoted}」`, en: `the cell is gone: "${quoted}"` }
        : { zh: `原文已删「${quoted}」`, en: `the text is gone: "${quoted}"` };
  }
} // prettier-ignore

type Place = Extract<Note['found'], { state: 'exact' }>['place'];

function whereOf(place: Place): string {
  if ('cell' in place) return place.cell;
  if ('chapter' in place) return chapterNumeral(place.chapter);
  const { passage } = place;
  return 'part' in passage ? passage.part : `${chapterNumeral(passage.chapter)} ¶${passage.paragraph + 1}`;
}
