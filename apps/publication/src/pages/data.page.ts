import { type ComponentChildren, h } from 'preact';
import type { CatalogueYear } from '../feeds/data-catalogue.js';
import { RESULTS_PATH } from './search.page.js';
import { sitePage } from './site-frame.page.js';

/** The page of the open data: what there is, in which form, and what the columns mean. */
export function renderDataPage(years: readonly CatalogueYear[], unproved: number, isWhole: boolean): Uint8Array {
  const all = years.reduce((sum, { reports }) => sum + reports, 0);
  return sitePage(
    {
      title: '数据下载',
      description: '全部已公开年度报告的数据：CSV 与 JSON Lines，附数据字典',
      way: [{ text: '政府信息公开年度报告', href: '/xxgk/ndbg/' }, { text: '数据下载' }],
      menu: 'data',
    },
    h('h1', null, '数据下载'),
    h(
      'p',
      null,
      'CSV 每行一份报告、每列一个法定表格的格；JSON Lines 每行就是一份报告签批的原始字节。没有数值的格留空并在 without_figure 列注明，绝不写成 0。',
    ),
    isWhole && unproved === 0
      ? null
      : h('p', { class: 'empty' }, `未通过核对或仍在核对的报告不在下载之内（未通过：${unproved}）。`),
    h(
      'ul',
      { class: 'files' },
      fileItem('reports', `全部年度（${all} 份）`),
      years.map(({ year, reports }) => fileItem(`reports-${year}`, `${year}年度（${reports} 份）`)),
      h(
        'li',
        null,
        h('a', { href: '/data/dictionary.csv' }, 'dictionary.csv'),
        h('span', null, ' · 数据字典：每一列的含义、单位与所属格式'),
      ),
      h(
        'li',
        null,
        h('a', { href: '/data/corrections.csv' }, 'corrections.csv'),
        h('span', null, ' · 全部更正、撤回与应急公开'),
      ),
      h(
        'li',
        null,
        h('a', { href: '/data/catalog.jsonld' }, 'catalog.jsonld'),
        h('span', null, ' · 数据目录（DCAT 3，JSON-LD）'),
      ),
      h(
        'li',
        null,
        h('a', { href: `${RESULTS_PATH}?q=%E7%BB%93%E8%BD%AC` }, 'results.json?q=结转'),
        h(
          'span',
          null,
          ' · 全文搜索的 JSON 答案。参数：q 要找的词（空格隔开，至多 60 字），organ 机关编码或名称的一部分，year 年度，page 页码（每页 20 份）；' +
            '不能回答时给出 refused 代码和中英文说明',
        ),
      ),
      h(
        'li',
        null,
        h('a', { href: '/feeds/reports.atom' }, 'Atom'),
        '　',
        h('a', { href: '/feeds/reports.json' }, 'JSON Feed'),
        h('span', null, ' · 订阅新发布、更正与撤回'),
      ),
    ),
    h(
      'section',
      { class: 'english', lang: 'en', 'aria-label': 'English summary' },
      `All ${all} published reports as CSV (one record a report, one column a cell of the statutory tables) and JSON Lines `,
      '(each line is the exact bytes that were signed). Cells without a figure are empty and named in without_figure, never 0. ',
      `Full-text search for programs: ${RESULTS_PATH} with q (words in Chinese, at most 60 characters), organ (code or part of the name), `,
      'year and page (20 reports each); what cannot be answered carries a code under refused and a sentence in both languages.',
    ),
  );
}

function fileItem(name: string, what: string): ComponentChildren {
  return h(
    'li',
    null,
    h('a', { href: `/data/${name}.csv` }, `${name}.csv`),
    '　',
    h('a', { href: `/data/${name}.jsonl` }, `${name}.jsonl`),
    h('span', null, ` · ${what}`),
  );
}
