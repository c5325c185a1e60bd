import { failureIn, failuresOr, passagesOf, rangesOf, type Passage } from './report-passages.js';
import type { Outcome, Subject } from './rule.js';

// The letters of the issuing organ stand right before the year; how many of them belong to it needs no judgement.
const NUMBER =
  /(?<organ>[\p{Script=Han}A-Za-z]?)(?<open>[〔[［(（【])(?<year>\s?(?:19|20)\d{2}\s?年?\s?)(?<close>[〕\]］)）】])\s?(?<nth>第?)\s?(?<no>\d{1,5})\s?(?<end>号?)/gu;
const ENDS_LIKE_ORGAN = /[发办函字文令规政通]/u;
const ABBREVIATES = /号\s?(?:[、和及与，]|以及)\s?$/u;

/** Q03: document numbers are written 机关代字〔YYYY〕N号. */
export function documentNumbersAreRegular({ report }: Subject): readonly Outcome[] {
  const failures = passagesOf(report).flatMap((passage) =>
    rangesOf(passage.text, NUMBER).flatMap((range) => numberOutcome(passage, range)),
  );
  return failuresOr(failures, '文号写法规范', 'document numbers are in order');
}

function numberOutcome(passage: Passage, range: ReturnType<typeof rangesOf>[number]): readonly Outcome[] {
  const { organ = '', open, year = '', close, nth, no = '', end } = range.match.groups ?? {};
  const series = open === '〔' || end === '号' || ENDS_LIKE_ORGAN.test(organ);
  // （2020）12件 counts something.
  if (!series || (end === '' && open !== '〔' && /^[件条次项个人起%\d]/u.test(passage.text.slice(range.to)))) return [];
  const before = passage.text.slice(Math.max(0, range.from - 4), range.from);
  const nameless = organ === '' && !ABBREVIATES.test(before);
  const faults = [
    ...(nameless ? ['缺机关代字'] : []),
    ...(open !== '〔' || close !== '〕' ? ['年份应用六角括号〔〕'] : []),
    ...(/[^\d]/u.test(year) ? ['括号内只写四位年份'] : []),
    ...(nth === '第' ? ['序号前不加“第”'] : []),
    ...(no.startsWith('0') ? ['序号不编虚位'] : []),
    ...(end === '' ? ['缺“号”字'] : []),
  ];
  if (faults.length === 0) return [];
  const right = `〔${year.replace(/\D/gu, '')}〕${Number(no)}号`;
  const at = { from: range.from + organ.length, to: range.to };
  return [
    failureIn(passage, at, {
      zh: `文号“${passage.text.slice(at.from, at.to)}”${faults.join('、')}；请写作${nameless ? '机关代字加' : ''}“${right}”`,
      en: `document number not in order; write ${nameless ? "the issuing organ's letters and " : ''}${right}`,
      expected: right,
      ...(nameless ? {} : { replacement: right }),
    }),
  ];
}
