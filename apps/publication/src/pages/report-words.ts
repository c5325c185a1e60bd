/** Words of the frame around a report. The report itself is in Chinese, whatever the frame is. */
export interface FrameWords {
  readonly contents: string;
  readonly files: string;
  readonly facts: Readonly<
    Record<
      | 'index'
      | 'organ'
      | 'column'
      | 'year'
      | 'signed'
      | 'published'
      | 'way'
      | 'validity'
      | 'edition'
      | 'basis'
      | 'digest',
      string
    >
  >;
  readonly columnName: string;
  readonly active: string;
  readonly valid: string;
  readonly replaced: string;
  readonly comparison: string;
  readonly printed: string;
}

export const FRAME_WORDS: Readonly<Record<'zh' | 'en', FrameWords>> = {
  zh: {
    contents: '目录',
    files: '下载与核验',
    facts: {
      index: '索引号',
      organ: '发布机构',
      column: '组配分类',
      year: '报告年度',
      signed: '成文日期',
      published: '发布日期',
      way: '公开方式',
      validity: '有效性',
      edition: '版本',
      basis: '格式依据',
      digest: '内容摘要',
    },
    columnName: '政府信息公开年报',
    active: '主动公开',
    valid: '有效',
    replaced: '已被新版取代',
    comparison: '与往年对比',
    printed: '打印自',
  },
  en: {
    contents: 'Contents',
    files: 'Files and evidence',
    facts: {
      index: 'Index number',
      organ: 'Published by',
      column: 'Column',
      year: 'Report year',
      signed: 'Signed on',
      published: 'Published on',
      way: 'Disclosure',
      validity: 'Standing',
      edition: 'Edition',
      basis: 'Form',
      digest: 'Digest',
    },
    columnName: 'Annual reports on open government information',
    active: 'Proactive',
    valid: 'In force',
    replaced: 'Replaced by a newer edition',
    comparison: 'Compared with earlier years',
    printed: 'Printed from',
  },
};
