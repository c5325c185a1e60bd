import type { ColumnDefinition, HeadCell, Identity, TableDefinition } from '../format-definition.js';

const OUTCOMES = [
  ['upheld', '结果维持'],
  ['corrected', '结果纠正'],
  ['other', '其他结果'],
  ['pending', '尚未审结'],
  ['total', '总计'],
] as const;

const GROUPS = [
  ['review', '行政复议'],
  ['litigation-direct', '未经复议直接起诉'],
  ['litigation-after-review', '复议后起诉'],
] as const;

const COLUMNS: readonly ColumnDefinition[] = GROUPS.flatMap(([group, groupLabel]) =>
  OUTCOMES.map(([id, label]) => ({
    id: `${group}.${id}`,
    label,
    name: `${groupLabel} ${label}`,
    kind: 'count' as const,
  })),
);

const outcomeHeads = (rowSpan: number): HeadCell[] => OUTCOMES.map(([, label]) => ({ label, colSpan: 1, rowSpan }));

const HEAD: readonly (readonly HeadCell[])[] = [
  [
    { label: '行政复议', colSpan: 5, rowSpan: 1 },
    { label: '行政诉讼', colSpan: 10, rowSpan: 1 },
  ],
  [
    ...outcomeHeads(2),
    { label: '未经复议直接起诉', colSpan: 5, rowSpan: 1 },
    { label: '复议后起诉', colSpan: 5, rowSpan: 1 },
  ],
  [...outcomeHeads(1), ...outcomeHeads(1)],
];

/** 表四: one row of 15 counts, the same in both formats. */
export const litigationTable: TableDefinition = {
  id: 't4',
  name: '表四',
  labelColumns: 0,
  width: 15,
  blocks: [{ id: '', heading: null, head: HEAD, rows: [{ id: '', labels: [] }], columns: COLUMNS }],
};

/** 总计 = the four outcomes, in each of the three groups. Rules of the catalogue: T4-01. */
export const litigationIdentities: readonly Identity[] = GROUPS.map(([group, label]) => ({
  rule: 'T4-01',
  name: `${label}总计 = 维持 + 纠正 + 其他 + 尚未审结`,
  table: 't4',
  across: 'columns',
  left: [`${group}.total`],
  right: OUTCOMES.slice(0, -1).map(([id]) => `${group}.${id}`),
}));
