import { cellName } from '../format.js';
import { judged, notAssessable, placeById, tablePlaces, unfilled, wholeById } from './figures.js';
import { ALL_FORMATS, cellAt, passed, placeOf, wholeAt, type Outcome, type Rule, type Subject } from './rule.js';
import { numberFor, wordsFor } from './rule-settings.js';

/** 总计 is filled on every row. */
function totalsFilled({ report, format }: Subject): readonly Outcome[] {
  const totals = tablePlaces(format, 't3').filter(({ column }) => column.id === 'total');
  if (totals.length === 0) return [];
  const open = totals.filter((at) => cellAt(report, at).state !== 'value');
  if (open.length === 0)
    return [passed({ table: 't3', column: 'total' }, '总计栏各行均已填写', 'every row has its total')];
  return open.map((at): Outcome => ({
    status: 'fail',
    place: placeOf(at),
    expected: '数字',
    found: cellAt(report, at).original,
    message: {
      zh: `${cellName(at)}没有数字，请按各栏之和填写`,
      en: `${cellName(at)} holds no number; write the sum of the row`,
    },
  }));
}

/** 3.6.2 (逾期未缴费) goes with a statement on 信息处理费 in chapter six. */
function feeStory({ report, format, context }: Subject): readonly Outcome[] {
  const at = placeById(format, 't3.3.6.2.total');
  if (at === undefined) return [];
  const unpaid = wholeAt(report, at);
  if (unpaid === null) return [unfilled(at)];
  const words = wordsFor(context.settings, 'T3-06.words', report.year);
  const chapter = report.chapters.find(({ no }) => no === 6)?.paragraphs.join('\n') ?? '';
  const said = words.some((word) => chapter.includes(word));
  const numbers = {
    expected: unpaid > 0n ? '第六部分说明信息处理费' : '0 或有说明',
    found: String(unpaid),
    formula: `${unpaid} > 0 ⇒ 有说明`,
  };
  return [
    judged(unpaid === 0n || said, placeOf(at), numbers, {
      pass: { zh: '逾期未缴费与第六部分一致', en: 'unpaid fees go with chapter six' },
      fail: {
        zh: `${cellName(at)}为 ${unpaid}，第六部分却没有说明信息处理费；请写明发出收费通知件数、金额和实际收取金额`,
        en: `${cellName(at)} is ${unpaid}, but chapter six says nothing of processing fees; state notices, amount and amount received`,
      },
    }),
  ];
}

/** 其他 under 法人或其他组织 is what the four named kinds are not; more than half is seldom right. */
function otherKinds({ report, format, context }: Subject): readonly Outcome[] {
  const [other, total] = [placeById(format, 't3.1.other'), placeById(format, 't3.1.total')];
  if (other === undefined || total === undefined) return [];
  const [part, whole] = [wholeAt(report, other), wholeAt(report, total)];
  if (part === null) return [unfilled(other)];
  if (whole === null) return [unfilled(total)];
  const percent = numberFor(context.settings, 'T3-07.percent', report.year);
  const numbers = {
    expected: `≤ ${percent}%`,
    found: `${part}/${whole}`,
    formula: `${part} × 100 ≤ ${whole} × ${percent}`,
  };
  return [
    judged(part * 100n <= whole * BigInt(percent), placeOf(other), numbers, {
      pass: { zh: '“其他”组织占比正常', en: 'the share of other organisations is usual' },
      fail: {
        zh: `新收申请 ${whole} 件中“其他”组织 ${part} 件，超过 ${percent}%；请核对申请人分类`,
        en: `${part} of ${whole} new applications are from "other" organisations, over ${percent}%; check how applicants were classed`,
      },
    }),
  ];
}

/** A large or old backlog: 四 against 一, and the oldest open application. */
function backlog({ report, format, context }: Subject): readonly Outcome[] {
  const [left, received] = [placeById(format, 't3.4.total'), placeById(format, 't3.1.total')];
  if (left === undefined || received === undefined) return [];
  return [backlogShare({ report, format, context }, left, received), ...oldestOpen({ report, format, context })];
}

