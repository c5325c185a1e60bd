import { groupBy } from '#domain/grouping';
import type { Place } from '../place.js';
import type { Subject } from '../rules/rule.js';
import { type RuleSettings, wordsFor } from '../rules/rule-settings.js';
import { type Clause, type ContextWords, type Sentence, sentencesOf, type Topic } from './clauses.js';
import { foldText, type FoldedText, typedRange } from './folded-text.js';
import type { ProseNumber } from './prose-number.js';
import { type ProseSubject, subjectsOf } from './prose-subjects.js';

/** A paragraph of a chapter, read: its folded text and its sentences. */
export interface ProseParagraph {
  readonly chapter: number;
  readonly paragraph: number;
  readonly folded: FoldedText;
  readonly sentences: readonly Sentence[];
}

/** A number of this year that the words around it tie to a row of the form. `clause`: where it is said. */
export interface ProseFigure {
  readonly subject: ProseSubject;
  readonly number: ProseNumber;
  readonly place: Place;
  readonly paragraph: ProseParagraph;
  readonly sentence: Sentence;
  readonly clause: Clause;
}

/** `words`: one of them must be said, which is cheaper to see than whether the pattern fits. */
interface Pattern {
  readonly subject: ProseSubject;
  readonly words: readonly string[];
  readonly whole: RegExp;
  readonly name: RegExp;
}

interface Vocabulary {
  readonly patterns: readonly Pattern[];
  readonly fillers: Fillers;
}

interface Prose {
  readonly paragraphs: readonly ProseParagraph[];
  readonly figures: readonly ProseFigure[];
}

const LONGEST_CLAUSE = 60;
const MOST_STARTS = 30;
const MARK = '#';
const START: Readonly<Record<number, Topic>> = { 3: 'applications' };
const proseBySubject = new WeakMap<Subject, Prose>();

/** The prose of a report, read once per check. */
export function proseOf(subject: Subject): Prose {
  const known = proseBySubject.get(subject);
  if (known !== undefined) return known;
  const { report, context } = subject;
  const words = contextWords(subject);
  const vocabulary = {
    patterns: patternsFor(subject),
    fillers: new Fillers(
      [...wordsFor(context.settings, 'P.fillers', report.year), ...namesOf(report.organName, context)],
      report.year,
    ),
  };
  const paragraphs = report.chapters.flatMap(({ no, paragraphs: texts }) =>
    texts.map((text, paragraph): ProseParagraph => {
      const folded = foldText(text);
      return { chapter: no, paragraph, folded, sentences: sentencesOf(folded.text, START[no] ?? null, words) };
    }),
  );
  const prose = { paragraphs, figures: paragraphs.flatMap((one) => figuresIn(one, vocabulary)) };
  proseBySubject.set(subject, prose);
  return prose;
}

/** A stretch of the folded text of a paragraph as a place of the report. */
export function placeIn({ chapter, paragraph, folded }: ProseParagraph, from: number, to: number): Place {
  return { chapter, paragraph, ...typedRange(folded, from, to) };
}

/** The place of the digits of a number said in a clause. */
export function placeOfNumber(paragraph: ProseParagraph, clause: Clause, number: ProseNumber): Place {
  return placeIn(paragraph, clause.from + number.digitsFrom, clause.from + number.digitsTo);
}

function figuresIn(paragraph: ProseParagraph, vocabulary: Vocabulary): readonly ProseFigure[] {
  return paragraph.sentences.flatMap((sentence) => {
    const found: ProseFigure[] = [];
    for (const clause of sentence.clauses) {
      const [number, more] = clause.numbers;
      if (number === undefined || more !== undefined || clause.text.length > LONGEST_CLAUSE) continue;
      const said = clause.text.slice(0, number.from) + MARK + clause.text.slice(number.to);
      const starts = vocabulary.fillers.startsIn(said);
      const pattern = vocabulary.patterns.find(
        ({ subject, whole, words }) =>
          words.some((word) => said.includes(word)) &&
          isOf(subject, paragraph, clause, number, found) &&
          matches(whole, said, starts),
      );
      if (pattern === undefined) continue;
      const place = placeOfNumber(paragraph, clause, number);
      found.push({ subject: pattern.subject, number, place, paragraph, sentence, clause });
    }
    return [...found, ...respectivelyIn(paragraph, sentence, vocabulary)];
  });
}

