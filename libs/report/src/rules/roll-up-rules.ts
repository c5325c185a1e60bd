import { groupBy } from '#domain/grouping';
import { cellName } from '../format.js';
import type { Message } from '../place.js';
import { type Difference, type Explanation, explainDifference, type OpenCell } from '../roll-up/explain-difference.js';
import { rollUp, type RolledUpCell } from '../roll-up/roll-up.js';
import { isAwaited, type LeftOutReason } from '../roll-up/units-in.js';
import type { RolledUpUnit } from './check-context.js';
import { judged, notAssessable } from './figures.js';
import { ALL_FORMATS, passed, placeOf, type Outcome, type Rule, type Subject } from './rule.js';

const REPORT = { part: 'report' } as const;

function withUnits(check: (units: readonly RolledUpUnit[], subject: Subject) => readonly Outcome[]): Rule['check'] {
  return (subject) => {
    const { units } = subject.context;
    return units === undefined
      ? [notAssessable(REPORT, '不是汇总报告，或没有下级单位报告', 'no units are rolled up')]
      : check(units, subject);
  };
}

const EXPLAINED: Readonly<Record<Explanation['kind'], (unit: string, figure: string) => Message>> = {
  own_office_only: (unit, figure) => ({
    zh: `只填了“${unit}”本机关的 ${figure}，没有加上其他单位`,
    en: `it holds the ${figure} of ${unit} alone, without the other units`,
  }),
  unit_missing: (unit, figure) => ({
    zh: `恰好少“${unit}”的 ${figure}，可能漏计`,
    en: `the ${figure} of ${unit} may have been left out`,
  }),
  unit_twice: (unit, figure) => ({
    zh: `恰好多“${unit}”的 ${figure}，可能重复计`,
    en: `the ${figure} of ${unit} may be counted twice`,
  }),
  left_out_counted: (unit, figure) => ({
    zh: `恰好多“${unit}”的 ${figure}，该单位不应计入`,
    en: `the ${figure} of ${unit}, which does not count, may be in it`,
  }),
  digits_swapped: (_, figure) => ({
    zh: `与合计 ${figure} 只差两位数字的次序，可能录错`,
    en: `two digits of the sum ${figure} changed places`,
  }),
  unit_digits_swapped: (unit, figure) => ({
    zh: `“${unit}”的 ${figure} 若有两位数字颠倒，即可吻合`,
    en: `it would fit if two digits of the ${figure} of ${unit} had changed places`,
  }),
};

const MOST_EXPLANATIONS = 5;

function differenceOutcome({ cell, reported, difference, explanations }: Difference): Outcome {
  const [at] = cell.places;
  const why = explanations
    .slice(0, MOST_EXPLANATIONS)
    .map(({ kind, unit, figure }) => EXPLAINED[kind](unit?.name ?? '', figure));
  const name = cell.places.map(cellName).join('＋');
  const known = why.length > 0 ? why : [{ zh: '请逐单位核对', en: 'compare unit by unit' }];
  return judged(
    false,
    at === undefined ? REPORT : placeOf(at),
    { expected: cell.sum, found: reported, formula: `${reported} − ${cell.sum} = ${difference}` },
    {
      pass: { zh: '', en: '' },
      fail: {
        zh: `${name}为 ${reported}，各单位合计 ${cell.sum}，相差 ${difference}；${known.map(({ zh }) => zh).join('；')}`,
        en: `${name} is ${reported}, the units make ${cell.sum}, difference ${difference}; ${known.map(({ en }) => en).join('; ')}`,
      },
    },
  );
}

const OPEN: Readonly<Record<OpenCell['reason'], Message>> = {
  report_unfilled: { zh: '本报告此格未填', en: 'the report leaves the cell unfilled' },
  incomplete: { zh: '有单位此格未填', en: 'some units left the cell unfilled' },
  not_comparable: {
    zh: '有单位用的是另一年度的格式，此项口径不同',
    en: 'some units use another form that counts this otherwise',
  },
  units_awaited: { zh: '还有单位未报送', en: 'some units have not reported' },
};

/** One outcome for all cells open for the same reason: a missing unit opens every cell of the tables. */
function openOutcomes(open: readonly OpenCell[]): readonly Outcome[] {
  const byReason = groupBy(open, ({ reason }) => reason);
  return [...byReason].map(([reason, cells]) => {
    const units = [...new Set(cells.flatMap((one) => one.units.map(({ name }) => name)))];
    const who =
      units.length === 0
        ? ''
        : `（${units.slice(0, MOST_EXPLANATIONS).join('、')}${units.length > MOST_EXPLANATIONS ? ` 等 ${units.length} 个` : ''}）`;
    return notAssessable(
      REPORT,
      `${cells.length} 格不能与合计比对：${OPEN[reason].zh}${who}`,
      `${cells.length} cells cannot be compared with the sum: ${OPEN[reason].en} ${who}`.trim(),
    );
  });
}

