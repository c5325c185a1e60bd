import { describe, expect, it } from '@jest/globals';
import { checkReport, type CheckResult } from '../check-report.js';
import type { AnnualReport } from '../model.js';
import type { CheckContext } from './check-context.js';
import { NATIONAL_SETTINGS } from './national-settings.js';
import { privacyRules } from './privacy-rules.js';

const good: AnnualReport = {
  format: '2021',
  year: 2023,
  organName: '向阳区人民政府',
  title: '向阳区人民政府2023年政府信息公开工作年度报告',
  preface: '联系电话：0454-8888888，邮箱：zwgk@xy.gov.cn。',
  period: null,
  scope: 'region',
  chapters: [],
  tables: {},
};
const withText = (text: string): AnnualReport => ({
  ...good,
  chapters: [{ no: 5, title: '存在的主要问题及改进情况', paragraphs: [text] }],
});

function resultsOf(rule: string, report: AnnualReport, more: Partial<CheckContext> = {}): readonly CheckResult[] {
  const context = { settings: NATIONAL_SETTINGS, ...more };
  return checkReport(report, context, privacyRules).filter((result) => result.rule === rule);
}

// Numbers of the standards' own examples or made up; none is anybody's.
const CITIZEN = '11010519491231002X';
const OLD_CITIZEN = '110105491231002';
const CARD = '6222020000000000000';

type Failing = readonly [
  rule: string,
  text: string,
  found: string,
  severity: 'E' | 'W',
  range: readonly [number, number],
];

const FAILING: readonly Failing[] = [
  ['X01', `身份证${CITIZEN}。`, '1101**********002X', 'E', [3, 21]],
  ['X01', '身份证11010519491231002x', '1101**********002X', 'E', [3, 21]],
  ['X01', '身份证１１０１０５１９４９１２３１００２Ｘ', '1101**********002X', 'E', [3, 21]],
  ['X01', '身份证110105 19491231 002X', '1101**********002X', 'E', [3, 23]],
  ['X01', '证号110105194912310021', '1101**********0021', 'W', [2, 20]],
  ['X01', `证号${OLD_CITIZEN}`, '1101*******1002', 'W', [2, 17]],
  ['X02', '请致电13812345678。', '138****5678', 'E', [3, 14]],
  ['X02', '请致电138 1234 5678。', '138****5678', 'E', [3, 16]],
  ['X02', '日期2023-12-31 13812345678', '138****5678', 'E', [13, 24]],
  ['X02', '手机+8613812345678', '8613*****5678', 'E', [3, 16]],
  ['X03', `账号${CARD}。`, '6222***********0000', 'E', [2, 21]],
  ['X03', '账号4111 1111 1111 1111', '4111********1111', 'E', [2, 21]],
  ['X04', '信访人张小明反映问题。', '张**', 'W', [3, 6]],
  ['X04', '领导包案：李四，已化解。', '李*', 'W', [5, 7]],
  ['X04', '申请人欧阳建国不服答复。', '欧***', 'W', [3, 7]],
  ['X04', '走访了解，王小明户的诉求。', '王**', 'W', [5, 8]],
  ['X04', '家住幸福小区3号楼2单元501室。', '小区*号楼*单元***室', 'W', [4, 16]],
  ['X04', '车辆黑A·12345被扣。', '黑A*****5', 'W', [2, 10]],
  ['X05', '邮箱：xyzwgk@163.com。', 'xy****@163.com', 'W', [3, 17]],
  ['X05', '邮箱：1@vip.qq.com。', '*@vip.qq.com', 'W', [3, 15]],
  ['X06', '机密★一年', '机密★', 'E', [0, 3]],
  ['X06', '（内部资料）', '内部资料', 'E', [1, 5]],
  ['X06', '秘密', '秘密', 'E', [0, 2]],
  ['X06', '依据区委密〔2023〕5号。', '密〔2023…', 'E', [4, 13]],
  ['X06', '系统地址10.1.2.3。', '10.…', 'E', [4, 12]],
  ['X06', '系统地址http://192.168.1.20/oa', '192…', 'E', [11, 23]],
  ['X06', '系统地址172.16.0.1', '172…', 'E', [4, 14]],
  ['X06', '系统地址oa.local', 'oa.…', 'E', [4, 12]],
];

