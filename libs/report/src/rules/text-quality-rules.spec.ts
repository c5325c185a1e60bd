import { describe, expect, it } from '@jest/globals';
import { applyFixes } from '../apply-fixes.js';
import { checkReport, type CheckResult } from '../check-report.js';
import type { AnnualReport } from '../model.js';
import { NATIONAL_SETTINGS } from './national-settings.js';
import { extendSettings } from './rule-settings.js';
import { textQualityRules, typoRules } from './text-quality-rules.js';

const RULES = [...typoRules, ...textQualityRules];

const withText = (...paragraphs: string[]): AnnualReport => ({
  format: '2021',
  year: 2023,
  organName: '向阳区人民政府',
  title: '向阳区人民政府2023年政府信息公开工作年度报告',
  preface: '',
  period: null,
  scope: 'region',
  chapters: [{ no: 5, title: '存在的主要问题及改进情况', paragraphs }],
  tables: {},
});

function resultsOf(rule: string, report: AnnualReport, settings = NATIONAL_SETTINGS): readonly CheckResult[] {
  return checkReport(report, { settings }, RULES).filter((result) => result.rule === rule);
}

const codes = (...points: number[]): string => String.fromCharCode(...points);

type Failing = readonly [rule: string, text: string, from: number, to: number, mended: string | null];

/** Text, the range found, and how the text reads with the fix; null where a person has to write it. */
const FAILING: readonly Failing[] = [
  ['Q01', '属于过程性性信息', 2, 6, '属于过程性信息'],
  ['Q01', '全年工作工作有序', 2, 6, '全年工作有序'],
  ['Q01', '公开政府信息政府信息十条', 2, 10, '公开政府信息十条'],
  ['Q01', '网上可通过可以通过查询', 2, 9, '网上可以通过查询'],
  ['Q01', '并群众满意', 0, 3, null],
  ['Q01', '我县县的工作', 1, 3, '我县的工作'],
  ['Q01', '公开的的信息', 2, 4, '公开的信息'],
  ['Q01', '截止目前', 0, 4, '截至目前'],
  ['Q03', '（黑政办发[2020]22号）', 5, 14, '（黑政办发〔2020〕22号）'],
  ['Q03', '黑政办发(2020)22号', 4, 13, '黑政办发〔2020〕22号'],
  ['Q03', '黑政办发【2020】22号', 4, 13, '黑政办发〔2020〕22号'],
  ['Q03', '黑政办发〔2020〕第22号', 4, 14, '黑政办发〔2020〕22号'],
  ['Q03', '黑政办发〔2020〕22', 4, 12, '黑政办发〔2020〕22号'],
  ['Q03', '黑政办发〔2020年〕022号', 4, 15, '黑政办发〔2020〕22号'],
  ['Q03', '依据（〔2020〕209号）', 3, 13, null],
  ['Q04', `公开${codes(0x200b, 0x200d)}信息`, 2, 4, '公开信息'],
  ['Q04', `公开${codes(0x202e)}信息`, 2, 3, '公开信息'],
  ['Q04', `公开${codes(7)}信息`, 2, 3, '公开信息'],
  ['Q04', '公开<script src=a>信息', 2, 16, null],
  ['Q04', '点javascript:alert(1)', 1, 12, null],
  ['Q04', '见https://shop.example.com/a。', 1, 27, null],
  ['Q04', '见www.example.cn下载', 1, 17, null],
  ['Q04', '见https://gov.cn.example.com/', 1, 28, null],
  ['Q04', '加微信领取', 0, 3, null],
  ['Q05', '征收社会抚养费', 2, 7, null],
  ['Q05', '会同国土资源局', 2, 7, null],
  ['Q05', '收费及减免情况', 0, 7, null],
  ['Q05', '个别刁民', 2, 4, null],
  ['Q06', '公开（含部分公开信息。', 2, 3, null],
  ['Q06', '公开》信息。', 2, 3, null],
  ['Q06', '落实“六稳六保。', 2, 3, null],
  ['Q06', '落实"六稳六保。', 2, 3, null],
  ['Q06', '见（《条例）第五条。', 2, 3, null],
  ['Q06', '一)加强学习。', 0, 2, '（一）加强学习。'],
  ['Q06', '（一）、加强学习。', 0, 4, '（一）加强学习。'],
  ['Q06', '(二)加强学习。', 0, 3, '（二）加强学习。'],
  ['Q06', '二,加强学习。', 0, 2, '二、加强学习。'],
  ['Q06', '—、加强学习。', 0, 2, '一、加强学习。'],
  ['Q06', '加强制度建设，\n完善目录。', 7, 8, '加强制度建设，完善目录。'],
];

