import type { Language } from './frame.page.js';

/** Words of the front page around the titles and names it lists, which are in Chinese. */
export interface ListWords {
  readonly title: (year: number | null) => string;
  readonly description: string;
  readonly count: (year: number) => readonly [before: string, between: string, after: string];
  readonly countAlone: (year: number) => readonly [before: string, after: string];
  readonly noDirectory: string;
  readonly directory: (version: number, date: string) => string;
  readonly beyond: (reports: number) => string;
  readonly missing: (organs: number) => string;
  readonly andMore: string;
  readonly year: string;
  readonly allYears: string;
  readonly yearOf: (year: number) => string;
  readonly organ: string;
  readonly send: string;
  readonly search: readonly [link: string, what: string];
  readonly tags: Readonly<Record<'correct' | 'emergency', string>>;
  readonly about: (year: number, edition: number) => string;
  readonly json: string;
  readonly zip: string;
  readonly nothing: string;
  readonly none: string;
  readonly withdrawn: string;
  readonly pending: string;
  readonly unproved: (addresses: number) => string;
  readonly data: readonly [before: string, link: string, after: string];
}

export const LIST_WORDS: Readonly<Record<Language, ListWords>> = {
  zh: {
    title: (year) => `${year === null ? '' : `${year}年`}政府信息公开工作年度报告`,
    description: '已发布的政府信息公开工作年度报告',
    count: (year) => [`${year}年度：名录内机关 `, ' 个，已公开 ', ' 个'],
    countAlone: (year) => [`${year}年度：已公开 `, ' 份'],
    noDirectory: '应公开数未知：本站还没有可核对的机关名录。',
    directory: (version, date) =>
      `名录为已公开报告证据中最新的一份（第${version}版，${date}）；此后增减的机关、以及哪些机关依法不必单独发布，本站不知道。`,
    beyond: (reports) => `另有名录外机关的报告 ${reports} 份。`,
    missing: (organs) => `名录内尚未公开的 ${organs} 个`,
    andMore: ' 等',
    year: '年度',
    allYears: '全部年度',
    yearOf: (year) => `${year}年`,
    organ: '单位名称（可只写一部分，例如 住建）',
    send: '查找',
    search: ['全文搜索', '：在全部报告的正文和表格里逐字查找'],
    tags: { correct: '更正版', emergency: '应急公开' },
    about: (year, edition) => `${year}年 · 第${edition}版`,
    json: '数据 JSON',
    zip: '证据包 ZIP',
    nothing: '目前还没有已发布的报告。报告经最后一级签发后会自动出现在这里。',
    none: '没有符合条件的报告。可以换一个年度，或只写单位名称的一部分；需要未公开的信息，请向该单位提出依申请公开。',
    withdrawn: '查找更正与撤回的报告',
    pending: '正在逐份核对存储的报告，列表还不完整，请稍后刷新。',
    unproved: (addresses) => `另有 ${addresses} 个地址的内容未通过核对，核对修复前不列出、不提供。`,
    data: ['全部报告的数字可在', '数据下载', '取得。'],
  },
  en: {
    title: (year) => `Annual reports on open government information${year === null ? '' : `, ${year}`}`,
    description: 'The annual reports on open government information that are published',
    count: (year) => [`${year}: `, ' offices in the directory, ', ' published'],
    countAlone: (year) => [`${year}: `, ' published'],
    noDirectory: 'How many are due is not known: there is no directory of offices to check against yet.',
    directory: (version, date) =>
      `The directory is the newest one in the evidence of published reports (version ${version}, ${date}). Offices added or closed since, and those that by law publish no report of their own, are not known here.`,
    beyond: (reports) => ` ${reports} more by offices outside the directory.`,
    missing: (organs) => `${organs} in the directory not published yet`,
    andMore: ' and others',
    year: 'Year',
    allYears: 'All years',
    yearOf: String,
    organ: 'Name of the office in Chinese, or a part of it',
    send: 'Find',
    search: ['Full-text search', ' looks for words in the text and the tables of every report'],
    tags: { correct: 'corrected', emergency: 'emergency' },
    about: (year, edition) => `${year} · edition ${edition}`,
    json: 'Data (JSON)',
    zip: 'Evidence (ZIP)',
    nothing: 'No report is published yet. A report appears here by itself once the last level has signed it.',
    none: 'No report fits. Try another year, or only a part of the name. Information that is not published can be applied for at the office.',
    withdrawn: 'Look among corrected and withdrawn reports',
    pending:
      'The stored reports are being checked one by one, and the list is not complete yet. Please come back in a moment.',
    unproved: (addresses) =>
      `${addresses} more ${addresses === 1 ? 'address' : 'addresses'} did not pass the check and ${addresses === 1 ? 'is' : 'are'} not shown until mended.`,
    data: ['The figures of all reports can be downloaded under ', 'Data', '.'],
  },
};