describe('a rule on privacy or secrecy fails', () => {
  it.each(FAILING)('%s: %s', (rule, text, found, severity, [from, to]) => {
    const failures = resultsOf(rule, withText(text)).filter(({ status }) => status === 'fail');
    const place = { chapter: 5, paragraph: 0, from, to };
    expect(failures).toMatchObject([{ found, severity, place }]);
    expect(failures[0]?.message.zh).toMatch(/^第五部分第 1 段：.+；/u);
  });

  it('X05 on the contact alone, which stands nowhere in the text', () => {
    const report = { ...good, contact: { email: 'xyzwgk@qq.com' } };
    expect(resultsOf('X05', report)).toMatchObject([{ status: 'fail', found: 'xy****@qq.com' }]);
    expect(resultsOf('X05', report)[0]?.place).toEqual({ part: 'preface' });
  });

  it('in the title and the preface by its characters as well', () => {
    const inPreface = { ...good, preface: '邮箱：xyzwgk@163.com。' };
    expect(resultsOf('X05', inPreface)[0]?.place).toEqual({ part: 'preface', from: 3, to: 17 });
    const inTitle = { ...good, title: '致13812345678' };
    expect(resultsOf('X02', inTitle)[0]?.place).toEqual({ part: 'title', from: 1, to: 12 });
  });

  it.each([
    ['X01', CITIZEN, 'citizen-number'],
    ['X02', '请致电13812345678。', 'mobile-number'],
    ['X03', CARD, 'card-number'],
    ['X04', '信访人张小明反映问题。', 'citizen-name'],
    ['X04', '家住幸福小区3号楼2单元501室。', 'home'],
    ['X04', '车辆黑A·12345被扣。', 'plate'],
    ['X05', '邮箱：xyzwgk@163.com。', 'private-mail'],
    ['X06', '机密★一年', 'secrecy-marking'],
    ['X06', '依据区委密〔2023〕5号。', 'secret-number'],
    ['X06', '系统地址10.1.2.3。', 'internal-address'],
  ])('%s saying what “%s” gives away', (rule, text, reveals) => {
    expect(resultsOf(rule, withText(text))).toMatchObject([{ status: 'fail', reveals }]);
  });

  it.each([
    ['null', null],
    ['nobody', { reviewer: ' ', at: '2024-01-10' }],
  ])('X07: %s reviewed', (_what, secrecyReview) => {
    expect(resultsOf('X07', good, { secrecyReview })).toMatchObject([{ status: 'fail', severity: 'E' }]);
  });

  it('every one of them', () => {
    const failing = new Set(['X07', ...FAILING.map(([rule]) => rule)]);
    expect(privacyRules.map(({ id }) => id).filter((id) => !failing.has(id))).toEqual([]);
  });

  it('and never prints what is private', () => {
    const text = `${CITIZEN}，${OLD_CITIZEN}，13812345678，${CARD}，信访人张小明，黑A12345，幸福小区3号楼2单元501室，abc123@qq.com`;
    const results = checkReport(withText(text), { settings: NATIONAL_SETTINGS }, privacyRules);
    const printed = JSON.stringify(results);
    for (const secret of [CITIZEN, OLD_CITIZEN, '13812345678', CARD, '张小明', 'A12345', '501', 'abc123'])
      expect(printed).not.toContain(secret);
    expect(results.filter(({ status }) => status === 'fail').length).toBeGreaterThanOrEqual(8);
  });
});

describe('a rule on privacy or secrecy passes', () => {
  it.each([
    ['X01', '统一社会信用代码11230404MB0123456X，共123456789012345678条，日期110105194913310021'],
    ['X02', '电话0454-8888888，编号2381234567890，金额113812345678元，138****5678'],
    ['X03', '编号6222020000000000001，流水1111111111111111'],
    ['X04', '申请人情况如下，申请人无正当理由逾期，申请人王某、张某某，申请人向本机关申请，信访工作，农户、脱贫户'],
    ['X04', '领导包案化解，信访事项，上访问题，当事人于当日到场，申请人何时提交，村民高度认可'],
    ['X04', '政务服务中心3号楼305室，办公地点：行政中心2号楼1单元101室'],
    ['X04', '国家A级景区，京津冀，黑龙江省ABC系统，新A级'],
    ['X05', '邮箱：zwgk@xy.gov.cn，qq.com.gov.cn'],
    ['X06', '依法不得公开的政府信息不予公开；涉及国家秘密的，商业秘密，加强保密审查，内部资料管理'],
    ['X06', '国密局字〔2020〕1号、国保密〔2020〕2号；版本10.1.2，网站221.10.1.2.3，localhost'],
  ])('%s: %s', (rule, text) => {
    expect(resultsOf(rule, withText(text)).map(({ status }) => status)).toEqual(['pass']);
  });

  it('X02: the office’s mobile in the preface', () => {
    expect(resultsOf('X02', { ...good, preface: '联系电话：13812345678。' })).toMatchObject([{ status: 'pass' }]);
    expect(resultsOf('X02', { ...good, preface: '13812345678。' })).toMatchObject([{ status: 'fail' }]);
  });

  it('X07: a named reviewer', () => {
    const secrecyReview = { reviewer: '王强', at: '2024-01-10' };
    expect(resultsOf('X07', good, { secrecyReview })).toMatchObject([{ status: 'pass' }]);
  });
});

// X01 to X06 look at the report alone, which is always there.
it('X07 is not assessable while nothing is known of the review', () => {
  expect(resultsOf('X07', good).map(({ status }) => status)).toEqual(['not-assessable']);
});
