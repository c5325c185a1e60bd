import { placeIn, proseOf, type ProseParagraph } from '../prose/prose-figures.js';
import type { Clause, Sentence } from '../prose/clauses.js';
import { judged, notAssessable } from './figures.js';
import { waysIn } from './prose-ways.js';
import { ALL_FORMATS, type Outcome, type Rule, type Subject } from './rule.js';

/** What a sentence can say did not happen, in the words of reports; `cells` must then be 0, null where no table has them. */
interface Claimed {
  readonly id: string;
  readonly name: string;
  readonly words: string;
  readonly cells: readonly string[] | null;
}

const CLAIMED: readonly Claimed[] = [
  {
    id: 'applications',
    name: '政府信息公开申请',
    words:
      '(?:群众|公民|公众|社会公众|申请人|任何单位和个人)?(?:提出|提交|要求)?(?:的)?(?:相关|各类|任何)?(?:公开政府信息|政府信息公开|依申请公开政府信息|依申请公开|信息公开|公开)(?:的)?(?:申请|事项|件)?(?:的申请)?',
    cells: ['t3.1.total'],
  },
  {
    id: 'review',
    name: '行政复议',
    words: '(?:政府信息公开|信息公开)?(?:类|的)?(?:行政复议|复议)(?:案件|申请|案)?',
    cells: ['t4.review.total'],
  },
  {
    id: 'litigation',
    name: '行政诉讼',
    words: '(?:政府信息公开|信息公开)?(?:类|的)?(?:行政诉讼|诉讼)(?:案件|案)?',
    cells: ['t4.litigation-direct.total', 't4.litigation-after-review.total'],
  },
  {
    id: 'fees',
    name: '行政事业性收费',
    words: '(?:任何)?行政事业性(?:收费|费用)',
    cells: ['t2.20-8.fees.amount'],
  },
  {
    id: 'processing',
    name: '信息处理费',
    words: '(?:任何)?(?:政府信息公开|政府信息|信息公开)?(?:的)?(?:信息处理费|信息公开费|处理费|费用)',
    cells: null,
  },
];

const object = CLAIMED.map(({ id, words }) => `(?<${id}>${words})`);
const anyObject = `(?:${CLAIMED.map(({ words }) => words).join('|')})`;
const OPENING =
  '(?:截至)?(?:\\d{4}年(?:度|底)?|本年度?|今年|全年|年内|报告期内|期间|我[局委办厅院镇乡市区县省单位]{1,2}|本[局委镇乡机关单位部门街道]{1,2}|全[省市区县镇系统]{1,2}|,|:|其中|也|且|各级|各|单位|部门|行政机关|共|、|均|依申请公开方面|行政复议方面|行政诉讼方面|主动公开方面)*';
const CAUSE =
  '(?:因|由|涉及|关于|有关)?(?:政府信息公开(?:工作|申请|问题)?(?:而)?)?(?:被)?(?:引起|引发|产生|提起|导致|申请)?(?:的)?';
const NOT = '(?:未|没有|无|未曾|尚未|暂无|暂未)';
const VERB =
  '(?:曾)?(?:向[^,;。]{1,20})?(?:收到|接到|受理|发生|出现|产生|提起|涉及|引发|收取|被申请|被提起|有)?(?:过)?';
const TAIL = '(?:的)?(?:情况|情形|现象|发生|问题)?';
const JOIN = '(?:、|和|及|以及|与|或|或者)';
const LIST = `${CAUSE}${anyObject}(?:${JOIN}${CAUSE}${anyObject}){0,3}`;
/** 未收到…申请 / 无行政复议、行政诉讼. */
const DENIED = new RegExp(`^${OPENING}${NOT}${VERB}(?<list>${LIST})${TAIL}$`, 'u');
/** …申请数量为零 / 行政复议、行政诉讼均为 0 件 / 零报告. */
const ZERO = new RegExp(
  `^${OPENING}(?<list>${LIST})(?:数量|件数|总数|数)?(?:均|都)?(?:为|是)?(?:零|0|〇)(?:件|次|宗|起)?(?:报告|发生|记录|受理)?$`,
  'u',
);
/** 零申请, 零复议、零诉讼. */
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/零申请/u, 'applications'],
  [/零复议/u, 'review'],
  [/零诉讼/u, 'litigation'],
];
const LONGEST = 80;
/** Each object of a list to its end: 政府信息公开费用 is a fee, though its first words would be an application too. */
const OBJECTS = new RegExp(`(?:${object.join('|')})(?=$|${JOIN})`, 'gu');

