import type { NotePlace } from '../api/notes.js';

/** Longest quotation a note may be bound to, in characters. */
const LONGEST = 1000;

/** What somebody marked in the text: the place a note goes to, and the words there. */
export interface SelectedPlace {
  readonly place: NotePlace;
  readonly text: string;
}

const passageOf = (node: Node | null): HTMLElement | null =>
  (node instanceof HTMLElement ? node : (node?.parentElement ?? null))?.closest<HTMLElement>('[data-passage]') ?? null;

/** The words selected within one passage of the report; null when nothing is, or more than one passage. */
export function selectedWords(selection: Selection | null): SelectedPlace | null {
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const passage = passageOf(range.startContainer);
  const quote = range.toString();
  if (passage === null || passageOf(range.endContainer) !== passage) return null;
  if (quote.trim() === '' || quote.length > LONGEST) return null;
  const before = document.createRange();
  before.selectNodeContents(passage);
  before.setEnd(range.startContainer, range.startOffset);
  return { place: quotedAt(passage.dataset['passage'] ?? '', quote, before.toString().length), text: quote };
}

/** `title`, `preface`, or `5.2`: chapter and paragraph. A preface of several lines counts from its first. */
function quotedAt(passage: string, quote: string, from: number): NotePlace {
  if (passage === 'title') return { quote, part: 'title', from };
  if (passage.startsWith('preface')) return { quote, part: 'preface', from: from + Number(passage.slice(8)) };
  const [chapter, paragraph] = passage.split('.').map(Number);
  return {
    quote,
    from,
    ...(chapter === undefined ? {} : { chapter }),
    ...(paragraph === undefined ? {} : { paragraph }),
  };
}
