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
      | 'corrected'
      | 'way'
      | 'validity'
      | 'edition'
      | 'basis'
      | 'digest',
      string
    >
  >;
  /** A day of this edition, and of the first one, where both are named. */
  readonly ofThis: (day: string) => string;
  readonly ofFirst: (day: string) => string;
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
      corrected: '更正日期',
      way: '公开方式',
      validity: '有效性',
      edition: '版本',
      basis: '格式依据',
      digest: '内容摘要',
    },
    ofThis: (day) => `${day}（本版）`,
    ofFirst: (day) => `${day}（首次）`,
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
      index: 'Index no.',
      organ: 'Published by',
      column: 'Column',
      year: 'Report year',
      signed: 'Signed on',
      published: 'Published on',
      corrected: 'Corrected on',
      way: 'Disclosure',
      validity: 'Standing',
      edition: 'Edition',
      basis: 'Form',
      digest: 'Digest',
    },
    ofThis: (day) => `${day} (this edition)`,
    ofFirst: (day) => `${day} (first edition)`,
    columnName: 'Annual reports on open government information',
    active: 'Proactive',
    valid: 'In force',
    replaced: 'Replaced by a newer edition',
    comparison: 'Compared with earlier years',
    printed: 'Printed from',
  },
};
