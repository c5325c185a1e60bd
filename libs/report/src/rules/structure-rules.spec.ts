import { describe, expect, it } from '@jest/globals';
import { checkReport, type CheckResult } from '../check-report.js';
import { cellsOf, formatById } from '../format.js';
import type { AnnualReport, Cell, Chapter } from '../model.js';
import type { CheckContext, OrganProfile } from './check-context.js';
import { NATIONAL_SETTINGS } from './national-settings.js';
import { extendSettings } from './rule-settings.js';
import { structureRules } from './structure-rules.js';

const zero: Cell = { state: 'value', value: '0', original: '0' };
const blank: Cell = { state: 'unfilled', original: '' };

function tablesOf(id: string): AnnualReport['tables'] {
  const tables = formatById(id)?.tables ?? [];
  return Object.fromEntries(
    tables.map((table) => [table.id, Object.fromEntries(cellsOf(table).map((at) => [at.id, zero]))]),
  );
}

const ONE =
  '主动公开政府信息100条。依申请公开渠道畅通。加强政府信息管理。推进平台建设。监督保障有力，工作考核优秀，社会评议满意，没有责任追究。';
const FIVE = '存在问题：更新不够及时。改进措施：加强培训。';
const SIX = '本年度未收取信息处理费。';
const PREFACE =
  '根据《中华人民共和国政府信息公开条例》编制本报告。统计期限为2023年1月1日至2023年12月31日。电子版可在www.xy.gov.cn下载。地址：中山路1号，邮编：154000，电话：0454-8888888，邮箱：zwgk@xy.gov.cn。';
const chapters: readonly Chapter[] = (formatById('2021')?.chapters ?? []).map(({ no, title }) => ({
  no,
  title,
  paragraphs: no === 1 ? [ONE] : no === 5 ? [FIVE] : no === 6 ? [SIX] : [],
}));
const good: AnnualReport = {
  format: '2021',
  year: 2023,
  organName: '向阳区人民政府',
  title: '向阳区人民政府2023年政府信息公开工作年度报告',
  preface: PREFACE,
  period: { from: '2023-01-01', to: '2023-12-31' },
  scope: 'region',
  chapters,
  tables: tablesOf('2021'),
};
const profile: OrganProfile = {
  name: '向阳区人民政府',
  shortNames: [],
  otherNames: ['向阳区司法局', '临江市人民政府'],
  level: 4,
  government: true,
  has: {},
};

const withText = (no: number, ...paragraphs: string[]): AnnualReport => ({
  ...good,
  chapters: chapters.map((chapter) => (chapter.no === no ? { ...chapter, paragraphs } : chapter)),
});
const withTitle = (no: number, title: string): AnnualReport => ({
  ...good,
  chapters: chapters.map((chapter) => (chapter.no === no ? { ...chapter, title } : chapter)),
});
const withCell = (id: string, cell: Cell): AnnualReport => ({
  ...good,
  tables: { ...good.tables, t3: { ...good.tables['t3'], [id]: cell } },
});
const without = (no: number): AnnualReport => ({ ...good, chapters: chapters.filter((chapter) => chapter.no !== no) });
const named = (organName: string, no: number, text: string): AnnualReport => ({ ...withText(no, text), organName });
const { 't3.1.total': _dropped, ...oneCellShort } = good.tables['t3'] ?? {};

function resultsOf(rule: string, report: AnnualReport, more: Partial<CheckContext> = {}): readonly CheckResult[] {
  const context = { settings: NATIONAL_SETTINGS, ...more };
  return checkReport(report, context, structureRules).filter((result) => result.rule === rule);
}

const failures = (...args: Parameters<typeof resultsOf>): readonly CheckResult[] =>
  resultsOf(...args).filter(({ status }) => status === 'fail');

describe('a report in order', () => {
  it('fails no rule on structure, with and without a profile', () => {
    for (const more of [{}, { profile }]) {
      const results = checkReport(good, { settings: NATIONAL_SETTINGS, ...more }, structureRules);
      expect(results.filter(({ status }) => status !== 'pass')).toEqual([]);
      expect(new Set(results.map(({ rule }) => rule)).size).toBe(17);
    }
  });
});

type Failing = readonly [
  rule: string,
  what: string,
  report: AnnualReport,
  expected: object,
  more?: Partial<CheckContext>,
];