describe('a rule on text fails', () => {
  it.each(FAILING)('%s: %j', (rule, text, from, to, mended) => {
    const report = withText(text);
    const failures = resultsOf(rule, report).filter(({ status }) => status === 'fail');
    expect(failures.map(({ place }) => place)).toEqual([{ chapter: 5, paragraph: 0, from, to }]);
    expect(failures[0]?.message.zh).toMatch(/^第五部分第 1 段：.+；/su);
    const fixed = applyFixes(report, failures).report.chapters[0]?.paragraphs[0];
    expect(fixed).toBe(mended ?? text);
  });

  it('every one of them', () => {
    expect(RULES.map(({ id }) => id).filter((id) => !FAILING.some(([rule]) => rule === id))).toEqual([]);
  });

  it('Q06 where a paragraph ends in the middle of a sentence', () => {
    const results = resultsOf('Q06', withText('健全工作机制，完善公开目录，', '及时更新。'));
    expect(results).toMatchObject([{ status: 'fail', place: { chapter: 5, paragraph: 0, from: 4, to: 14 } }]);
  });

  it('Q05 only in the years a list holds for', () => {
    const report = withText('征收社会抚养费。');
    expect(resultsOf('Q05', { ...report, year: 2020, format: '2019' })).toMatchObject([{ status: 'pass' }]);
  });

  it('Q01, Q04 and Q05 by an office’s own words', () => {
    const always = (...value: string[]): readonly [{ from: number; to: null; value: string[] }] => [
      { from: 2023, to: null, value },
    ];
    const settings = extendSettings(NATIONAL_SETTINGS, {
      numbers: {},
      words: {
        'Q01.typos': always('公开栏木→公开栏目'),
        'Q04.link-hosts': always('xy.cn'),
        'Q05.outdated': always('旧局'),
      },
    });
    const report = withText('公开栏木见www.xy.cn，旧局。');
    expect(resultsOf('Q01', report, settings)).toMatchObject([{ status: 'fail', fix: '公开栏目' }]);
    expect(resultsOf('Q04', report, settings)).toMatchObject([{ status: 'pass' }]);
    expect(resultsOf('Q05', report, settings)).toMatchObject([{ status: 'fail', found: '旧局' }]);
  });
});

// Every rule on text looks at the report alone, which is always there: none is ever not-assessable.
describe('a rule on text passes', () => {
  it.each([
    [
      'Q01',
      '人人参与，层层落实，点点滴滴，一批一批，研究研究，以及及时公开，为了了解，的的确确，新河县县委，二〇二〇二〇',
    ],
    ['Q03', '国办公开办函〔2019〕60号、〔2021〕30号，（2020）12件，2020年22号楼，国务院令第711号，（2020年）'],
    ['Q04', '见http://www.xy.gov.cn/zwgk?id=1，www.xy.gov.cn下载，zwgk@xy.gov.cn\t表\n下一行'],
    ['Q04', '公开量<100件，a<b，信息 > 数量'],
    ['Q05', '市场监督管理局、生态环境局、自然资源局、卫生健康委员会'],
    ['Q06', '落实“‘六稳’‘六保’”（含《条例》〔2020〕）要求："一"是it’s好。'],
    ['Q06', '1）加强学习；2）完善目录。a)其他。'],
    ['Q06', '（一）主动公开\n公开100条。\n（二）依申请公开'],
    ['Q06', '一、主动公开'],
  ])('%s: %j', (rule, text) => {
    const results = resultsOf(rule, withText(text));
    expect(results.map(({ status, message }) => (status === 'pass' ? status : message.zh))).toEqual(['pass']);
  });

  it('Q06: headings and finished paragraphs', () => {
    const report = withText('（一）加强组织领导', '一是完善制度；', '二是加强培训。', '下一步：', '继续努力。');
    expect(resultsOf('Q06', report).map(({ status }) => status)).toEqual(['pass']);
  });
});
