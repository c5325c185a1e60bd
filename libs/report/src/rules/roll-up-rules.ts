import { cellName } from '../format.js';
import type { Message } from '../place.js';
import { differences, type Explanation, rollUp } from '../roll-up/roll-up.js';
import type { RolledUpUnit } from './check-context.js';
import { judged, notAssessable, placeById } from './figures.js';
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

const EXPLAINED: Readonly<Record<Explanation['kind'], Message>> = {
  missing_unit: { zh: '恰等于该单位的数，可能漏计', en: 'is exactly its figure and may have been left out' },
  counted_twice: { zh: '恰等于该单位的数，可能重复计', en: 'is exactly its figure and may be counted twice' },
  incomplete: { zh: '此格未填', en: 'left the cell unfilled' },
};

/** Cells of these tables equal the sum over the units; the difference is explained by the unit that fits it. */
function sumsAgree(tables: readonly string[]): Rule['check'] {
  return withUnits((units, { report, format }) => {
    const rolled = rollUp(format, units);
    const found = differences(rolled, report.tables).filter(({ id }) =>
      tables.some((table) => id.startsWith(`${table}.`)),
    );
    if (found.length === 0)
      return [passed(REPORT, `与 ${units.length} 个单位的合计一致`, `equals the sum of ${units.length} units`)];
    return found.flatMap(({ id, reported, sum, difference, explanations }): Outcome[] => {
      const at = placeById(format, id);
      if (at === undefined) return [];
      const why = (language: 'zh' | 'en'): string =>
        explanations
          .slice(0, 5)
          .map(({ kind, name }) => `${name}${language === 'zh' ? '' : ' '}${EXPLAINED[kind][language]}`)
          .join('；');
      const parts =
        explanations.length === 0
          ? { zh: '请逐单位核对', en: 'compare unit by unit' }
          : { zh: why('zh'), en: why('en') };
      return [
        judged(
          false,
          placeOf(at),
          { expected: sum, found: reported, formula: `${reported} − ${sum} = ${difference}` },
          {
            pass: { zh: '', en: '' },
            fail: {
              zh: `${cellName(at)}为 ${reported}，各单位合计 ${sum}，相差 ${difference}；${parts.zh}`,
              en: `${cellName(at)} is ${reported}, the units make ${sum}, difference ${difference}; ${parts.en}`,
            },
          },
        ),
      ];
    });
  });
}

const rosterComplete = withUnits((units, { format }) => {
  const absent = rollUp(format, units).leftOut.filter(({ reason }) => reason === 'no_report');
  const names = absent.map(({ name }) => name).join('、');
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
  const contained = rollUp(format, units).leftOut.filter(({ reason }) => reason === 'contained');
  const twice = units
    .filter(({ organ }, index) => units.findIndex((unit) => unit.organ === organ) !== index)
    .map(({ name }) => name);
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
