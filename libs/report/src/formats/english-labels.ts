import type { CellPlace } from '../format-definition.js';

/** Labels of the shipped forms in English, for readers of the data; the statutory words are the Chinese ones. */
const ENGLISH: Readonly<Record<string, string>> = {
  表二: 'Table 2',
  表三: 'Table 3',
  表四: 'Table 4',
  规章: 'rules',
  规范性文件: 'normative documents',
  行政规范性文件: 'administrative normative documents',
  行政许可: 'administrative licences',
  其他对外管理服务事项: 'other administrative and service matters',
  行政处罚: 'administrative penalties',
  行政强制: 'administrative enforcement',
  行政事业性收费: 'administrative fees',
  政府集中采购: 'centralised government procurement',
  本年制发件数: 'issued this year',
  本年废止件数: 'repealed this year',
  现行有效件数: 'now in force',
  本年新制作数量: 'newly made this year',
  本年新公开数量: 'newly disclosed this year',
  对外公开总数量: 'disclosed in all',
  上一年项目数量: 'items the year before',
  '本年增/减': 'more or fewer this year',
  处理决定数量: 'decisions',
  本年处理决定数量: 'decisions this year',
  采购项目数量: 'procurement items',
  采购总金额: 'amount of procurement',
  '本年收费金额（单位：万元）': 'fees collected this year',
  自然人: 'natural persons',
  商业企业: 'commercial enterprises',
  科研机构: 'research institutions',
  社会公益组织: 'public welfare organisations',
  法律服务机构: 'legal service organisations',
  其他: 'other',
  总计: 'total',
  '一、本年新收政府信息公开申请数量': 'I. applications received this year',
  '二、上年结转政府信息公开申请数量': 'II. applications carried over from the year before',
  '三、本年度办理结果': 'III. outcomes this year',
  '（一）予以公开': '(1) disclosed',
  '（二）部分公开（区分处理的，只计这一情形，不计其他情形）':
    '(2) disclosed in part (what was treated separately counts here alone)',
  '（三）不予公开': '(3) not disclosed',
  '1.属于国家秘密': '1. state secrets',
  '2.其他法律行政法规禁止公开': '2. disclosure forbidden by other laws or administrative regulations',
  '3.危及“三安全一稳定”': '3. endangers national, public or economic security or social stability',
  '4.保护第三方合法权益': '4. protects the rights of third parties',
  '5.属于三类内部事务信息': '5. internal affairs of three kinds',
  '6.属于四类过程性信息': '6. information of four kinds from decisions in the making',
  '7.属于行政执法案卷': '7. files of administrative enforcement',
  '8.属于行政查询事项': '8. matters of administrative enquiry',
  '（四）无法提供': '(4) cannot be provided',
  '1.本机关不掌握相关政府信息': '1. not held by this organ',
  '2.没有现成信息需要另行制作': '2. does not exist and would have to be made',
  '3.补正后申请内容仍不明确': '3. unclear even after correction',
  '（五）不予处理': '(5) not processed',
  '1.信访举报投诉类申请': '1. petitions, reports and complaints',
  '2.重复申请': '2. repeated applications',
  '3.要求提供公开出版物': '3. asks for publications',
  '4.无正当理由大量反复申请': '4. many repeated applications without good reason',
  '5.要求行政机关确认或重新出具已获取信息': '5. asks to confirm or reissue information already obtained',
  '（六）其他处理': '(6) otherwise handled',
  '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请':
    '1. not corrected in time without good reason, and not processed any further',
  '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请':
    '2. fee not paid in time, and not processed any further',
  '3.其他': '3. other',
  '（七）总计': '(7) total',
  '四、结转下年度继续办理': 'IV. carried over to the next year',
};

const GROUPS: Readonly<Record<string, string>> = {
  行政复议: 'administrative reviews',
  未经复议直接起诉: 'suits without a review before',
  复议后起诉: 'suits after a review',
};

const RESULTS: Readonly<Record<string, string>> = {
  结果维持: 'upheld',
  结果纠正: 'corrected',
  其他结果: 'other results',
  尚未审结: 'pending',
  总计: 'total',
};

/** What a cell is, in English, as `cellName` says it in Chinese; null where a label of the form is not known here. */
export function cellNameInEnglish({ table, row, column }: CellPlace): string | null {
  const words = [table.name, ...row.labels].map((label) => ENGLISH[label]);
  const all = [...words, ENGLISH[column.name] ?? inGroup(column.name)];
  return all.every((word) => word !== undefined) ? all.join(', ') : null;
}

/** A column of 表四: its group and its result. */
function inGroup(name: string): string | undefined {
  const [group = '', result = ''] = name.split(' ');
  const [of, what] = [GROUPS[group], RESULTS[result]];
  return of === undefined || what === undefined ? undefined : `${of}, ${what}`;
}