const FAILING: readonly Failing[] = [
  ['S01', 'a missing chapter', without(3), { severity: 'E', found: '一、二、四、五、六' }],
  ['S01', 'a chapter twice', { ...good, chapters: [...chapters, ...chapters.slice(5)] }, { severity: 'E' }],
  [
    'S01',
    'a seventh chapter',
    { ...good, chapters: [...chapters, { no: 7, title: '工作思路', paragraphs: ['无'] }] },
    { found: '一、二、三、四、五、六、七' },
  ],
  ['S01', 'another order', { ...good, chapters: chapters.toReversed() }, { severity: 'E' }],
  ['S02', 'another title', withTitle(1, '概述'), { severity: 'W', place: { chapter: 1 }, fix: '总体情况' }],
  ['S03', 'the old form for a new year', { ...good, format: '2019', tables: tablesOf('2019') }, { severity: 'E' }],
  [
    'S04',
    'a table without data',
    { ...good, tables: { ...good.tables, t4: {} } },
    { severity: 'E', place: { table: 't4' }, expected: '15', found: '0' },
  ],
  [
    'S05',
    'a missing cell',
    { ...good, tables: { ...good.tables, t3: oneCellShort } },
    { severity: 'E', place: { cell: 't3.1.total' } },
  ],
  [
    'S05',
    'a missing table',
    { ...good, tables: { t2: good.tables['t2'] ?? {} } },
    { place: { table: 't3' }, found: '0' },
  ],
  ['S06', 'a cell beyond the form', withCell('t3.9.total', zero), { severity: 'W', found: 't3.9.total' }],
  [
    'S06',
    'a table beyond the form',
    { ...good, tables: { ...good.tables, t9: {} } },
    { severity: 'W', place: { table: 't9' } },
  ],
  ['S07', 'a blank cell', withCell('t3.1.total', blank), { severity: 'E', place: { cell: 't3.1.total' }, fix: '0' }],
  [
    'S07',
    'a stroke',
    withCell('t3.1.total', { state: 'not-applicable', original: '/' }),
    { severity: 'E', found: '/' },
  ],
  [
    'S08',
    'a head left in the prose',
    withText(4, '结果维持 结果纠正 其他结果 尚未审结 总计'),
    { severity: 'E', place: { chapter: 4, paragraph: 0, from: 0 }, fix: '' },
  ],
  ['S09', 'another year', { ...good, title: good.title.replace('2023', '2022') }, { severity: 'W', fix: good.title }],
  [
    'S09',
    "another organ than the profile's",
    { ...good, organName: '向阳', title: '向阳2023年政府信息公开工作年度报告' },
    { fix: good.title },
    { profile },
  ],
  [
    'S10',
    'five said, six there',
    { ...good, preface: `${PREFACE}本报告由五部分组成。` },
    { severity: 'W', formula: '5 = 6', place: { part: 'preface' } },
  ],
  [
    'S10',
    'six said, five named',
    {
      ...good,
      preface:
        '本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项等六部分组成。',
    },
    { formula: '6 = 5 = 6' },
  ],
  ['S10', 'a number in digits', { ...good, preface: '全文共7个部分。' }, { formula: '7 = 6' }],
  ['S11', 'an empty chapter one', withText(1, ' '), { severity: 'E', place: { chapter: 1 } }],
  ['S11', 'an empty chapter five', withText(5), { severity: 'E', place: { chapter: 5 } }],
  ['S11', 'an empty chapter six', withText(6), { severity: 'E', place: { chapter: 6 } }],
  ['S11', 'a missing topic', withText(1, ONE.replace('监督保障', '监督')), { severity: 'W', expected: '监督保障' }],
  [
    'S11',
    'no measure',
    withText(5, '主动公开的力度需要进一步加大，更新不够及时。'),
    { severity: 'W', expected: '改进措施' },
  ],
  ['S11', 'no problem', withText(5, '下一步，加强培训。'), { severity: 'W', expected: '存在的问题' }],
  [
    'S12',
    'a government that tells no accountability',
    withText(1, ONE.replace('责任追究', '其他情况')),
    { severity: 'W', expected: '责任追究', place: { chapter: 1 } },
  ],
  ['S12', 'a region as organ', { ...withText(1, '综述。'), organName: '向阳区' }, { severity: 'W' }],
  ['S13', 'a long chapter', withText(1, ONE + '好'.repeat(1000)), { severity: 'W', expected: '≤ 1000' }],
  ['S14', 'placeholders', withText(5, '受理XX件。'), { severity: 'E', place: { chapter: 5, from: 2, to: 4 }, fix: '' }],
  [
    'S14',
    'words of the form',
    withText(2, '（文字描述，收费情况）'),
    { severity: 'E', place: { chapter: 2, from: 0 } },
  ],
  ['S14', 'an empty pair of brackets', withText(6, '无[ ]'), { place: { from: 1, to: 4 } }],
  ['S14', 'a counter of clicks', { ...good, preface: `${PREFACE}点击数：12` }, { place: { part: 'preface' } }],
  [
    'S14',
    'residue in a title',
    withTitle(6, '其他需要报告的事项××'),
    { place: { chapter: 6 }, fix: '其他需要报告的事项' },
  ],
  [
    'S15',
    '全市 in a district report',
    withText(1, '提升全市政务公开水平。'),
    { severity: 'W', place: { chapter: 1, paragraph: 0, from: 2, to: 4 } },
  ],
  ['S15', '全市 under a profile', withText(1, '提升全市政务公开水平。'), { severity: 'E', found: '全市' }, { profile }],
  ['S15', '我县 in a district report', withText(5, '我县存在问题。'), { severity: 'E', found: '我县' }, { profile }],
  ['S15', '本市 in a county bureau', named('新河县教育局', 1, '本市学校'), { severity: 'W', found: '本市' }],
  ['S15', '市政府 as a street', named('红旗街道办事处', 1, '市政府主动公开12条。'), { severity: 'W', found: '市政府' }],
  [
    'S15',
    'another organ as its own name',
    withText(1, '2023年，向阳区司法局高度重视公开工作。'),
    { severity: 'E', found: '向阳区司法局', fix: '向阳区人民政府', place: { from: 6, to: 12 } },
    { profile },
  ],
  [
    'S15',
    'another organ in the title',
    { ...good, title: '临江市人民政府2023年政府信息公开工作年度报告' },
    { severity: 'E', place: { part: 'title' }, fix: good.title },
    { profile },
  ],
  ['S16', 'no word on the fee', withText(6, '无'), { severity: 'W', place: { chapter: 6 } }],
  [
    'S17',
    'a bare preface',
    { ...good, preface: '现公布如下。', period: null },
    {
      severity: 'W',
      place: { part: 'preface' },
      expected: expect.stringMatching(/条例.*统计期限.*下载.*地址.*邮政编码.*电话.*邮箱/u),
    },
  ],
  [
    'S17',
    'no postcode',
    { ...good, preface: PREFACE.replace('邮编：154000，', '') },
    { expected: '联系方式（邮政编码）' },
  ],
];

