import type { AnnualReport } from '../model.js';
import { failureIn, failuresOr, passagesOf, rangesOf, type Passage } from './report-passages.js';
import type { Outcome, Subject } from './rule.js';

const PAIRS: Readonly<Record<string, string>> = {
  '（': '）',
  '(': '）',
  '【': '】',
  '《': '》',
  '〈': '〉',
  '“': '”',
  '‘': '’',
  '「': '」',
  '『': '』',
  '〔': '〕',
  '[': ']',
};
const CLOSERS = new Set(Object.values(PAIRS));
const MARKS = /[（(）)【】《》〈〉“”‘’「」『』〔〕[\]]/gu;
// 1) and ① 2） number a list and close nothing; ’ within Latin words is an apostrophe.
const LIST_MARK = /(?:^|[\s。；：:;，、\n])(?:[\dA-Za-z]{1,2}|[一二三四五六七八九十]{1,3})$/u;

/** Q06: brackets and quotes pair up, heading marks are regular, no line breaks inside a sentence. */
export function punctuationIsRegular({ report }: Subject): readonly Outcome[] {
  const failures = passagesOf(report).flatMap((passage) => [
    ...unpaired(passage),
    ...headingMarks(passage),
    ...brokenLines(passage),
  ]);
  return failuresOr(
    [...failures, ...brokenParagraphs(report)],
    '标点、序号和分行规范',
    'punctuation, marks and lines are in order',
  );
}

function unpaired(passage: Passage): readonly Outcome[] {
  const { text } = passage;
  const open: { readonly at: number; readonly mark: string }[] = [];
  const lost: { readonly at: number; readonly mark: string }[] = [];
  for (const { index: at, 0: mark } of text.matchAll(MARKS)) {
    if (PAIRS[mark] !== undefined) {
      open.push({ at, mark });
      continue;
    }
    const closer = mark === ')' ? '）' : mark;
    const apostrophe = mark === '’' && /[A-Za-z]/.test(text[at - 1] ?? '');
    if (apostrophe || !CLOSERS.has(closer)) continue;
    const partner = open.findLastIndex((opener) => PAIRS[opener.mark] === closer);
    if (partner >= 0) lost.push(...open.splice(partner).slice(1));
    else if (closer !== '）' || !LIST_MARK.test(text.slice(Math.max(0, at - 5), at))) lost.push({ at, mark });
  }
  const straight = rangesOf(text, /"/gu);
  const odd = straight.length % 2 === 1 ? straight.slice(-1).map(({ from }) => ({ at: from, mark: '"' })) : [];
  return [...lost, ...open, ...odd]
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, mark }) =>
      failureIn(
        passage,
        { from: at, to: at + 1 },
        {
          zh: `“${mark}”没有配对（${text.slice(Math.max(0, at - 6), at + 7).trim()}）；请补上或删去`,
          en: `${mark} has no partner; add or remove one`,
          expected: PAIRS[mark] ?? '',
        },
      ),
    );
}

const NUMERAL = '(?<no>[一二三四五六七八九十]{1,3})';
/** Irregular marks at the start of a line and what they should be. */
const HEADING_MARKS: readonly (readonly [RegExp, (no: string) => string])[] = [
  [new RegExp(`(?<=^[ \\t\\u3000]{0,8})${NUMERAL}\\s?[)）]`, 'gmu'), (no) => `（${no}）`],
  [
    new RegExp(`(?<=^[ \\t\\u3000]{0,8})(?:\\(${NUMERAL}[)）]|（(?<half>[一二三四五六七八九十]{1,3})\\))、?`, 'gmu'),
    (no) => `（${no}）`,
  ],
  [new RegExp(`(?<=^[ \\t\\u3000]{0,8})（${NUMERAL}）、`, 'gmu'), (no) => `（${no}）`],
  [new RegExp(`(?<=^[ \\t\\u3000]{0,8})${NUMERAL}\\s?[,，.．]`, 'gmu'), (no) => `${no}、`],
  [/(?<=^[ \t\u3000]{0,8})[—－-]{1,2}、/gmu, () => '一、'],
];

function headingMarks(passage: Passage): readonly Outcome[] {
  if (passage.kind !== 'paragraph') return [];
  return HEADING_MARKS.flatMap(([pattern, markFor]) =>
    rangesOf(passage.text, pattern).map((range) => {
      const right = markFor(range.match.groups?.['no'] ?? range.match.groups?.['half'] ?? '');
      return failureIn(passage, range, {
        zh: `序号“${range.match[0]}”不规范；请写作“${right}”`,
        en: `the mark ${range.match[0]} is irregular; write ${right}`,
        replacement: right,
      });
    }),
  );
}

const ENDS_SENTENCE = /[。！？；：!?;:…”」』》）)】.\d]\s*$/u;
const BEGINS_ANEW = /^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|[①-⑳]|[•·◆■●])/u;
// A heading is short; a line this long without an end was broken.
const LONGEST_HEADING = 36;

// True where one line runs on into the next in the middle of a sentence.
function runsOn(line: string, next: string): boolean {
  const text = line.trim();
  if (text === '' || next.trim() === '' || ENDS_SENTENCE.test(text) || BEGINS_ANEW.test(next)) return false;
  if (/[，、,]$/u.test(text)) return true;
  return text.length > LONGEST_HEADING && /[，。]/u.test(text);
}

const BROKEN = { zh: '句中换行；请把两行接成一段', en: 'a line break inside a sentence; join the lines' };

function brokenLines(passage: Passage): readonly Outcome[] {
  const breaks = rangesOf(passage.text, /\n/gu);
  return breaks.flatMap(({ from, to }): Outcome[] => {
    const start = passage.text.lastIndexOf('\n', from - 1) + 1;
    const end = passage.text.indexOf('\n', to);
    const line = passage.text.slice(from === 0 ? 0 : start, from);
    const next = passage.text.slice(to, end < 0 ? undefined : end);
    if (!runsOn(line, next)) return [];
    const shown = `${line.slice(-10)}↵${next.slice(0, 10)}`;
    return [
      failureIn(passage, { from, to }, { ...BROKEN, zh: `${BROKEN.zh}（${shown}）`, found: shown, replacement: '' }),
    ];
  });
}

function brokenParagraphs(report: AnnualReport): readonly Outcome[] {
  const passages = passagesOf(report).filter(({ kind }) => kind === 'paragraph');
  return passages.flatMap((passage, at): Outcome[] => {
    const next = passages[at + 1];
    const { place } = passage;
    if (next === undefined || !('chapter' in place) || !('chapter' in next.place)) return [];
    const table = report.chapters.find(({ no }) => no === place.chapter)?.tableAt;
    const apart = next.place.chapter !== place.chapter || table === (place.paragraph ?? 0) + 1;
    if (apart || !runsOn(passage.text, next.text)) return [];
    const end = passage.text.length;
    return [failureIn(passage, { from: Math.max(0, end - 10), to: end }, { ...BROKEN, expected: '句末标点' })];
  });
}