function claimsHold(subject: Subject): readonly Outcome[] {
  return proseOf(subject).paragraphs.flatMap((paragraph) =>
    paragraph.sentences.flatMap((sentence) =>
      stretchesOf(sentence, paragraph).flatMap(({ text, from, to }) =>
        claimedIn(text, paragraph.chapter).flatMap((claim) => outcomeOf(claim, placeIn(paragraph, from, to), subject)),
      ),
    ),
  );
}

interface Stretch {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Clauses of this year, those joined by 、 together: 未发生行政复议、行政诉讼 is one claim. */
function stretchesOf({ clauses }: Sentence, { folded }: ProseParagraph): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let first: Clause | undefined;
  clauses.forEach((clause, index) => {
    first ??= clause;
    const next = clauses[index + 1];
    if (next !== undefined && folded.text.slice(clause.to, next.from).trim() === '、') return;
    if (first.own && clause.own && clause.to - first.from <= LONGEST)
      stretches.push({ text: folded.text.slice(first.from, clause.to).trim(), from: first.from, to: clause.to });
    first = undefined;
  });
  return stretches;
}

function claimedIn(text: string, chapter: number): readonly Claimed[] {
  if (!/[未没无零〇0]/u.test(text)) return [];
  const list = (DENIED.exec(text) ?? ZERO.exec(text))?.groups?.['list'];
  const ids = new Set(SHORT.filter(([pattern]) => pattern.test(text)).map(([, id]) => id));
  for (const match of list?.matchAll(OBJECTS) ?? [])
    for (const [id, words] of Object.entries(match.groups ?? {})) if (words !== undefined) ids.add(id);
  // Reviews and litigation of any other matter are none of these tables.
  const isDispute = /信息公开/u.test(text) || chapter === 4 || chapter === 3;
  return CLAIMED.filter(({ id }) => ids.has(id) && (id === 'review' || id === 'litigation' ? isDispute : true)).filter(
    ({ id }) => id !== 'applications' || !/复议|诉讼/u.test(text) || ids.size === 1,
  );
}

function outcomeOf({ name, cells }: Claimed, place: Outcome['place'], { report, format }: Subject): readonly Outcome[] {
  if (cells === null)
    return [
      notAssessable(place, `文中称没有${name}：表中没有这一格`, `the text says there was no ${name}: no table has it`),
    ];
  const [way] = waysIn([cells], format, report);
  if (way === undefined) return [];
  const said = `文中称没有${name}，${way.name}`;
  if (way.total === null) return [notAssessable(place, `${said}未填`, `${way.name} is not filled`)];
  return [
    judged(
      way.total === '0',
      place,
      { expected: '0', found: way.total, formula: `${way.formula} = 0` },
      {
        pass: { zh: `${said}为 0`, en: `${way.name} is 0, as the text says` },
        fail: {
          zh: `${said}却为 ${way.total}；请核对后改正文字或表格`,
          en: `the text says there was none, ${way.name} is ${way.total}; correct the text or the table`,
        },
      },
    ),
  ];
}

/** Sentences that say nothing happened. Rules of the catalogue: P05. */
export const proseClaimRules: readonly Rule[] = [
  {
    id: 'P05',
    severity: 'E',
    overridable: false,
    formats: ALL_FORMATS,
    version: 3,
    scope: 'national',
    source: '国办公开办函〔2021〕30号（四）',
    check: claimsHold,
  },
];