describe('a rule on structure fails', () => {
  it.each(FAILING)('%s: %s', (rule, _what, report, expected, more = {}) => {
    const found = failures(rule, report, more);
    expect(found[0]).toMatchObject(expected);
    expect(found[0]?.message.zh).toMatch(/：.+；/u);
    expect(found[0]?.message.en).not.toBe('');
  });

  it('every one of them', () => {
    expect(structureRules.map(({ id }) => id).filter((id) => !FAILING.some(([rule]) => rule === id))).toEqual([]);
  });
});

type Passing = readonly [rule: string, what: string, report: AnnualReport, more?: Partial<CheckContext>];

const PASSING: readonly Passing[] = [
  ['S02', 'a title with blanks', withTitle(1, '总 体 情 况')],
  ['S08', 'a label within a sentence', withText(4, '结果维持0件。')],
  ['S08', 'a short label alone', withText(3, '总计')],
  ['S09', 'the region for its government', { ...good, title: '向阳区2023年政府信息公开工作年度报告' }, { profile }],
  [
    'S10',
    'six, all named',
    { ...good, preface: `本报告由${chapters.map(({ title }) => title).join('、')}六部分组成。` },
  ],
  ['S10', 'a part of something', { ...good, preface: '其中一部分为第二部分数据。' }],
  ['S11', '无 in chapter six', withText(6, '无')],
  [
    'S11',
    'the old form without topics',
    { ...withText(1, '综述。'), format: '2019', year: 2020, tables: tablesOf('2019') },
  ],
  [
    'S12',
    'results told in chapter five',
    { ...withText(1, '综述。'), chapters: withText(5, '问题。下一步抓考核、评议和追责。').chapters },
  ],
  ['S13', 'blanks that do not count', withText(1, '字 '.repeat(1000))],
  ['S14', 'letters within an address', withText(6, '网址：http://www.xx.gov.cn/xxgk/。')],
  ['S15', 'instructions from above', withText(1, '按照全市统一部署，落实全省政务公开工作会议要求。'), { profile }],
  [
    'S15',
    'other words with the same characters',
    withText(1, '安全区域、全市场、资本市场、成本市价、我们。'),
    { profile },
  ],
  ['S15', 'a cited title', withText(1, '印发《全市政务公开要点》。'), { profile }],
  ['S15', 'the bureau told of, not speaking', withText(1, '会同向阳区司法局开展审查。'), { profile }],
  ['S15', 'a county-level city', named('临江市教育局', 1, '全市学校，我市教育。')],
  ['S15', 'words the organ may use', withText(1, '我市'), { profile: { ...profile, regionWords: ['我市'] } }],
  ['S15', "the street's superior", named('红旗街道办事处', 1, '按照市政府要求，市政府办公室印发。')],
  [
    'S17',
    'contact as a field',
    {
      ...good,
      preface: PREFACE.split('地址')[0] ?? '',
      contact: { address: '中山路', postcode: '154000', phone: '8888888', email: 'a@xy.gov.cn' },
    },
  ],
];

