import type { ChapterDefinition } from '../format-definition.js';

/** The six chapters, the same in both formats. */
export const statutoryChapters: readonly ChapterDefinition[] = [
  { no: 1, title: '总体情况', kind: 'prose' },
  { no: 2, title: '主动公开政府信息情况', kind: 'table', table: 't2' },
  { no: 3, title: '收到和处理政府信息公开申请情况', kind: 'table', table: 't3' },
  { no: 4, title: '政府信息公开行政复议、行政诉讼情况', kind: 'table', table: 't4' },
  { no: 5, title: '存在的主要问题及改进情况', kind: 'prose' },
  { no: 6, title: '其他需要报告的事项', kind: 'prose' },
];
