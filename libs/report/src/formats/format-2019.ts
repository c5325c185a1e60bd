import type { FormatDefinition } from '../format-definition.js';
import { activeDisclosureBlock, activeDisclosureTable } from './active-disclosure-block.js';
import { applicationIdentities, applicationTable, otherHandlingAsOne } from './application-table.js';
import { litigationIdentities, litigationTable } from './litigation-table.js';
import { statutoryChapters } from './statutory-chapters.js';

const documents = [
  ['made', '本年新制作数量', 'count'],
  ['opened', '本年新公开数量', 'count'],
  ['public', '对外公开总数量', 'count'],
] as const;

const items = [
  ['previous', '上一年项目数量', 'count'],
  ['change', '本年增/减', 'change'],
] as const;

const itemsAndDecisions = [...items, ['decisions', '处理决定数量', 'count']] as const;

const purchases = [
  ['projects', '采购项目数量', 'count'],
  ['amount', '采购总金额', 'money'],
] as const;

/** 国办公开办函〔2019〕60号, trial format for the report years 2019 and 2020: 198 cells. */
export const format2019: FormatDefinition = {
  id: '2019',
  issued: '国办公开办函〔2019〕60号',
  years: { from: 2019, to: 2020 },
  telltale: '本年新制作数量',
  chapters: statutoryChapters,
  tables: [
    activeDisclosureTable([
      activeDisclosureBlock(
        '20-1',
        '第二十条第（一）项',
        [
          ['rules', '规章'],
          ['normative', '规范性文件'],
        ],
        documents,
      ),
      activeDisclosureBlock(
        '20-5',
        '第二十条第（五）项',
        [
          ['licensing', '行政许可'],
          ['other-services', '其他对外管理服务事项'],
        ],
        itemsAndDecisions,
      ),
      activeDisclosureBlock(
        '20-6',
        '第二十条第（六）项',
        [
          ['penalties', '行政处罚'],
          ['enforcement', '行政强制'],
        ],
        itemsAndDecisions,
      ),
      activeDisclosureBlock('20-8', '第二十条第（八）项', [['fees', '行政事业性收费']], items),
      activeDisclosureBlock('20-9', '第二十条第（九）项', [['procurement', '政府集中采购']], purchases),
    ]),
    applicationTable(otherHandlingAsOne),
    litigationTable,
  ],
  identities: [...applicationIdentities(otherHandlingAsOne), ...litigationIdentities],
};
