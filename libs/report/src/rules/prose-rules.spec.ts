import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { isRefusal } from '#domain/decision';
import { readCell } from '../cell-text.js';
import { checkReport } from '../check-report.js';
import { cellsOf, formatById } from '../format.js';
import type { AnnualReport } from '../model.js';
import { readPlainText } from '../readers/plain-text.js';
import { NATIONAL_SETTINGS } from './national-settings.js';

const reading = readPlainText(readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample is a report');
const sample = reading.report;

/** The figures of the office the sentences speak of; every other cell is 0. */
const FIGURES: Readonly<Record<string, string>> = {
  't3.1.total': '41',
  't3.1.natural-person': '38',
  't3.1.commercial': '3',
  't3.2.total': '3',
  't3.3.1.total': '20',
  't3.3.2.total': '2',
  't3.3.3.1.total': '4',
  't3.3.3.4.total': '1',
  't3.3.4.1.total': '8',
  't3.3.5.1.total': '3',
  't3.3.6.3.total': '2',
  't3.3.7.total': '40',
  't3.4.total': '4',
  't4.review.total': '2',
  't4.review.upheld': '1',
  't4.review.corrected': '1',
  't4.litigation-direct.total': '1',
  't4.litigation-direct.upheld': '1',
  't4.litigation-after-review.total': '2',
  't4.litigation-after-review.upheld': '2',
  't2.20-1.normative.made': '6',
  't2.20-1.normative.repealed': '2',
  't2.20-1.normative.in-force': '120',
  't2.20-5.licensing.decisions': '1204',
  't2.20-6.penalties.decisions': '8',
  't2.20-8.fees.amount': '20.3',
};

function reportSaying(text: string, no: number, figures: Readonly<Record<string, string>> = FIGURES): AnnualReport {
  const tables = Object.fromEntries(
    (formatById('2021')?.tables ?? []).map((table) => [
      table.id,
      Object.fromEntries(cellsOf(table).map((at) => [at.id, readCell(at.column.kind, figures[at.id] ?? '0').cell])),
    ]),
  );
  const chapters = sample.chapters.map((chapter) => ({
    ...chapter,
    paragraphs: chapter.no === no ? [text] : ['无'],
    ...(chapter.tableAt === undefined ? {} : { tableAt: 0 }),
  }));
  return { ...sample, format: '2021', year: 2023, organName: '平安区司法局', tables, chapters };
}

interface Judged {
  readonly rule: string;
  readonly status: string;
  readonly said: string;
}

function judgedBy(report: AnnualReport, lastYear?: AnnualReport): readonly Judged[] {
  const context = { settings: NATIONAL_SETTINGS, ...(lastYear === undefined ? {} : { lastYear }) };
  return checkReport(report, context)
    .filter(({ rule }) => /^P\d\d$/.test(rule))
    .map(({ rule, status, formula, expected, message }) => ({
      rule,
      status,
      said: formula ?? expected ?? message.zh ?? '',
    }));
}

type True = readonly [text: string, chapter: number, more?: Readonly<Record<string, string>>];
/** Sentences a person finds in order, or cannot tell from this report alone. */
const TRUE: readonly True[] = [
  ['全年共收到政府信息公开申请41件，其中自然人申请38件、商业企业申请3件。', 1],
  ['办结40件，其中予以公开20件、部分公开2件、不予公开5件、无法提供8件、不予处理3件、其他处理2件。', 1],
  ['全年答复建议提案15件，均已公开。', 1],
  ['12345热线答复群众诉求300件，办结率100%。', 1],
  ['主动公开方面，建议提案办理结果予以公开12件。', 1],
  ['区教育局收到政府信息公开申请5件。', 1],
  ['上半年收到政府信息公开申请15件。', 1],
  ['其中，区政府办公室收到政府信息公开申请5件，区民政局收到政府信息公开申请2件。', 1],
  ['收到政府信息公开申请41件，较上年的30件增加11件。', 1],
  ['上年度收到政府信息公开申请30件。', 1],
  ['去年收到政府信息公开申请30件。', 1],
  ['2023年收到政府信息公开申请41件，2022年收到政府信息公开申请30件。', 1],
  ['涉及征地拆迁的，收到政府信息公开申请20件。', 1],
  ['收到政府信息公开申请41件，其中网络申请30件、信函申请11件；自然人38件、商业企业3件。', 1],
  ['收到政府信息公开申请41件，其中网络申请30件、信函申请11件，办结40件。', 1],
  ['收到政府信息公开申请41件，其中网络申请30件，信函申请11件，涉及征地的20件。', 1],
  ['共收到政府信息公开申请44件（含上年结转3件），办结40件，结转下年度继续办理4件。', 1],
  ['按时答复39件，延期答复1件。', 1],
  ['答复38件，另有2件申请人主动撤回。', 1],
  ['办理行政复议案件120件，收到行政复议申请130件。', 1],
  ['作为行政复议机关，全年收到行政复议申请120件，办结110件。', 1],
  ['开展普法培训30次，答复咨询120件次。', 1],
  ['公开行政许可决定信息300条，办理行政处罚案件12件。', 1],
  ['以区政府名义制定规范性文件2件，以部门名义制定规范性文件4件。', 1],
  ['行政诉讼全部胜诉。', 4],
  ['行政复议1件维持、1件纠正。', 4],
  ['未收取信息处理费。', 6],
  ['共公开信息200条，其中财政信息50条、占25%，民生信息150条、占75%。', 1],
  ['收取信息处理费1.2万元。', 6],
  ['发出信息处理费收费通知2件，金额880元。', 6],
  ['收到政府信息公开申请41件，予以公开20件，占48.8%；部分公开2件，占4.9%。', 1],
  ['收到政府信息公开申请1，041件。', 1, { 't3.1.total': '1041' }],
  ['收到政府信息公开申请1,041件。', 1, { 't3.1.total': '1041' }],
  ['收到政府信息公开申请12041件。', 1, { 't3.1.total': '12041' }],
  ['未发生行政诉讼败诉。', 4],
  ['2023年无行政复议被纠正以外的其他情形。', 4],
  ['没有收到因政府信息公开工作被投诉举报的情况。', 1],
  ['未出现未按时答复政府信息公开申请引发行政复议的情况。', 4],
  ['办结上年结转的3件，新收的办结37件。', 1],
  ['共公开信息300条，其中财政信息100条，占33.3%，动态200条，占66.7%。', 1],
  ['培训3场，参训100人次，其中机关50人次、乡镇50人次。', 1],
  ['公开信息2072条，其中，网站999条、微信1017条、其他56条，阅读量2万次。', 1],
  ['收到政府信息公开申请41件，不予公开5件（其中属于国家秘密4件、保护第三方合法权益1件）。', 1],
  ['收到申请45件。其中国家秘密不予公开4件，第三方不予公开1件。', 1],
  ['因属于国家秘密不予公开4件，因保护第三方合法权益不予公开1件。', 1],
  ['对自然人的申请予以公开18件。', 1],
  ['因行政执法案卷不予公开0件。', 1],
  ['答复中，予以公开和部分公开共22件。', 1],
  ['未予以公开5件。', 1],
  ['予以公开、部分公开、不予公开分别为20件、2件、5件。', 1],
  ['不予公开、部分公开分别为5件、2件。', 1],
  ['全年新收政府信息公开申请41件，同比增长24.2%。', 1],
];

type False = readonly [rule: string, text: string, chapter: number];
/** Sentences a person finds wrong, and the rule that must say so. */
const FALSE: readonly False[] = [
  ['P01', '全年新收政府信息公开申请４５件。', 1],
  ['P01', '全年新收政府信息公开申请四十五件。', 1],
  ['P01', '收到45件政府信息公开申请。', 1],
  ['P01', '其中21件予以公开。', 3],
  ['P01', '予以公开、部分公开分别为21件、2件。', 3],
  ['P01', '予以公开、部分公开、不予公开分别21、2、5件。', 3],
  ['P01', '受理申请45件。', 3],
  ['P01', '收到依申请公开45件。', 1],
  ['P01', '2023年新收政府信息公开申请45件，2022年新收30件。', 1],
  ['P01', '新收政府信息公开申请45件，同比增加3件。', 1],
  ['P01', '新收政府信息公开申请45件，其中自然人38件。', 1],
  ['P01', '新收政府信息公开申请41件，其中自然人申请37件、企业4件。', 1],
  ['P01', '新收政府信息公开申请45件（网站40件，信函5件）。', 1],
  ['P01', '办结政府信息公开申请39件，约占98%。', 1],
  ['P01', '其他处理3件。', 3],
  ['P01', '无法提供9件。', 3],
  ['P01', '不予处理：4件。', 3],
  ['P01', '结转至下一年度继续办理5件。', 3],
  ['P01', '新收政府信息公开申请1，045件。', 1],
  ['P02', '共公开信息100条，主要包括政策20条、动态50条、公告10条等。', 1],
  ['P02', '共公开信息100条，包括政策20条、动态50条。', 1],
  ['P02', '共公开信息100条，分别为政策20条、动态50条。', 1],
  ['P03', '共公开信息100条，其中政策60条、动态50条。', 1],
  ['P03', '共公开信息100条。其中政策160条。', 1],
  ['P03', '共公开信息1,100条，其中政策1,160条。', 1],
  ['P04', '共公开信息300条，其中财政信息100条，占33.3%，动态200条，占60.7%。', 1],
  ['P04', '公开信息方式占比：网站占60%、微信占30%、其他占20%。', 1],
  ['P04', '共公开信息200条，其中政策50条（26%）。', 1],
  ['P04', '收到政府信息公开申请41件，予以公开20件，占50.8%。', 1],
  ['P05', '未收到政府信息公开申请。', 3],
  ['P05', '全年政府信息公开申请零报告。', 3],
  ['P05', '全年依申请公开数量为零。', 3],
  ['P05', '未发生行政复议、行政诉讼。', 4],
  ['P05', '无行政复议和行政诉讼。', 4],
  ['P05', '未收取行政事业性收费。', 2],
  ['P05', '本年度没有行政复议案件。', 4],
  ['P05', '未收到政府信息公开申请，没有收取任何政府信息公开费用。', 3],
  ['P05', '没有收取任何政府信息公开费用和行政事业性收费。', 2],
  ['P06', '收到政府信息公开申请41件，较上年增加3件。', 1],
  ['P07', '因政府信息公开被申请行政复议3件。', 4],
  ['P07', '行政复议案件3件。', 4],
  ['P07', '行政复议2件，其中维持2件。', 4],
  ['P07', '行政诉讼5件。', 4],
  ['P07', '行政复议全部维持。', 4],
  ['P07', '复议2件，均获维持。', 4],
  ['P08', '废止行政规范性文件3件。', 1],
  ['P08', '制发行政规范性文件6件，废止3件，现行有效120件。', 1],
  ['P08', '现行有效121件行政规范性文件。', 1],
  ['P08', '行政处罚决定9件。', 1],
  ['P08', '行政事业性收费21.5万元。', 1],
  ['P08', '制发行政规范性文件7件。', 1],
  ['P09', '收取信息处理费3件共1080元，其中按件收取2件880元、按页收取1件210元。', 6],
  ['P09', '收取信息处理费1,085元。', 6],
  ['P09', '信息处理费3件，合计885元。', 6],
  ['P10', '主动公开政府信息2072条。全年主动公开政府信息2070条。', 1],
  ['P10', '办结40件。全年办结39件。', 3],
  ['P11', '新收政府信息公开申请41件，上年结转3件，办结41件，结转下年4件。', 1],
  ['P12', '办结近60件。', 3],
  ['P12', '收到政府信息公开申请五十余件。', 1],
  ['P12', '予以公开约50件。', 3],
];

/** What cannot be told without a table, last year's report or exact numbers. P03, P04, P09 to P11 compare prose with itself and lack nothing. */
const OPEN: readonly False[] = [
  ['P01', '新收政府信息公开申请45件。', 1],
  ['P02', '公开约100条，其中政策20条、动态90条。', 1],
  ['P05', '未收到政府信息公开申请。', 3],
  ['P05', '未收取信息处理费。', 6],
  ['P05', '各单位没有收取任何费用。', 3],
  ['P05', '没有收取任何政府信息公开费用。', 3],
  ['P06', '新收政府信息公开申请41件，同比增长25%。', 1],
  ['P07', '行政复议3件。', 4],
  ['P08', '制发行政规范性文件6件。', 1],
  ['P12', '新收政府信息公开申请近60件。', 1],
];

describe('rules on prose', () => {
  it.each(OPEN.map((one) => [...one] as const))(
    '%s is not assessable for “%s” without what it needs',
    (rule, text, chapter) => {
      const blank = { ...reportSaying(text, chapter), tables: {} };
      const statuses = judgedBy(blank)
        .filter((one) => one.rule === rule)
        .map(({ status }) => status);
      expect(statuses).toContain('not-assessable');
      expect(statuses).not.toContain('pass');
    },
  );

  it.each(TRUE.map(([text, chapter, more = {}]) => [text, chapter, more] as const))(
    'find nothing wrong in “%s” (chapter %s)',
    (text, chapter, more) => {
      const failed = judgedBy(reportSaying(text, chapter, { ...FIGURES, ...more })).filter(
        ({ status }) => status === 'fail',
      );
      expect(failed).toEqual([]);
    },
  );

  it.each(FALSE.map((one) => [...one] as const))('%s fails for “%s” (chapter %s)', (rule, text, chapter) => {
    const lastYear = { ...reportSaying('无', 1, { 't3.1.total': '33' }), year: 2022 };
    const failed = judgedBy(reportSaying(text, chapter), lastYear).filter(({ status }) => status === 'fail');
    expect(failed.map((one) => one.rule)).toContain(rule);
  });

  const wholes = (report: AnnualReport): readonly bigint[] =>
    ['t3.1.total', 't3.2.total', 't3.3.7.total', 't3.4.total', 't4.review.total'].map((id) => {
      const cell = report.tables[id.slice(0, 2)]?.[id];
      return cell?.state === 'value' ? BigInt(cell.value) : 0n;
    });
  const WAYS: readonly ((numbers: readonly bigint[]) => string)[] = [
    ([a, b, c, d]) =>
      `2023年，我局共收到政府信息公开申请${a}件，上年结转${b}件，办结${c}件，结转下年度继续办理${d}件。`,
    ([a, b, c, d]) =>
      `全年新收依申请公开${a}件；上年度结转政府信息公开申请${b}件；共办结申请${c}件；结转至下一年度${d}件。`,
    ([a, , c, , e]) => `受理${a}件政府信息公开申请，已办结${c}件。因政府信息公开引发的行政复议${e}件。`,
    ([a, , c]) =>
      `本年度收到政府信息公开申请${full(a)}件（其中，办结${full(c)}件）。`.replace('（其中，', '，').replace('）', ''),
  ];
  const full = (number: bigint | undefined): string =>
    String(number).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

  it('agree with the numbers of any report however they are said, and find any number that is changed', () => {
    const format = formatById('2021');
    if (format === null) throw new Error('the 2021 format is shipped');
    fc.assert(
      fc.property(
        annualReportArbitrary(format),
        fc.constantFrom(...WAYS),
        fc.nat({ max: 4 }),
        fc.bigInt({ min: 1n, max: 99n }),
        (any, say, changed, by) => {
          const report = (text: string): AnnualReport => ({ ...reportSaying(text, 1), tables: any.tables });
          const numbers = wholes(any);
          const failing = (text: string): readonly string[] =>
            judgedBy(report(text))
              .filter(({ status }) => status === 'fail')
              .map(({ rule }) => rule);
          expect(failing(say(numbers))).toEqual([]);
          const wrong = say(numbers.map((number, index) => (index === changed ? number + by : number)));
          if (wrong === say(numbers)) return;
          // 收到 may mean 新收, or 新收 with what was carried in.
          if (changed === 0 && by === numbers[1]) return;
          expect(failing(wrong).filter((rule) => rule === 'P01' || rule === 'P07')).not.toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