function backlogShare(
  { report, context }: Subject,
  left: NonNullable<ReturnType<typeof placeById>>,
  received: typeof left,
): Outcome {
  const [open, all] = [wholeAt(report, left), wholeAt(report, received)];
  if (open === null) return unfilled(left);
  if (all === null) return unfilled(received);
  const percent = numberFor(context.settings, 'T3-08.percent', report.year);
  const numbers = {
    expected: `≤ ${percent}%`,
    found: `${open}/${all}`,
    formula: `${open} × 100 ≤ ${all} × ${percent}`,
  };
  return judged(open * 100n <= all * BigInt(percent), placeOf(left), numbers, {
    pass: {
      zh: `结转下年 ${open} 件，不超过新收的 ${percent}%`,
      en: `${open} carried over, at most ${percent}% of those received`,
    },
    fail: {
      zh: `结转下年 ${open} 件，超过新收 ${all} 件的 ${percent}%；答复期限为 20 个工作日（条例第三十三条），请核对`,
      en: `${open} carried over, more than ${percent}% of ${all} received; answers are due in 20 working days`,
    },
  });
}

function oldestOpen({ report, context }: Subject): readonly Outcome[] {
  const { oldestOpenDays: days } = context;
  const place = { table: 't3', row: '4' } as const;
  if (days === undefined)
    return [notAssessable(place, '没有申请台账，最久未结天数不详', 'no register tells how long the oldest has waited')];
  const most = numberFor(context.settings, 'T3-08.workingDays', report.year);
  const numbers = { expected: `≤ ${most}`, found: String(days), formula: `${days} ≤ ${most}` };
  return [
    judged(days <= most, place, numbers, {
      pass: { zh: `最久未结 ${days} 个工作日`, en: `the oldest open application has waited ${days} working days` },
      fail: {
        zh: `最久未结已 ${days} 个工作日，超过 ${most}；请核对是否超期`,
        en: `the oldest open application has waited ${days} working days, over ${most}`,
      },
    }),
  ];
}

/** Figures of 表三 equal the application register's. */
function registerAgrees({ report, format, context }: Subject): readonly Outcome[] {
  const { register } = context;
  if (register === undefined)
    return [notAssessable({ table: 't3' }, '没有接入申请台账', 'no application register is connected')];
  return Object.entries(register).flatMap(([id, counted]): Outcome[] => {
    const at = placeById(format, id);
    if (at === undefined) return [];
    const found = wholeById(report, id);
    if (found === null) return [unfilled(at)];
    const numbers = { expected: counted, found: String(found), formula: `${found} = ${counted}` };
    return [
      judged(
        String(found) === counted,
        placeOf(at),
        numbers,
        {
          pass: { zh: `${cellName(at)}与台账相同`, en: `${cellName(at)} equals the register` },
          fail: {
            zh: `${cellName(at)}为 ${found}，台账为 ${counted}；请以台账核对`,
            en: `${cellName(at)} is ${found}, the register counts ${counted}`,
          },
        },
        { fix: counted },
      ),
    ];
  });
}

const own = { formats: ALL_FORMATS, version: 1, scope: 'national', overridable: false } as const;

/** Rules on the applications beside the sums of the form. Rules of the catalogue: T3-04, T3-06 to T3-09. */
export const applicationRules: readonly Rule[] = [
  { ...own, id: 'T3-04', severity: 'E', source: '表三总计栏', check: totalsFilled },
  { ...own, id: 'T3-06', severity: 'W', formats: ['2021'], source: '国办函〔2020〕109号', check: feeStory },
  { ...own, id: 'T3-07', severity: 'W', source: '国办公开办函〔2021〕30号（四）', check: otherKinds },
  { ...own, id: 'T3-08', severity: 'W', source: '条例第三十三条', check: backlog },
  { ...own, id: 'T3-09', severity: 'E', source: '条例第四十五条', check: registerAgrees },
];