/** Cells of these tables equal the sum over the units; a difference is explained by the unit that fits it. */
function sumsAgree(tables: readonly string[]): Rule['check'] {
  return withUnits((units, { report, format }) => {
    const rolled = rollUp(format, units, report.year);
    const isOwn = ({ places }: RolledUpCell): boolean => places.some(({ table }) => tables.includes(table.id));
    const compared = explainDifference(rolled, report);
    const found = compared.differences.filter(({ cell }) => isOwn(cell));
    const open = compared.open.filter(({ cell }) => isOwn(cell));
    const equal = compared.equal.filter(isOwn);
    return [
      ...found.map(differenceOutcome),
      ...openOutcomes(open),
      ...(found.length > 0 || equal.length === 0
        ? []
        : [
            passed(
              REPORT,
              `${equal.length} 格与 ${rolled.counted.length} 个单位的合计一致`,
              `${equal.length} cells equal the sum of ${rolled.counted.length} units`,
            ),
          ]),
    ];
  });
}

const AWAITED: Readonly<Record<LeftOutReason, string>> = {
  no_report: '未报送',
  container_missing: '所含入的单位没有报告',
  other_year: '报的是另一年度',
  unknown_form: '格式不明',
  contained: '已含于他单位',
  exempt: '免报',
  listed_twice: '重复列入',
};

const rosterComplete = withUnits((units, { report, format }) => {
  const absent = rollUp(format, units, report.year).leftOut.filter(isAwaited);
  const names = absent.map(({ unit, reason }) => `${unit.name}（${AWAITED[reason]}）`).join('、');
  return [
    judged(
      absent.length === 0,
      REPORT,
      {
        expected: String(units.length),
        found: String(units.length - absent.length),
        formula: `${units.length} − ${absent.length}`,
      },
      {
        pass: {
          zh: `名册 ${units.length} 个单位均已报送或已记录免报`,
          en: `all ${units.length} units have reported or are exempt`,
        },
        fail: {
          zh: `${absent.length} 个单位没有已签发的报告：${names}`,
          en: `${absent.length} units have no signed report: ${names}`,
        },
      },
    ),
  ];
});

const nothingTwice = withUnits((units, { format }) => {
  const { leftOut } = rollUp(format, units);
  const contained = leftOut.filter(({ reason }) => reason === 'contained');
  const twice = leftOut.filter(({ reason }) => reason === 'listed_twice').map(({ unit }) => unit.name);
  return [
    judged(
      twice.length === 0,
      REPORT,
      {
        expected: '每个单位一次',
        found: twice.join('、'),
        formula: `重复 ${twice.length}，已含于他单位 ${contained.length}`,
      },
      {
        pass: {
          zh: `没有单位重复计入（已含于他单位 ${contained.length} 个）`,
          en: `no unit is counted twice (${contained.length} contained in others)`,
        },
        fail: {
          zh: `重复列入：${twice.join('、')}；垂直管理部门、开发区和共同被告案件只计一次`,
          en: `listed twice: ${twice.join(', ')}; vertical departments, zones and joint cases count once`,
        },
      },
    ),
  ];
});

const REGION_WORDS = /[全我][省市区县旗州镇乡]/u;

/** The scope said (本机关 or the region) agrees with the words and, where units are known, with there being any. */
function scopeAgrees({ report, context }: Subject): readonly Outcome[] {
  const words = report.chapters.some(({ paragraphs }) => paragraphs.some((text) => REGION_WORDS.test(text)));
  const { units } = context;
  const numbers = {
    expected: report.scope,
    found: words ? 'region' : 'organ',
    formula: `units ${units?.length ?? '□'}`,
  };
  if (report.scope === 'organ' && (units?.length ?? 0) > 1)
    return [
      judged(false, REPORT, numbers, {
        pass: { zh: '', en: '' },
        fail: {
          zh: `口径为本机关，却汇总了 ${units?.length} 个单位；请改为全地区口径或核对单位`,
          en: `the scope is this organ alone, but ${units?.length} units are rolled up`,
        },
      }),
    ];
  if (report.scope === 'region' && !words)
    return [
      judged(
        false,
        REPORT,
        numbers,
        {
          pass: { zh: '', en: '' },
          fail: {
            zh: '口径为全地区，正文却没有“全区”“我区”等字样；请核对口径',
            en: 'the scope is the region, but the prose never says so',
          },
        },
        { severity: 'W' },
      ),
    ];
  return [
    passed(
      REPORT,
      `口径（${report.scope === 'region' ? '全地区' : '本机关'}）与文字相符`,
      `the scope (${report.scope}) agrees with the words`,
    ),
  ];
}

const own = { formats: ALL_FORMATS, version: 1, scope: 'national' } as const;

/** Rules between a report and the units it is made of. Rules of the catalogue: R. */
export const rollUpRules: readonly Rule[] = [
  { ...own, id: 'R01', severity: 'E', overridable: true, source: '条例第四十九条', check: sumsAgree(['t3', 't4']) },
  { ...own, id: 'R02', severity: 'E', overridable: false, source: '条例第四十九条', check: rosterComplete },
  { ...own, id: 'R03', severity: 'E', overridable: true, source: '条例第四十九条', check: sumsAgree(['t2']) },
  { ...own, id: 'R04', severity: 'W', overridable: false, source: '国办公开办函〔2016〕201号', check: nothingTwice },
  {
    ...own,
    id: 'R05',
    severity: 'E',
    overridable: false,
    source: '国办公开办函〔2021〕30号（四）',
    check: scopeAgrees,
  },
];