function isOf(
  subject: ProseSubject,
  { chapter }: ProseParagraph,
  clause: Clause,
  number: ProseNumber,
  before: readonly ProseFigure[],
): boolean {
  const { topic, unit, within, asPart } = subject;
  if (!clause.own || clause.joined || (clause.part && !asPart)) return false;
  if ((unit === 'money') !== (number.unit === '元') || number.unit === '%' || number.unit === '人次') return false;
  if (topic !== null && clause.topic !== topic) return false;
  if (within !== undefined && !before.some((one) => one.subject.id === within)) return false;
  return isInPlace(subject, chapter, clause.text);
}

function isInPlace(subject: ProseSubject, chapter: number, text: string): boolean {
  if (subject.chapter === undefined || subject.chapter === chapter || text.includes('信息公开')) return true;
  return subject.rule === 'P08' && (text.includes('决定') || subject.verbs.some((verb) => text.includes(verb)));
}

const RESPECTIVELY =
  /(?<names>[^,;:()。\n]{2,60}?)(?:数量|件数)?分别(?:为|是|有|计)?:?\s*(?<numbers>\d[\d件条次宗个份、,和及]*)/gu;

/** 甲、乙、丙分别为 1 件、2 件、3 件: names and numbers in the same order, as many of one as of the other. */
function respectivelyIn(
  paragraph: ProseParagraph,
  sentence: Sentence,
  { patterns, fillers }: Vocabulary,
): readonly ProseFigure[] {
  const text = paragraph.folded.text.slice(sentence.from, sentence.to);
  return [...text.matchAll(RESPECTIVELY)].flatMap((match) => {
    const { names = '', numbers: list = '' } = match.groups ?? {};
    const start = match.index + match[0].lastIndexOf(list);
    const named = names.split(/、|和|及|以及|与/u);
    const numbers = [...list.matchAll(/\d+/gu)];
    const clause = sentence.clauses.find(
      ({ from, to }) => from - sentence.from <= match.index && match.index < to - sentence.from + 1,
    );
    if (clause === undefined || numbers.length !== named.length || numbers.length < 2) return [];
    return named.flatMap((name, index): ProseFigure[] => {
      const digits = numbers[index];
      const pattern = patterns.find(
        ({ subject, name: pattern_ }) =>
          clause.own &&
          (subject.topic === null || subject.topic === clause.topic) &&
          matches(pattern_, name, fillers.startsIn(name)),
      );
      if (digits === undefined || pattern === undefined) return [];
      const from = sentence.from + start + digits.index;
      const number: ProseNumber = {
        value: String(BigInt(digits[0])),
        unit: '件',
        approximate: null,
        from,
        to: from,
        digitsFrom: from,
        digitsTo: from + digits[0].length,
      };
      return [
        {
          subject: pattern.subject,
          number,
          place: placeIn(paragraph, from, number.digitsTo),
          paragraph,
          sentence,
          clause,
        },
      ];
    });
  });
}

const patternsBySettings = new WeakMap<RuleSettings, Map<string, readonly Pattern[]>>();

/** The patterns of all subjects of a form for a year; compiled once per settings. */
function patternsFor({ report, format, context }: Subject): readonly Pattern[] {
  const bySettings = patternsBySettings.get(context.settings) ?? new Map<string, readonly Pattern[]>();
  patternsBySettings.set(context.settings, bySettings);
  const key = `${format.id} ${report.year}`;
  const known =
    bySettings.get(key) ??
    subjectsOf(format, context.settings, report.year).map((one) => patternOf(one, context.settings, report.year));
  bySettings.set(key, known);
  return known;
}

