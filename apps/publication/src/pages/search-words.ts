/** The words of the search page around what is found, which is in Chinese in either frame. */
export interface SearchWords {
  readonly title: string;
  /** What stands before and behind the words that were typed. */
  readonly titleAround: readonly [before: string, behind: string];
  readonly description: string;
  readonly ask: string;
  readonly year: string;
  readonly allYears: string;
  readonly yearOf: (year: number) => string;
  readonly organ: string;
  readonly send: string;
  readonly how: string;
  readonly count: (all: number) => string;
  readonly more: (all: number) => string;
  readonly none: string;
  readonly unproved: (left: number) => string;
  readonly about: (year: number, edition: number) => string;
  readonly before: string;
  readonly data: string;
}

export const SEARCH_WORDS: Readonly<Record<'zh' | 'en', SearchWords>> = {
  zh: {
    title: '全文搜索',
    titleAround: ['“', '”的搜索结果'],
    description: '在全部已公开的年度报告中逐字查找：正文、标题、机关名称与表格栏目',
    ask: '要找的词',
    year: '年度',
    allYears: '全部年度',
    yearOf: (year) => `${year}年`,
    organ: '单位名称（可只写一部分）',
    send: '搜索',
    how: '逐字查找正文、标题、机关名称和表格的栏目；几个词用空格隔开，各个词都要在同一份报告里出现。全角半角、大小写、字间空格不作区分。',
    count: (all) => `找到 ${all} 份报告，年度近的在前。`,
    more: (all) =>
      `找到的报告超过 ${all} 份，这里列出前 ${all} 份，年度近的在前；多写一个词，或选定年度和单位，可以缩小范围。`,
    none: '没有找到。可以少写一个词、换一种说法，或去掉年度和单位；需要未公开的信息，请向有关单位提出依申请公开。',
    unproved: (left) => `本页另有 ${left} 份报告已经更动或正在核对，暂不列出。`,
    about: (year, edition) => `${year}年 · 第${edition}版`,
    before: '正文之前',
    data: '同样的结果供程序读取（JSON）',
  },
  en: {
    title: 'Full-text search',
    titleAround: ['Search results for “', '”'],
    description: 'Looks for words in every published annual report: text, titles, names of offices, labels of tables',
    ask: 'Words to look for, in Chinese',
    year: 'Year',
    allYears: 'All years',
    yearOf: String,
    organ: 'Name of the office, or a part of it',
    send: 'Search',
    how:
      'Looks for exactly what you write in texts, titles, names of offices and labels of tables. Put blanks between words; a report must hold all of ' +
      'them. Width, case and blanks between characters make no difference.',
    count: (all) => `${all} ${all === 1 ? 'report' : 'reports'} found, the latest year first.`,
    more: (all) =>
      `More than ${all} reports found; these are the first ${all}, the latest year first. Write one more word, or choose a year or an office.`,
    none: 'Nothing found. Try fewer or other words, or leave out year and office. Information that is not published can be applied for at the office.',
    unproved: (left) =>
      left === 1
        ? 'One more report of this page has changed or is being checked, and is not listed.'
        : `${left} more reports of this page have changed or are being checked, and are not listed.`,
    about: (year, edition) => `${year}, edition ${edition}`,
    before: 'Before the first chapter',
    data: 'The same results for programs (JSON)',
  },
};
