import { diffArrays } from 'diff';
import { tokensOf } from '../comparison/tokens.js';
import type { SentenceAnchor, TextPlace } from './anchor.js';
import { type IndexedReport, type Run, runText } from './indexed-report.js';
import { foldWords, type Words } from './words.js';

/** Where in the sentences found the quotation stands; where its words were edited, what has taken their place. */
export function placeOfQuote(index: IndexedReport, run: Run, anchor: SentenceAnchor): TextPlace {
  const first = index.sentences[run.first];
  if (first === undefined) throw new RangeError('a run has a first sentence');
  const text = runText(index, run);
  const whole = anchor.quote === anchor.sentence && isWhole(index, run);
  const [start, end] = whole ? [0, text.length] : stretch(text, run.start - first.start, run.end - first.start, anchor);
  // A quotation that was struck out while its sentence stayed: the sentence is what can be shown.
  const [from, to] = start < end ? [start, end] : [0, text.length];
  return { passage: first.passage, from: first.from + from, to: first.from + to };
}

function isWhole({ sentences }: IndexedReport, { first, last, start, end }: Run): boolean {
  return sentences[first]?.start === start && sentences[last]?.end === end;
}

/** The stretch of `text`, of whose words those from `start` to `end` are the anchor's sentences. */
function stretch(text: string, start: number, end: number, anchor: SentenceAnchor): readonly [number, number] {
  const { sentence, quote, at } = anchor;
  if (text === sentence) return [at, at + quote.length];
  const [then, now] = [foldWords(sentence), foldWords(text)];
  if (now.text.slice(start, end) === then.text) return sameWords(text, now, start, anchor);
  return carried(sentence, text, at, at + quote.length);
}

/** The same words: counted from the first. Stops the quotation had around them belong to it while they stand. */
function sameWords(
  text: string,
  now: Words,
  start: number,
  { sentence, quote, at }: SentenceAnchor,
): readonly [number, number] {
  const skipped = foldWords(sentence.slice(0, at)).text.length;
  const words = foldWords(quote);
  const from = now.from[start + skipped] ?? 0;
  const typed = from - (words.from[0] ?? 0);
  if (typed >= 0 && text.startsWith(quote, typed)) return [typed, typed + quote.length];
  return [from, now.to[start + skipped + words.text.length - 1] ?? text.length];
}

/** A stretch of the text before and what stands in its place after. */
interface Block {
  readonly same: boolean;
  readonly old: readonly [number, number];
  readonly now: readonly [number, number];
}

/** Carries two offsets of a text over to another by what both have in common. */
function carried(before: string, after: string, from: number, to: number): readonly [number, number] {
  const blocks = blocksOf(before, after);
  const begin = blocks.find(({ old }) => old[0] <= from && from < old[1]);
  const finish = blocks.find(({ old }) => old[0] < to && to <= old[1]);
  if (begin === undefined || finish === undefined) return [0, 0];
  return [
    begin.now[0] + (begin.same ? from - begin.old[0] : 0),
    finish.same ? finish.now[0] + (to - finish.old[0]) : finish.now[1],
  ];
}

function blocksOf(before: string, after: string): readonly Block[] {
  const blocks: Block[] = [];
  let [old, now] = [0, 0];
  for (const { added, removed, value } of diffArrays([...tokensOf(before)], [...tokensOf(after)])) {
    const length = value.reduce((sum, token) => sum + token.length, 0);
    const last = blocks.at(-1);
    const [oldEnd, nowEnd] = [added ? old : old + length, removed ? now : now + length];
    const same = !added && !removed;
    // Struck out and written in its place are one change.
    if (!same && last?.same === false)
      blocks[blocks.length - 1] = { same, old: [last.old[0], oldEnd], now: [last.now[0], nowEnd] };
    else blocks.push({ same, old: [old, oldEnd], now: [now, nowEnd] });
    [old, now] = [oldEnd, nowEnd];
  }
  return blocks;
}
