import { cellName, cellsOf } from '../format.js';
import { nationalRule } from './national-rule.js';
import { failureIn, failuresOr, passagesOf, type Passage } from './report-passages.js';
import { cellAt, placeOf, type Outcome, type Rule, type Subject } from './rule.js';

const HAN_FIGURE = /^[〇○零一二三四五六七八九十百千万两]+$/u;
// CJK radicals look like the characters they stand for, but no search finds them; digits of full width add up in no program.
const UNUSUAL = /[\u2e80-\u2fd5０-９]/u;
// NFKC leaves these radicals alone.
const RADICALS: Readonly<Record<string, string>> = {
  '⺠': '民',
  '⻓': '长',
  '⻋': '车',
  '⻔': '门',
  '⻅': '见',
  '⻚': '页',
  '⻢': '马',
  '⻝': '食',
  '⻛': '风',
  '⻬': '齐',
  '⻰': '龙',
  '⻩': '黄',
  '⻘': '青',
  '⻄': '西',
  '⺟': '母',
};

const normalised = (text: string): string =>
  text.replace(/[\u2e80-\u2fd5０-９]/gu, (character) => RADICALS[character] ?? character.normalize('NFKC'));

/** V07: figures read from full-width digits or 汉字, and radicals in the text, are shown beside the original. */
function normalisedCharacters({ report, format }: Subject): readonly Outcome[] {
  const figures = format.tables.flatMap(cellsOf).flatMap((at): Outcome[] => {
    const cell = cellAt(report, at);
    if (cell.state !== 'value') return [];
    const original = cell.original.trim();
    if (original.normalize('NFKC') === original && !HAN_FIGURE.test(original)) return [];
    const message = {
      zh: `${cellName(at)}：“${original}”读作 ${cell.value}，原文保留；请核对`,
      en: `${cellName(at)}: "${original}" is read as ${cell.value}, the original is kept; please confirm`,
    };
    return [{ status: 'fail', place: placeOf(at), expected: cell.value, found: original, message }];
  });
  const texts = passagesOf(report).flatMap(unusualIn);
  return failuresOr(
    [...figures, ...texts],
    '没有全角数字、汉字数字或部首字符',
    'no full-width digits, 汉字 figures or radicals',
  );
}

function unusualIn(passage: Passage): readonly Outcome[] {
  const from = passage.text.search(UNUSUAL);
  if (from < 0) return [];
  const characters = Array.from(passage.text);
  const last = characters.findLast((character) => UNUSUAL.test(character)) ?? '';
  const to = passage.text.lastIndexOf(last) + last.length;
  const unusual = [...new Set(characters.filter((character) => UNUSUAL.test(character)))];
  const shown = unusual.slice(0, 10).join('');
  return [
    failureIn(
      passage,
      { from, to },
      {
        zh: `有全角数字或部首字符“${shown}”；请改为“${normalised(shown)}”`,
        en: `full-width digits or radicals "${shown}"; write "${normalised(shown)}"`,
        found: shown,
        expected: normalised(shown),
        replacement: normalised(passage.text.slice(from, to)),
      },
    ),
  ];
}

/** The rule on normalised characters. Rules of the catalogue: V07. */
export const normalisedTextRules: readonly Rule[] = [
  nationalRule('V07', 'I', '国办公开办函〔2019〕60号、〔2021〕30号', normalisedCharacters),
];
