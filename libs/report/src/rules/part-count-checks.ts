import { hanNumber } from '../han-numeral.js';
import { failureIn, passagesOf, type TextRange } from './report-passages.js';
import { passed, type Outcome, type Subject } from './rule.js';

const COUNTED = /(?<![第其])(?<count>[一二两三四五六七八九十]{1,3}|\d{1,2})\s*个?大?(?:部分|章)(?<made>组成|构成)?/gu;
const ANNOUNCES = /(?:共|计|分|分为|包括|包含|包括以下|包含以下|等|的)\s*$/u;
const LONGEST_LIST = 400;

/** What the preface says of its parts: their number and the words before it, up to the sentence before. */
interface StatedParts extends TextRange {
  readonly count: number;
  readonly before: string;
}

function statedParts(text: string): StatedParts | null {
  for (const found of text.matchAll(COUNTED)) {
    const digits = found.groups?.['count'] ?? '';
    const count = /^\d/.test(digits) ? Number(digits) : hanNumber(digits);
    const head = text.slice(Math.max(0, found.index - LONGEST_LIST), found.index);
    const before = head.slice(head.search(/[^。；\n]*$/u));
    if (count === null || (found.groups?.['made'] === undefined && !ANNOUNCES.test(before))) continue;
    return { count, before, from: found.index, to: found.index + found[0].length };
  }
  return null;
}

/** S10: “由…N部分组成” in the preface: N is the number of chapters and, where they are listed, of the parts named. */
export function partsAreCounted(subject: Subject): readonly Outcome[] {
  const { report } = subject;
  const preface = passagesOf(report).find(({ kind }) => kind === 'preface');
  const stated = preface === undefined ? null : statedParts(preface.text);
  if (preface === undefined || stated === null)
    return [passed({ part: 'preface' }, '引言没有写明由几部分组成，无须核对', 'the preface states no number of parts')];
  const { count, before } = stated;
  const chapters = report.chapters.length;
  const listed = listedParts(before, subject);
  const formula = listed === null ? `${count} = ${chapters}` : `${count} = ${listed.join('/')} = ${chapters}`;
  const right = count === chapters && (listed === null || listed.includes(count));
  if (right) return [{ ...passed(preface.place, `部分数：${formula}`, `number of parts: ${formula}`), formula }];
  const named = listed === null ? '' : `，列出 ${listed.join(' 或 ')} 个`;
  return [
    {
      ...failureIn(preface, stated, {
        zh: `写明由 ${count} 部分组成${named}，正文实有 ${chapters} 部分；请改为一致`,
        en: `says ${count} parts${listed === null ? '' : `, names ${listed.join(' or ')}`}, the report has ${chapters}; make them agree`,
        expected: String(chapters),
      }),
      formula,
    },
  ];
}

// Titles hold 、 and 和 themselves and count as one; the last 和 may join two parts or stand inside one, so both counts are possible.
function listedParts(list: string, { format, report }: Subject): readonly number[] | null {
  const opened = /(?:由|包括|包含|分为)(?<parts>.+)$/u.exec(list)?.groups?.['parts'];
  if (opened === undefined) return null;
  const titles = [...format.chapters, ...report.chapters]
    .map(({ title }) => title)
    .toSorted((a, b) => b.length - a.length);
  const marked = titles.reduce((text, title) => (title === '' ? text : text.replaceAll(title, '□')), opened);
  const parts = marked
    .replace(/[（(][^）)]{0,60}[）)]/gu, '')
    .replace(/行政复议、(?:提起)?行政诉讼/gu, '复议诉讼')
    .split(/[、，,]/u)
    .filter((part) => part.trim() !== '' && part !== '等');
  if (parts.length < 2) return null;
  return /以及|及|和|与/u.test(parts.at(-1) ?? '') ? [parts.length, parts.length + 1] : [parts.length];
}
