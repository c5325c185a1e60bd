import type { Place, Revealed } from '../place.js';
import {
  failureIn,
  failuresOr,
  notAssessable,
  occurrencesOf,
  passagesOf,
  rangesOf,
  type Passage,
  type TextRange,
} from './report-passages.js';
import { wordsFor } from './rule-settings.js';
import { passed, type Outcome, type Subject } from './rule.js';

const STARRED = /(?:秘\s?密|机\s?密|绝\s?密)\s{0,4}[★☆](?:\s{0,4}\d{1,2}\s?(?:年|个月)|长期)?/gu;
// 保密发〔…〕 and 国密局字〔…〕 are public series.
const SECRET_NUMBER =
  /(?<![保国商])(?:密|机要)(?:发|字|函|电|办)?\s?[〔[［（(]\s?(?:19|20)\d{2}\s?[〕\]］）)]\s?\d{1,5}\s?号/gu;
const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1?\d{1,2})`;
const INTERNAL_ADDRESS = new RegExp(
  String.raw`(?<![\d.])(?:10\.${OCTET}|127\.${OCTET}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.${OCTET}\.${OCTET}(?![\d.]\d)`,
  'gu',
);
const INTERNAL_HOST =
  /(?<![\w.-])[a-z\d][a-z\d-]{0,62}(?:\.[a-z\d-]{1,63}){0,5}\.(?:local|lan|internal|intranet)(?![\w-])/giu;
const OPENS = /[（(【[〔《“"]\s*$/u;
const CLOSES = /^\s*[）)】\]〕》”"]/u;
const LONGEST_BESIDE = 4;
const LONGEST_LINE = 60;

/** X06: no secrecy marking, number of a secret document or address of an internal network. */
export function nothingSecret({ report, context }: Subject): readonly Outcome[] {
  const words = wordsFor(context.settings, 'X06.markings', report.year);
  const failures = passagesOf(report).flatMap((passage) => [
    ...markingsIn(passage, words),
    ...found(passage, SECRET_NUMBER, 'secret-number', 6),
    ...found(passage, INTERNAL_ADDRESS, 'internal-address', 3),
    ...found(passage, INTERNAL_HOST, 'internal-address', 3),
  ]);
  return failuresOr(
    failures,
    '没有密级标志、内部文号和内网地址',
    'no marking of secrecy, no internal number or address',
  );
}

function markingsIn(passage: Passage, words: readonly string[]): readonly Outcome[] {
  const starred = rangesOf(passage.text, STARRED);
  const listed = words
    .flatMap((word) => occurrencesOf(passage.text, word))
    .filter(
      (range) => isMarking(passage.text, range) && !starred.some(({ from, to }) => range.from < to && from < range.to),
    );
  return [...starred, ...listed].map((range) =>
    failureIn(passage, range, {
      zh: `有密级或内部标志“${passage.text.slice(range.from, range.to)}”；请停止公开并送保密审查`,
      en: 'a marking of secrecy or internal use; stop, and have it reviewed for secrecy',
      expected: '',
      reveals: 'secrecy-marking',
    }),
  );
}

// 依法不得公开的政府信息 speaks of a rule; a marking stands alone on its line or in brackets.
function isMarking(text: string, { from, to }: TextRange): boolean {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to);
  const stop = end < 0 ? text.length : end;
  if (start + LONGEST_LINE > stop) {
    const beside = `${text.slice(start, from)}${text.slice(to, stop)}`.replace(/\s/gu, '');
    if (beside.length <= LONGEST_BESIDE) return true;
  }
  return OPENS.test(text.slice(Math.max(0, from - 4), from)) && CLOSES.test(text.slice(to, to + 4));
}

const INTERNAL = {
  'secret-number': { zh: '不公开文件的文号', en: 'the number of a document that is not public' },
  'internal-address': { zh: '内部网络地址', en: 'an address of an internal network' },
} as const satisfies Partial<Record<Revealed, unknown>>;

/** `kept`: how many characters of it are shown. */
function found(passage: Passage, pattern: RegExp, reveals: keyof typeof INTERNAL, kept: number): readonly Outcome[] {
  const { zh, en } = INTERNAL[reveals];
  return rangesOf(passage.text, pattern).map((range) => {
    const shown = `${range.match[0].slice(0, kept)}…`;
    return failureIn(passage, range, {
      zh: `有${zh}（${shown}）；请删除并送保密审查`,
      en: `${en} (${shown}); remove it and have the report reviewed for secrecy`,
      found: shown,
      expected: '',
      reveals,
    });
  });
}

/** X07: a named reviewer did the secrecy review. Not assessable where nothing is known of it. */
export function secrecyIsReviewed({ context }: Subject): readonly Outcome[] {
  const place: Place = { part: 'report' };
  const review = context.secrecyReview;
  if (review === undefined)
    return notAssessable(place, '没有保密审查记录可查，无法核对', 'nothing is known of the secrecy review');
  if (review !== null && review.reviewer.trim() !== '')
    return [
      passed(place, `保密审查：${review.reviewer}，${review.at}`, `secrecy review: ${review.reviewer}, ${review.at}`),
    ];
  const message = {
    zh: '全文：保密审查没有完成或没有审查人；签发前请由具名审查人完成保密审查',
    en: 'report: the secrecy review is not done or names nobody; a named reviewer must do it before sign-off',
  };
  return [
    {
      status: 'fail',
      place,
      expected: '具名审查人完成的保密审查',
      found: review === null ? '' : '（无审查人）',
      message,
    },
  ];
}
