import { cellName } from '../format.js';
import type { OrganProfile } from './check-context.js';
import { judged, notAssessable, placeById, tablePlaces, unfilled, wholeById } from './figures.js';
import { ALL_FORMATS, cellAt, placeOf, wholeAt, type Outcome, type Rule, type Subject } from './rule.js';

/** 现行有效 holds at least what was made this year and not repealed; fewer than were made deserves a look. */
function inForceHoldsNew({ report, format }: Subject): readonly Outcome[] {
  return tablePlaces(format, 't2')
    .filter(({ column }) => column.id === 'in-force')
    .map((at): Outcome => {
      const of = (column: string): bigint | null => wholeById(report, at.id.replace(/[^.]+$/, column));
      const [held, made, repealed] = [wholeAt(report, at), of('made'), of('repealed')];
      if (held === null) return unfilled(at);
      if (made === null || repealed === null)
        return notAssessable(
          placeOf(at),
          `${cellName(at)}：制发或废止件数未填`,
          `${cellName(at)}: made or repealed is missing`,
        );
      const least = made - repealed;
      const formula = `${held} ≥ ${made} − ${repealed} = ${least}`;
      const severity = held >= least ? ({ severity: 'W' } as const) : {};
      return judged(
        held >= made,
        placeOf(at),
        { expected: `≥ ${made}`, found: String(held), formula },
        {
          pass: {
            zh: `${cellName(at)} ${held}，不少于本年制发`,
            en: `${cellName(at)}: ${held}, no fewer than were made`,
          },
          fail: {
            zh: `${cellName(at)}为 ${held}，少于本年制发 ${made} 件（废止 ${repealed} 件）；请核对现行有效件数`,
            en: `${cellName(at)} is ${held}, fewer than the ${made} made this year (${repealed} repealed)`,
          },
        },
        severity,
      );
    });
}

const LOWEST_LEVEL_WITH_REGULATIONS = 3;

/** 规章 are made by ministries, provinces and 设区的市, not below (立法法). */
function regulationsByLevel({ report, format, context }: Subject): readonly Outcome[] {
  const cells = tablePlaces(format, 't2').filter(({ row }) => row.id === 'rules');
  if (cells.length === 0) return [];
  const { profile } = context;
  if (profile === undefined)
    return [notAssessable({ table: 't2', row: 'rules' }, '机关层级不详', "the organ's level is not known")];
  if (profile.level <= LOWEST_LEVEL_WITH_REGULATIONS && profile.government) return [];
  return cells.map((at): Outcome => {
    const found = wholeAt(report, at);
    if (found === null) return unfilled(at);
    return judged(
      found === 0n,
      placeOf(at),
      { expected: '0', found: String(found), formula: `${found} = 0` },
      {
        pass: { zh: `${cellName(at)}为 0`, en: `${cellName(at)} is 0` },
        fail: {
          zh: `${cellName(at)}为 ${found}，本机关没有规章制定权；规范性文件请填下一行`,
          en: `${cellName(at)} is ${found}, but this organ may not make regulations; other documents go one row below`,
        },
      },
      { fix: '0' },
    );
  });
}

/** Decisions that equal the items in every row: the column was read as items, not as decisions of the year. */
function decisionsAreNoItems({ report, format }: Subject): readonly Outcome[] {
  const rows = tablePlaces(format, 't2')
    .filter(({ column }) => column.id === 'decisions')
    .flatMap((at) => {
      const of = (column: string): bigint | null => wholeById(report, at.id.replace(/[^.]+$/, column));
      const [previous, change, decisions] = [of('previous'), of('change'), wholeAt(report, at)];
      return previous === null || change === null || decisions === null
        ? []
        : [{ at, items: previous + change, decisions }];
    });
  const telling = rows.filter(({ items, decisions }) => items !== 0n || decisions !== 0n);
  const [first] = telling;
  const place = { table: 't2' } as const;
  if (first === undefined)
    return [notAssessable(place, '事项数和决定数均为 0 或未填', 'items and decisions are all 0 or missing')];
  const formula = telling.map(({ items, decisions }) => `${decisions} = ${items}`).join('，');
  const numbers = { expected: '办件数', found: formula, formula };
  return [
    judged(
      telling.length < 2 || telling.some(({ items, decisions }) => items !== decisions),
      telling.length < 2 ? place : placeOf(first.at),
      numbers,
      {
        pass: { zh: '处理决定数量与事项数量不同', en: 'decisions are not the number of items' },
        fail: {
          zh: `各行处理决定数量都等于事项数量（${formula}）；此栏应填本年办理的决定件数，不是事项数`,
          en: `in every row the decisions equal the items (${formula}); this column counts decisions made in the year`,
        },
      },
    ),
  ];
}

