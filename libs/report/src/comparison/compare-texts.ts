import { diffArrays } from 'diff';
import { sentencesOf, tokensOf } from './tokens.js';

/** A piece of a compared text; put together, `same` and `removed` give the text before, `same` and `added` the text after. */
export interface Segment {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** More edits than this and the passage counts as replaced: nobody reads a diff of single characters. */
const MOST_EDITS = 2000;
/** Sentences less alike than this are two sentences, not one changed. */
const ALIKE = 0.4;

/** Compares two paragraphs sentence by sentence and, within sentences that are alike, piece by piece; numbers stay whole. */
export function compareTexts(before: string, after: string): readonly Segment[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const changes = diffed(sentencesOf(before), sentencesOf(after));
  if (changes === null) return replaced(before, after);
  const segments: Segment[] = [];
  for (let at = 0; at < changes.length; at += 1) {
    const [change, next] = [changes[at], changes[at + 1]];
    if (change === undefined) continue;
    if (change.kind === 'removed' && next?.kind === 'added') {
      segments.push(...withinSentences(change.pieces.join(''), next.pieces.join('')));
      at += 1;
    } else segments.push({ kind: change.kind, text: change.pieces.join('') });
  }
  return joined(segments);
}

/** How alike two texts are, 0 to 1: the share of their pieces that stand in both in order. */
export function likenessOf(before: string, after: string): number {
  const [old, now] = [tokensOf(before), tokensOf(after)];
  if (old.length + now.length === 0) return 1;
  const changes = diffed(old, now);
  const same = changes?.filter(({ kind }) => kind === 'same').reduce((sum, { pieces }) => sum + pieces.length, 0) ?? 0;
  return (2 * same) / (old.length + now.length);
}

function withinSentences(before: string, after: string): readonly Segment[] {
  if (likenessOf(before, after) < ALIKE) return replaced(before, after);
  const changes = diffed(tokensOf(before), tokensOf(after));
  return changes === null
    ? replaced(before, after)
    : changes.map(({ kind, pieces }) => ({ kind, text: pieces.join('') }));
}

const replaced = (before: string, after: string): readonly Segment[] =>
  [
    { kind: 'removed' as const, text: before },
    { kind: 'added' as const, text: after },
  ].filter(({ text }) => text !== '');

interface Change {
  readonly kind: Segment['kind'];
  readonly pieces: readonly string[];
}

function diffed(before: readonly string[], after: readonly string[]): readonly Change[] | null {
  const changes = diffArrays([...before], [...after], { maxEditLength: MOST_EDITS });
  return changes === undefined
    ? null
    : changes.map(({ added, removed, value }) => ({
        kind: added ? 'added' : removed ? 'removed' : 'same',
        pieces: value,
      }));
}

function joined(segments: readonly Segment[]): readonly Segment[] {
  return segments.reduce<Segment[]>((all, segment) => {
    const last = all.at(-1);
    if (last?.kind === segment.kind) all[all.length - 1] = { kind: last.kind, text: last.text + segment.text };
    else if (segment.text !== '') all.push(segment);
    return all;
  }, []);
}
