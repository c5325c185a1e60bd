import { type ComponentChildren, h } from 'preact';
import type { CatalogueYear } from '../feeds/data-catalogue.js';
import { HOME, type Language, spoken } from './frame.page.js';
import { RESULTS_PATH } from './search.page.js';
import { sitePage } from './site-frame.page.js';
import type { SiteSign } from './site-tags.page.js';

interface DataWords {
  readonly title: string;
  readonly description: string;
  readonly lead: string;
  readonly unproved: (reports: number) => string;
  readonly all: (reports: number) => string;
  readonly year: (year: number, reports: number) => string;
  readonly dictionary: string;
  readonly corrections: string;
  readonly changes: string;
  readonly schema: string;
  readonly catalogue: string;
  readonly search: string;
  readonly feeds: string;
}

const WORDS: Readonly<Record<Language, DataWords>> = {
  zh: {
    title: '数据下载',
    description: '全部已公开年度报告的数据：CSV 与 JSON Lines，附数据字典',
    lead: 'CSV 每行一份报告、每列一个法定表格的格；JSON Lines 每行就是一份报告签批的原始字节。没有数值的格留空并在 without_figure 列注明，绝不写成 0。',
    unproved: (reports) => `未通过核对或仍在核对的报告不在下载之内（未通过：${reports}）。`,
    all: (reports) => `全部年度（${reports} 份）`,
    year: (year, reports) => `${year}年度（${reports} 份）`,
    dictionary: '数据字典：每一列的含义、单位与所属格式',
    corrections: '全部更正、撤回与应急公开，每行一次',
    changes: '更正改了什么：每行一个数字或一处文字，原为与改为',
    schema: 'report.json 的结构说明（JSON Schema 2020-12）',
    catalogue: '数据目录（DCAT 3，JSON-LD）',
    search:
      '全文搜索的 JSON 答案。参数：q 要找的词（空格隔开，至多 60 字），organ 机关编码或名称的一部分，year 年度，page 页码（每页 20 份）；' +
      '不能回答时给出 refused 代码和中英文说明',
    feeds: '订阅新发布、更正与撤回',
  },
  en: {
    title: 'Data',
    description: 'The data of every published annual report, as CSV and JSON Lines, with a dictionary',
    lead:
      'CSV has one record a report and one column a cell of the statutory tables; each line of JSON Lines is the exact bytes that were signed. ' +
      'Cells without a figure are empty and named in without_figure, never 0.',
    unproved: (reports) =>
      `Reports that did not pass the check, or are still being checked, are left out (did not pass: ${reports}).`,
    all: (reports) => `all years (${reports})`,
    year: (year, reports) => `${year} (${reports})`,
    dictionary: 'the dictionary: what each column means, its unit and the forms that have it',
    corrections: 'every correction, withdrawal and emergency publication, one a line',
    changes: 'what corrections changed: a figure or a text a line, before and after',
    schema: 'what a report.json looks like (JSON Schema 2020-12)',
    catalogue: 'the catalogue (DCAT 3, JSON-LD)',
    search:
      'full-text search for programs. Parameters: q the words (in Chinese, between blanks, at most 60 characters), organ (code or part of the name), ' +
      'year, and page (20 reports each); what cannot be answered carries a code under refused and a sentence in both languages',
    feeds: 'subscribe to what is new, corrected and withdrawn',
  },
};

/** The page of the open data: what there is, in which form, and what the columns mean. */
export function renderDataPage(
  years: readonly CatalogueYear[],
  unproved: number,
  isWhole: boolean,
  language: Language = 'zh',
  site?: SiteSign,
): Uint8Array {
  const words = WORDS[language];
  const all = years.reduce((sum, { reports }) => sum + reports, 0);
  return sitePage(
    {
      title: words.title,
      description: words.description,
      language,
      here: '/data/',
      way: [HOME[language], { text: words.title }],
      menu: 'data',
      site,
    },
    h('h1', null, words.title),
    h('p', null, words.lead),
    isWhole && unproved === 0 ? null : h('p', { class: 'empty' }, words.unproved(unproved)),
    h(
      'ul',
      { class: 'files' },
      item([['/data/reports.csv'], ['/data/reports.jsonl']], words.all(all)),
      years.map(({ year, reports }) =>
        item([[`/data/reports-${year}.csv`], [`/data/reports-${year}.jsonl`]], words.year(year, reports)),
      ),
      item([['/data/dictionary.csv']], words.dictionary),
      item([['/data/corrections.csv']], words.corrections),
      item([['/data/changes.csv']], words.changes),
      item([['/data/report.schema.json']], words.schema),
      item([['/data/catalog.jsonld']], words.catalogue),
      item([[`${RESULTS_PATH}?q=%E7%BB%93%E8%BD%AC`, 'results.json?q=结转']], words.search, language),
      item(
        [
          ['/feeds/reports.atom', 'Atom'],
          ['/feeds/reports.json', 'JSON Feed'],
        ],
        words.feeds,
      ),
    ),
  );
}

/** One line: where it is, each address by its name or the last part of itself, and what it is. */
function item(
  links: readonly (readonly [href: string, name?: string])[],
  what: string,
  language: Language = 'zh',
): ComponentChildren {
  return h(
    'li',
    null,
    links.map(([href, name = href.slice(href.lastIndexOf('/') + 1)], index) => [
      index === 0 ? null : '　',
      h('a', { href, ...spoken(name, language) }, name),
    ]),
    h('span', null, ` · ${what}`),
  );
}
