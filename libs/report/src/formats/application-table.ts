import type { ColumnDefinition, HeadCell, Identity, RowDefinition, TableDefinition } from '../format-definition.js';

const ORGANISATIONS = [
  ['commercial', '商业企业'],
  ['research', '科研机构'],
  ['welfare', '社会公益组织'],
  ['legal-service', '法律服务机构'],
  ['other', '其他'],
] as const;

const COLUMNS: readonly ColumnDefinition[] = [
  ['natural-person', '自然人'] as const,
  ...ORGANISATIONS,
  ['total', '总计'] as const,
].map(([id, label]) => ({ id, label, name: label, kind: 'count' }));

const span = (label: string, colSpan: number, rowSpan: number): HeadCell => ({ label, colSpan, rowSpan });

const HEAD: readonly (readonly HeadCell[])[] = [
  [span('（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）', 3, 3), span('申请人情况', 7, 1)],
  [span('自然人', 1, 2), span('法人或其他组织', 5, 1), span('总计', 1, 2)],
  ORGANISATIONS.map(([, label]) => span(label, 1, 1)),
];

const RESULTS = '三、本年度办理结果';

const group = (id: string, label: string, leaves: readonly string[]): RowDefinition[] =>
  leaves.map((leaf, index) => ({ id: `${id}.${index + 1}`, labels: [RESULTS, label, `${index + 1}.${leaf}`] }));

const row = (id: string, ...labels: string[]): RowDefinition => ({ id, labels });

function outcomes(otherHandling: readonly RowDefinition[]): RowDefinition[] {
  return [
    row('3.1', RESULTS, '（一）予以公开'),
    row('3.2', RESULTS, '（二）部分公开（区分处理的，只计这一情形，不计其他情形）'),
    ...group('3.3', '（三）不予公开', [
      '属于国家秘密',
      '其他法律行政法规禁止公开',
      '危及“三安全一稳定”',
      '保护第三方合法权益',
      '属于三类内部事务信息',
      '属于四类过程性信息',
      '属于行政执法案卷',
      '属于行政查询事项',
    ]),
    ...group('3.4', '（四）无法提供', [
      '本机关不掌握相关政府信息',
      '没有现成信息需要另行制作',
      '补正后申请内容仍不明确',
    ]),
    ...group('3.5', '（五）不予处理', [
      '信访举报投诉类申请',
      '重复申请',
      '要求提供公开出版物',
      '无正当理由大量反复申请',
      '要求行政机关确认或重新出具已获取信息',
    ]),
    ...otherHandling,
  ];
}

/** 其他处理 as one row: the 2019 format. */
export const otherHandlingAsOne: readonly RowDefinition[] = [row('3.6', RESULTS, '（六）其他处理')];

/** 其他处理 in three rows: the 2021 format, which makes uncorrected and unpaid applications countable. */
export const otherHandlingInThree: readonly RowDefinition[] = group('3.6', '（六）其他处理', [
  '申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
  '申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
  '其他',
]);

/** 表三: what became of the applications. 23 × 7 cells in the 2019 format, 25 × 7 in the 2021 format. */
export function applicationTable(otherHandling: readonly RowDefinition[]): TableDefinition {
  const rows = [
    row('1', '一、本年新收政府信息公开申请数量'),
    row('2', '二、上年结转政府信息公开申请数量'),
    ...outcomes(otherHandling),
    row('3.7', RESULTS, '（七）总计'),
    row('4', '四、结转下年度继续办理'),
  ];
  const block = { id: '', heading: null, head: HEAD, rows, columns: COLUMNS };
  return { id: 't3', name: '表三', labelColumns: 3, width: 10, blocks: [block] };
}

/** The sums 表三 must satisfy: the printed one per column, 总计 of the outcomes, 总计 of the applicants. Rules of the catalogue: T3. */
export function applicationIdentities(otherHandling: readonly RowDefinition[]): Identity[] {
  const leaves = outcomes(otherHandling).map(({ id }) => id);
  const applicants = COLUMNS.slice(0, -1).map(({ id }) => id);
  return [
    {
      rule: 'T3-01',
      name: '一 + 二 = 三（七）+ 四',
      table: 't3',
      across: 'rows',
      left: ['1', '2'],
      right: ['3.7', '4'],
    },
    { rule: 'T3-02', name: '三（七）总计 = 各办理结果之和', table: 't3', across: 'rows', left: ['3.7'], right: leaves },
    {
      rule: 'T3-03',
      name: '总计 = 自然人 + 法人或其他组织',
      table: 't3',
      across: 'columns',
      left: ['total'],
      right: applicants,
    },
  ];
}