function patternOf(subject: ProseSubject, settings: RuleSettings, year: number): Pattern {
  const words = (id: string): readonly string[] => wordsFor(settings, `P.${id}`, year).map(escaped);
  const between = anyOf(words('between'));
  const tail = anyOf(words('tails'));
  const verb = anyOf(subject.verbs.map(escaped));
  const noun = anyOf(subject.nouns.map(escaped));
  const [maybeVerb, maybeNoun] = subject.needs === 'verb' ? [verb, `${noun}?`] : [`${verb}?`, noun];
  const ways = [
    `${maybeVerb}${between}{0,4}${maybeNoun}${between}{0,4}${MARK}${tail}{0,3}$`,
    `${maybeVerb}${between}{0,4}${MARK}的?${noun}${tail}{0,3}$`,
    ...(subject.needs === 'verb'
      ? [`${MARK}(?:属于|属|已|均|的){0,2}${verb}${between}{0,2}${maybeNoun}${tail}{0,3}$`]
      : []),
  ];
  return {
    subject,
    words: subject.needs === 'verb' ? subject.verbs : subject.nouns,
    whole: new RegExp(ways.join('|'), 'uy'),
    name: new RegExp(`${maybeVerb}${maybeNoun}$`, 'uy'),
  };
}

/** Words of nothing match nothing, so that an empty list never makes everything match. */
function anyOf(sources: readonly string[]): string {
  return sources.length === 0 ? '(?:(?!))' : `(?:${longestFirst(sources).join('|')})`;
}

function longestFirst(words: readonly string[]): readonly string[] {
  return words.toSorted((a, b) => b.length - a.length);
}

/** Words that may stand before a subject without changing what it counts. */
class Fillers {
  readonly #byFirst: ReadonlyMap<string, readonly string[]>;
  readonly #year: RegExp;

  constructor(words: readonly string[], year: number) {
    this.#byFirst = groupBy(words, (word) => word.slice(0, 1));
    this.#year = new RegExp(fillersOf(year).join('|'), 'uy');
  }

  /** Every place in a text where its subject may begin. */
  startsIn(text: string): readonly number[] {
    const starts = [0];
    for (const at of starts) {
      if (starts.length > MOST_STARTS) break;
      this.#year.lastIndex = at;
      const year = this.#year.exec(text)?.[0];
      const words = (this.#byFirst.get(text.slice(at, at + 1)) ?? []).filter((word) => text.startsWith(word, at));
      for (const word of year === undefined ? words : [...words, year])
        if (!starts.includes(at + word.length)) starts.push(at + word.length);
    }
    return starts;
  }
}

function matches(pattern: RegExp, text: string, starts: readonly number[]): boolean {
  return starts.some((start) => {
    pattern.lastIndex = start;
    return pattern.test(text);
  });
}

function fillersOf(year: number): readonly string[] {
  return [
    String.raw`${year}年1月1日(?:起)?(?:至|到|-|—)(?:${year}年)?12月31日(?:期间|止)?`,
    String.raw`截至${year}年(?:12月31日|底|年底)`,
    `${year}年度?`,
  ];
}

function namesOf(organName: string, { profile }: Subject['context']): readonly string[] {
  return [
    organName,
    ...(profile === undefined ? [] : [profile.name, ...profile.shortNames, ...(profile.regionWords ?? [])]),
  ].filter((name) => name !== '');
}

function escaped(word: string): string {
  return word.normalize('NFKC').replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}

const RESTRICTING = [
  '(?:的|中|方面|名义|局|委|委员会|办|办公室|镇|乡|街道|政府|部门|单位|机关|机构|网站|平台|公众号|微信|微博)$',
  '^(?:对|因|以|由|涉及|作为|针对|按|从|通过|经|在)',
].join('|');

function contextWords(subject: Subject): ContextWords {
  const { report, context } = subject;
  const words = (id: string): readonly string[] => wordsFor(context.settings, `P.${id}`, report.year).map(escaped);
  const names = namesOf(report.organName, context).map(escaped);
  return {
    // A comparison (较上年) speaks of this year, 上年结转 of what was carried into it.
    otherYear: String.raw`(?<![较比与])(?:${words('otherTimes').join('|')})(?!度?结转)|(?<!\d)(?!${report.year})\d{4}年|(?<!\d)\d{1,2}月(?!\d{1,2}日)`,
    thisYear: `${report.year}年|本年|今年|全年`,
    restricting: RESTRICTING,
    known: [...fillersOf(report.year), ...words('fillers'), ...names].toSorted((a, b) => b.length - a.length).join('|'),
  };
}
