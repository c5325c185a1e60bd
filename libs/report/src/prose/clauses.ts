import { numbersIn, type ProseNumber } from './prose-number.js';

/** What a paragraph is speaking of: applications, reviews, litigation, normative documents, or something else that has the same verbs. */
export type Topic = 'applications' | 'review' | 'litigation' | 'normative' | 'fees' | 'other' | null;

/**
 * Words between two stops. `own`: nothing before says that it counts another year, a part of the year or somebody else's; `part`: 其中 stands before
 * it in the sentence; `depth`: brackets around it; `joined`: 、 or 和 parts it from a clause that has no number of its own.
 */
export interface Clause {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly numbers: readonly ProseNumber[];
  readonly topic: Topic;
  readonly own: boolean;
  readonly part: boolean;
  readonly depth: number;
  readonly joined: boolean;
}

/** One sentence, up to the full stop, as clauses. */
export interface Sentence {
  readonly from: number;
  readonly to: number;
  readonly clauses: readonly Clause[];
}

/** Words that change what the clauses after them speak of; patterns without flags. */
export interface ContextWords {
  readonly otherYear: string;
  readonly thisYear: string;
  readonly restricting: string;
  readonly known: string;
}

const TOPICS: readonly (readonly [Exclude<Topic, null>, RegExp])[] = [
  ['other', /建议|提案|信访|热线|咨询|举报|投诉|诉求|留言|来信/u],
  ['fees', /信息处理费/u],
  ['applications', /(?:政府信息|信息)公开申请|依申请公开|公开申请/u],
  ['review', /行政复议|复议(?!后|直接)/u],
  ['litigation', /诉讼|起诉/u],
  ['normative', /规范性文件/u],
];
// A comma between digits parts thousands, a colon before a number belongs to it.
const STOP = /,(?!\d{3}(?!\d))|(?<!\d),|[;、()!?]|:(?!\s*\d)/gu;
const SENTENCE = /[^。\n]+/gu;

/** The sentences of a folded paragraph. `start`: the topic of its chapter. */
export function sentencesOf(text: string, start: Topic, words: ContextWords): readonly Sentence[] {
  const patterns = {
    otherYear: new RegExp(words.otherYear, 'u'),
    thisYear: new RegExp(words.thisYear, 'u'),
    restricting: new RegExp(words.restricting, 'u'),
    known: new RegExp(`^(?:${words.known}){1,8}$`, 'u'),
  };
  let topic = start;
  return [...text.matchAll(SENTENCE)].map((match) => {
    const read = readSentence(match[0], match.index, topic, patterns);
    topic = read.at(-1)?.topic ?? topic;
    return { from: match.index, to: match.index + match[0].length, clauses: read };
  });
}

interface Scope {
  readonly otherYear: boolean;
  readonly restricted: boolean;
  readonly part: boolean;
}

function readSentence(
  sentence: string,
  offset: number,
  start: Topic,
  words: Readonly<Record<keyof ContextWords, RegExp>>,
): readonly Clause[] {
  const clauses: Clause[] = [];
  const outer: Scope[] = [];
  let scope: Scope = { otherYear: false, restricted: false, part: false };
  let topic = start;
  for (const { text, from, before } of piecesOf(sentence)) {
    if (before === '(') outer.push(scope);
    if (before === ')') scope = outer.pop() ?? scope;
    if (before === ';') scope = { ...scope, restricted: false, part: false };
    topic = topicOf(text) ?? topic;
    const numbers = numbersIn(text);
    const otherYear = words.otherYear.test(text) || (scope.otherYear && !words.thisYear.test(text));
    const part = scope.part || text.includes('其中');
    const last = clauses.at(-1);
    clauses.push({
      text,
      from: offset + from,
      to: offset + from + text.length,
      numbers,
      topic,
      own: !otherYear && !scope.restricted,
      part,
      depth: outer.length,
      joined: before === '、' && last !== undefined && last.numbers.length === 0,
    });
    // A clause with a number is complete in itself; one without may say what the next ones count.
    const restricts = numbers.length === 0 && words.restricting.test(text) && !words.known.test(text);
    scope = { otherYear, restricted: scope.restricted || restricts, part };
  }
  return clauses;
}

function piecesOf(
  sentence: string,
): readonly { readonly text: string; readonly from: number; readonly before: string }[] {
  const pieces: { text: string; from: number; before: string }[] = [];
  let from = 0;
  let before = '';
  const take = (to: number): void => {
    const raw = sentence.slice(from, to);
    const text = raw.trim();
    // Brackets that open or close beside another stop still count.
    if (text !== '' || before === '(' || before === ')')
      pieces.push({ text, from: from + (raw.length - raw.trimStart().length), before });
  };
  for (const stop of sentence.matchAll(STOP)) {
    take(stop.index);
    [from, before] = [stop.index + stop[0].length, stop[0].trim()];
  }
  take(sentence.length);
  return pieces;
}

function topicOf(text: string): Topic {
  let found: Topic = null;
  let at = -1;
  for (const [topic, pattern] of TOPICS) {
    const match = pattern.exec(text);
    if (match !== null && topic === 'other') return 'other';
    if (match !== null && match.index > at) [found, at] = [topic, match.index];
  }
  return found;
}
