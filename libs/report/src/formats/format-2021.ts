import type { FormatDefinition } from '../format-definition.js';
import { activeDisclosureBlock, activeDisclosureTable } from './active-disclosure-block.js';
import { applicationIdentities, applicationTable, otherHandlingInThree } from './application-table.js';
import { litigationIdentities, litigationTable } from './litigation-table.js';
import { statutoryChapters } from './statutory-chapters.js';

const documents = [
  ['made', '本年制发件数', 'count'],
  ['repealed', '本年废止件数', 'count'],
  ['in-force', '现行有效件数', 'count'],
] as const;

const decisions = [['decisions', '本年处理决定数量', 'count']] as const;

/** 国办公开办函〔2021〕30号, in force for report years from 2021 on: 200 cells. */
export const format2021: FormatDefinition = {
  id: '2021',
  issued: '国办公开办函〔2021〕30号',
  years: { from: 2021, to: null },
  telltale: '本年制发件数',
  chapters: statutoryChapters,
  tables: [
    activeDisclosureTable([
      activeDisclosureBlock(
        '20-1',
        '第二十条第（一）项',
        [
          ['rules', '规章'],
          ['normative', '行政规范性文件'],
        ],
        documents,
      ),
      activeDisclosureBlock('20-5', '第二十条第（五）项', [['licensing', '行政许可']], decisions),
      activeDisclosureBlock(
        '20-6',
        '第二十条第（六）项',
        [
          ['penalties', '行政处罚'],
          ['enforcement', '行政强制'],
        ],
        decisions,
      ),
      activeDisclosureBlock(
        '20-8',
        '第二十条第（八）项',
        [['fees', '行政事业性收费']],
        [['amount', '本年收费金额（单位：万元）', 'fee']],
      ),
    ]),
    applicationTable(otherHandlingInThree),
    litigationTable,
  ],
  identities: [...applicationIdentities(otherHandlingInThree), ...litigationIdentities],
};
