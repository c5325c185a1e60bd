import { type ComponentChildren, h } from 'preact';
import { publicPath } from '../domain/public-address.js';
import { dateInChina } from './date-in-china.js';
import { type PageOf, pagerView, withQuery } from './pager.page.js';
import { SEARCH_PATH } from './search.page.js';
import { sitePage } from './site-frame.page.js';

/** One public report in the list. `name`: the organ as the report itself calls it; `at`: since when this edition is public. */
export interface ListedReport {
  readonly organ: string;
  readonly name: string;
  readonly year: number;
  readonly edition: number;
  readonly title: string;
  readonly at: string;
  /** How this edition came about, when it is no first one. */
  readonly how: 'correct' | 'emergency' | null;
}

/** How many reports of a year are public, and how many organs the directory names; null where nobody can say. */
export interface YearCount {
  readonly year: number;
  readonly published: number;
  readonly directory: {
    readonly organs: number;
    readonly version: number;
    readonly at: string;
    /** Of the organs in the directory, those whose report of the year is public. */
    readonly published: number;
    readonly missing: readonly string[];
  } | null;
}

/** What was asked for; null and '' mean all. */
export interface ListQuery {
  readonly year: number | null;
  readonly organ: string;
}

/** What the front page shows. */
export interface ListView {
  readonly query: ListQuery;
  readonly years: readonly number[];
  readonly page: PageOf<ListedReport>;
  readonly count: YearCount | null;
  readonly unproved: number;
  readonly isWhole: boolean;
}

export const LIST_PATH = '/xxgk/ndbg/';
const MISSING_NAMED = 60;

/** The front page: everything public by year and organ, how many are due, and where the data is. */
export function renderListPage({ query, years, page, count, unproved, isWhole }: ListView): Uint8Array {
  const title = query.year === null ? '政府信息公开工作年度报告' : `${query.year}年政府信息公开工作年度报告`;
  const address = (no: number): string =>
    withQuery(LIST_PATH, { year: query.year, organ: query.organ, page: no === 1 ? null : no });
  return sitePage(
    {
      title,
      description: '已发布的政府信息公开工作年度报告',
      way: [{ text: '政府信息公开年度报告' }],
      menu: 'list',
    },
    h('h1', null, title),
    count === null ? null : countView(count),
    formView(query, years),
    h('p', null, h('a', { href: SEARCH_PATH }, '全文搜索'), '：在全部报告的正文和表格里逐字查找'),
    page.all === 0
      ? h('p', { class: 'empty' }, emptyText(query))
      : h('ol', { class: 'reports', start: (page.no - 1) * PAGE_SIZE + 1 }, page.items.map(reportView)),
    pagerView(page, address),
    isWhole && unproved === 0 ? null : h('p', { class: 'empty' }, pendingText(isWhole, unproved)),
    h(
      'section',
      { class: 'english', lang: 'en', 'aria-label': 'English summary' },
      `Annual reports on open government information: ${page.all} published${query.year === null ? '' : ` for ${query.year}`}. `,
      'Every report carries the signed bytes and their evidence; all figures can be downloaded under ',
      h('a', { href: '/data/' }, 'Data'),
      '.',
    ),
  );
}

/** Reports on one page. */
export const PAGE_SIZE = 50;

function countView({ year, published, directory }: YearCount): ComponentChildren {
  if (directory === null)
    return h(
      'div',
      { class: 'count' },
      h('p', null, `${year}年度：已公开 `, h('strong', null, published), ' 份'),
      h('p', { class: 'fine' }, '应公开数未知：本站还没有可核对的机关名录。'),
    );
  const { organs, version, at, missing } = directory;
  return h(
    'div',
    { class: 'count' },
    h(
      'p',
      null,
      `${year}年度：名录内机关 `,
      h('strong', null, organs),
      ' 个，已公开 ',
      h('strong', null, directory.published),
      ' 个',
    ),
    h(
      'p',
      { class: 'fine' },
      `名录为已公开报告证据中最新的一份（第${version}版，${dateInChina(at)}）；此后增减的机关、以及哪些机关依法不必单独发布，本站不知道。`,
      published > directory.published ? `另有名录外机关的报告 ${published - directory.published} 份。` : '',
    ),
    missing.length === 0
      ? null
      : h(
          'details',
          null,
          h('summary', null, `名录内尚未公开的 ${missing.length} 个`),
          h('p', null, missing.slice(0, MISSING_NAMED).join('、'), missing.length > MISSING_NAMED ? ' 等' : ''),
        ),
  );
}

function formView({ year, organ }: ListQuery, years: readonly number[]): ComponentChildren {
  const option = (value: number | null): ComponentChildren =>
    h('option', { value: value ?? '', selected: value === year }, value === null ? '全部年度' : `${value}年`);
  return h(
    'form',
    { class: 'ask', method: 'get', action: LIST_PATH, role: 'search' },
    h('label', null, '年度', h('select', { name: 'year' }, option(null), years.map(option))),
    h(
      'label',
      { class: 'wide' },
      '单位名称（可只写一部分，例如 住建）',
      h('input', { name: 'organ', type: 'search', value: organ, maxLength: 60, autocomplete: 'off' }),
    ),
    h('button', { type: 'submit' }, '查找'),
  );
}

function reportView({ organ, name, year, edition, title, at, how }: ListedReport): ComponentChildren {
  const path = publicPath(organ, year);
  const tag = how === 'correct' ? '更正版' : '应急公开';
  return h(
    'li',
    null,
    how === null ? null : h('span', { class: `tag ${how}` }, tag),
    h('a', { class: 'main', href: path }, title),
    h('p', null, `${name} · ${year}年 · 第${edition}版 · `, h('time', { dateTime: dateInChina(at) }, dateInChina(at))),
    h(
      'p',
      null,
      h('a', { href: `${path}report.json`, download: `${organ}-${year}.json` }, '数据 JSON'),
      h('a', { href: `${path}evidence.zip`, download: `${organ}-${year}-evidence.zip` }, '证据包 ZIP'),
    ),
  );
}

function emptyText({ year, organ }: ListQuery): string {
  if (year === null && organ === '') return '目前还没有已发布的报告。报告经最后一级签发后会自动出现在这里。';
  return '没有符合条件的报告。可以换一个年度，或只写单位名称的一部分；需要未公开的信息，请向该单位提出依申请公开。';
}

function pendingText(isWhole: boolean, unproved: number): string {
  const parts = [
    isWhole ? '' : '正在逐份核对存储的报告，列表还不完整，请稍后刷新。',
    unproved === 0 ? '' : `另有 ${unproved} 个地址的内容未通过核对，核对修复前不列出、不提供。`,
  ];
  return parts.join('');
}