const POWERS: readonly (readonly [row: string, power: keyof OrganProfile['has'], name: string])[] = [
  ['licensing', 'permits', '行政许可'],
  ['penalties', 'penalties', '行政处罚'],
  ['enforcement', 'compulsion', '行政强制'],
];

/** Decisions of an office that has such powers, and none of one that has not. */
function decisionsByPower({ report, format, context }: Subject): readonly Outcome[] {
  return POWERS.flatMap(([row, power, name]): Outcome[] => {
    const at = tablePlaces(format, 't2').find((place) => place.row.id === row && place.column.id === 'decisions');
    if (at === undefined) return [];
    const has = context.profile?.has[power];
    if (has === undefined)
      return [
        notAssessable(
          placeOf(at),
          `不知本机关权责清单有无${name}事项`,
          `whether the power list holds ${row} is not known`,
        ),
      ];
    const found = wholeAt(report, at);
    if (found === null) return [unfilled(at)];
    const holds = has ? found > 0n : found === 0n;
    return [
      judged(
        holds,
        placeOf(at),
        { expected: has ? '> 0' : '0', found: String(found), formula: `${found} ${has ? '>' : '='} 0` },
        {
          pass: {
            zh: `${cellName(at)} ${found}，与权责清单相符`,
            en: `${cellName(at)}: ${found}, as the power list suggests`,
          },
          fail: has
            ? {
                zh: `权责清单有${name}事项，${cellName(at)}却为 0；请核对`,
                en: `the power list holds ${row}, but ${cellName(at)} is 0`,
              }
            : {
                zh: `权责清单没有${name}事项，${cellName(at)}却为 ${found}；请核对`,
                en: `the power list holds no ${row}, but ${cellName(at)} is ${found}`,
              },
        },
      ),
    ];
  });
}

/** Fees without a fee item, or none where there were some last year. */
function feesByList({ report, format, context }: Subject): readonly Outcome[] {
  const at = placeById(format, 't2.20-8.fees.amount');
  if (at === undefined) return [];
  const cell = cellAt(report, at);
  if (cell.state !== 'value') return [unfilled(at)];
  const [has, before] = [context.profile?.has.fees, context.lastYear?.tables['t2']?.[at.id]];
  const taken = cell.value !== '0';
  const takenBefore = before?.state === 'value' && before.value !== '0';
  if (has === undefined && before === undefined)
    return [notAssessable(placeOf(at), '不知有无收费项目，也没有上年报告', 'fee items and last year are not known')];
  const wrong = (taken && has === false) || (!taken && takenBefore);
  const found = `${cell.value} 万元`;
  return [
    judged(
      !wrong,
      placeOf(at),
      {
        expected: taken ? '有收费项目' : '与上年相符',
        found,
        formula: `上年 ${before?.state === 'value' ? before.value : '□'}，本年 ${cell.value}`,
      },
      {
        pass: { zh: `${cellName(at)} ${found}，与已知情况相符`, en: `${cellName(at)}: ${found}, as expected` },
        fail: taken
          ? {
              zh: `没有收费项目，${cellName(at)}却为 ${found}；请核对`,
              en: `there is no fee item, but ${cellName(at)} is ${found}`,
            }
          : {
              zh: `上年收费 ${before?.state === 'value' ? before.value : ''} 万元，本年为 0；请核对`,
              en: `last year's fees were ${before?.state === 'value' ? before.value : ''} (10,000 yuan), this year's are 0`,
            },
      },
    ),
  ];
}

const own = {
  formats: ALL_FORMATS,
  version: 1,
  scope: 'national',
  overridable: false,
  source: '国办公开办函〔2021〕30号（四）',
} as const;

/** Rules of the catalogue: T2-03. */
export const inForceRules: readonly Rule[] = [
  { ...own, id: 'T2-03', severity: 'E', overridable: true, formats: ['2021'], check: inForceHoldsNew },
];

/** Rules between 表二 and what the organ may do. Rules of the catalogue: T2-06 to T2-09. */
export const powerListRules: readonly Rule[] = [
  {
    ...own,
    id: 'T2-06',
    severity: 'E',
    overridable: true,
    source: '立法法第九十一条、第九十三条',
    check: regulationsByLevel,
  },
  {
    ...own,
    id: 'T2-07',
    severity: 'W',
    formats: ['2019'],
    source: '国办公开办函〔2019〕60号',
    check: decisionsAreNoItems,
  },
  { ...own, id: 'T2-08', severity: 'W', check: decisionsByPower },
  { ...own, id: 'T2-09', severity: 'W', formats: ['2021'], check: feesByList },
];