describe('a rule on structure passes', () => {
  it.each(PASSING)('%s: %s', (rule, _what, report, more = {}) => {
    const results = resultsOf(rule, report, more);
    expect(results.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  });
});

describe('a rule on structure is not assessable', () => {
  // S01 to S12, S14 and S17 look at the report alone, which is always there.
  it.each([
    ['S13', 'chapter one is missing', without(1)],
    ['S15', 'neither name nor profile tells the level', { ...good, organName: '某某办公室' }],
    ['S16', 'chapter six is missing', without(6)],
  ])('%s: %s', (rule, _what, report) => {
    expect(resultsOf(rule, report).map(({ status }) => status)).toEqual(['not-assessable']);
  });
});

describe('S15 reads the level of an organ from its name', () => {
  it.each([
    ['向阳区城市管理局', '区'],
    ['新河县城市管理综合行政执法局', '县'],
    ['临江市城市管理局', '市'],
    ['聊城市城市管理局', '市'],
    ['聊城市建设局', '市'],
    ['运城市教育局', '市'],
    ['向阳区市场监督管理局', '区'],
    ['津市市市场监督管理局', '市'],
    ['新河县市政工程管理处', '县'],
    ['临江市市政园林局', '市'],
    ['向阳区市民中心', '区'],
    ['临江市民政局', '市'],
    ['新河县住房和城乡建设局', '县'],
    ['新河县住房和城市建设局', '县'],
    ['向阳区乡村振兴局', '区'],
    ['新河县青城镇人民政府', '镇'],
    ['新河县青城乡人民政府', '乡'],
    ['城市管理局', null],
    ['武汉都市区建设管理办公室', null],
    ['成都市武侯区教育局', '区'],
    ['成都市教育局', '市'],
    ['济南市市中区司法局', '区'],
    ['荆州市沙市区城市管理局', '区'],
    ['昆山市人民政府', '市'],
    ['广州市教育局', '市'],
    ['临江市红旗街道办事处', '街道'],
    ['阿坝州人民政府', '州'],
  ])('%s: %s', (name, region) => {
    const [result] = resultsOf('S15', named(name, 1, '我盟存在问题。'));
    const said = result === undefined || result.status === 'not-assessable' ? null : result.expected;
    expect(said).toBe(region);
  });
});

describe('the rules on structure', () => {
  it('S12 does not concern an organ that is no government', () => {
    expect(resultsOf('S12', { ...withText(1, '综述。'), organName: '向阳区司法局' })).toEqual([]);
    expect(resultsOf('S12', withText(1, '综述。'), { profile: { ...profile, government: false } })).toEqual([]);
  });

  it('S13 and S14 take an office’s own settings', () => {
    const settings = extendSettings(NATIONAL_SETTINGS, {
      numbers: { 'S13.characters': [{ from: 2023, to: null, value: 10 }] },
      words: { 'S14.residue': [{ from: 2023, to: 2023, value: ['待核'] }] },
    });
    expect(failures('S13', good, { settings })).toHaveLength(1);
    expect(failures('S14', withText(6, '无待核'), { settings })).toHaveLength(1);
    expect(failures('S14', { ...withText(6, '无待核'), year: 2024 }, { settings })).toEqual([]);
  });

  it('say in English what the Chinese words they name mean', () => {
    const said = [
      ...failures('S02', withTitle(1, '概述')),
      ...failures('S11', withText(1, '综述。')),
      ...failures('S11', withText(5, '概况。')),
      ...failures('S12', withText(1, '综述。')),
      ...failures('S17', { ...good, preface: '' }),
    ].map(({ message }) => message.en.replaceAll(/“[^”]*”|\p{Script=Han}+ \([^)]*\)|\([^)]*\)/gu, ''));
    expect(said).toHaveLength(5);
    expect(said.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });
});
