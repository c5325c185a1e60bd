import type { DerivedName } from '#report-files/writers/derived-names';

/** What the list of files says beside their names. */
export interface FilesWords {
  readonly title: string;
  /** The title in the other language; null where there is none beside it. */
  readonly derived: Readonly<Record<DerivedName, readonly [kind: string, meaning: string]>>;
  readonly sized: (kind: string, size: string) => string;
  readonly report: string;
  readonly evidence: string;
  readonly ratification: string;
  readonly receipt: string;
  readonly zip: string;
  readonly notYet: string;
  readonly note: string;
}

export const FILES_WORDS: Readonly<Record<'zh' | 'en', FilesWords>> = {
  zh: {
    title: '下载与核验',
    derived: {
      'dictionary.csv': ['CSV 数据字典', '说明 report.csv 各列的含义'],
      'report.csv': ['CSV', '全部数据，一行一格'],
      'report.docx': ['Word', '按 GB/T 9704—2012 排版'],
      'report.pdf': ['PDF', '按 GB/T 9704—2012 排版，带标签'],
      'report.xlsx': ['Excel', '三张表与正文，文字不作公式'],
    },
    sized: (kind, size) => `${kind}（${size}）`,
    report: '报告数据：签批人所签的原始字节',
    evidence: '证据包：全部签批、审签路线与名录',
    ratification: '追认证据：事后按正常程序签批同一内容',
    receipt: '发布回执：系统上线后回读本页逐字节核对的签名记录',
    zip: '以上签名文件、公钥与核验程序合为一个文件夹，断网也能核验：解压后运行 ',
    notYet: '正在制作，做好后补在这里',
    note: 'PDF、Word、Excel 与 CSV 由签批的原始字节自动生成，未另行签名；本站只提供发布回执列明的那一份，或重新生成一遍、摘要相同的一份。',
  },
  en: {
    title: 'Files and evidence',
    derived: {
      'dictionary.csv': ['CSV dictionary', 'what the columns of report.csv mean'],
      'report.csv': ['CSV', 'every figure, a cell a line'],
      'report.docx': ['Word', 'laid out by GB/T 9704—2012'],
      'report.pdf': ['PDF', 'laid out by GB/T 9704—2012, tagged'],
      'report.xlsx': ['Excel', 'the three tables and the text; no text is a formula'],
    },
    sized: (kind, size) => `${kind} (${size})`,
    report: 'the report as data: the exact bytes that were signed',
    evidence: 'the evidence: every signature, the route and the directory',
    ratification: 'evidence of the ratification: the same content signed afterwards by the regular route',
    receipt: 'the receipt: signed after this page was read back and compared byte by byte',
    zip: 'the signed files, the public keys and the verifier in one folder, to check offline: unpack it and run ',
    notYet: 'being made; it will be added here',
    note:
      'PDF, Word, Excel and CSV are made of the signed bytes and not signed themselves; this site gives one out only when the signed receipt lists it, ' +
      'or when it is the same after being made again.',
  },
};
