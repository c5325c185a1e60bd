import { hanNumber } from '../han-numeral.js';
import {
  failureIn,
  failuresOr,
  occurrencesOf,
  passagesOf,
  rangesOf,
  type Passage,
  type TextRange,
} from './report-passages.js';
import { wordsFor } from './rule-settings.js';
import type { Outcome, Subject } from './rule.js';

const YEAR =
  /(?<!\d)(?<year>(?:19|20)\d{2})(?=\s*年(?!代)|\s*[-—–~至、]\s*(?:19|20)\d{2}\s*年)|(?<han>[二一][〇○零九][〇○零一二三四五六七八九]{2})(?=年)/gu;
// A document's title and number carry the year they were issued.
const CITED = /《[^》]{0,200}》|[〔[【（(［]\s*(?:19|20)\d{2}\s*年?\s*[〕\]】）)］]/gu;

/** One token that names another period, and where it stands. */
interface PeriodToken {
  readonly token: string;
  readonly passage: Passage;
  readonly range: TextRange;
}

/**
 * D02: years other than the report's own and the next, and words such as 本月, are meant so. Each token once, at the first place it stands; the
 * message counts the others.
 */
export function otherPeriodsAreDeliberate({ report, context }: Subject): readonly Outcome[] {
  const vague = wordsFor(context.settings, 'D02.vague', report.year);
  const tokens = new Map<string, PeriodToken[]>();
  for (const passage of passagesOf(report)) {
    if (passage.kind === 'title') continue;
    for (const found of [...otherYears(passage, report.year), ...vagueWords(passage, vague)]) {
      const known = tokens.get(found.token);
      if (known === undefined) tokens.set(found.token, [found]);
      else known.push(found);
    }
  }
  const failures = [...tokens.values()].map((found) => outcomeOf(found, report.year));
  const own = `${report.year}、${report.year + 1}`;
  return failuresOr(failures, `没有 ${own} 以外的年份`, `no year but ${report.year} and ${report.year + 1}`);
}

function otherYears(passage: Passage, year: number): readonly PeriodToken[] {
  const cited = rangesOf(passage.text, CITED);
  return rangesOf(passage.text, YEAR).flatMap((range): PeriodToken[] => {
    const { year: digits, han = '' } = range.match.groups ?? {};
    const named = digits === undefined ? hanNumber(han.replaceAll('○', '〇')) : Number(digits);
    const inside = cited.some(({ from, to }) => from <= range.from && range.to <= to);
    if (named === null || named === year || named === year + 1 || inside) return [];
    return [{ token: `${named}年`, passage, range }];
  });
}

function vagueWords(passage: Passage, words: readonly string[]): readonly PeriodToken[] {
  return words.flatMap((token) => occurrencesOf(passage.text, token).map((range) => ({ token, passage, range })));
}

function outcomeOf(found: readonly PeriodToken[], year: number): Outcome {
  const [first, ...others] = found;
  if (first === undefined) throw new RangeError('a token stands somewhere');
  const places = [...new Set(others.map(({ passage }) => passage.where.zh))].join('、');
  const placesEn = [...new Set(others.map(({ passage }) => passage.where.en))].join('; ');
  return failureIn(first.passage, first.range, {
    zh: `出现“${first.token}”${found.length > 1 ? `，共 ${found.length} 处（另见${places}）` : ''}，本报告年度为 ${year} 年；请确认不是沿用旧稿`,
    en: `"${first.token}"${found.length > 1 ? ` ${found.length} times (also ${placesEn})` : ''}, the report year is ${year}; make sure it is no leftover`,
    expected: `${year}|${year + 1}`,
    found: first.token,
  });
}
