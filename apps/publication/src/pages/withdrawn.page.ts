import { h } from 'preact';
import type { PublicNotice } from '#report/notice/public-notice';
import { dateInChina } from './date-in-china.js';
import { htmlPage } from './frame.page.js';

/** What the page in place of a withdrawn edition says; nothing of the text that was withdrawn. */
export interface WithdrawnFacts {
  readonly organ: string;
  readonly year: number;
  readonly notice: PublicNotice;
  readonly withdrawnAt: string;
}

/** The page at an address whose edition was taken back: that, when and why, and the evidence of it. Answered with 410. */
export function renderWithdrawnPage({ organ, year, notice, withdrawnAt }: WithdrawnFacts): Uint8Array {
  const date = dateInChina(withdrawnAt);
  const title = `${organ}${year}年政府信息公开工作年度报告（已撤回）`;
  return htmlPage(
    {
      title,
      description: `第${notice.edition}版已于${date}撤回`,
      way: [{ text: '政府信息公开年度报告', href: '/xxgk/ndbg/' }, { text: `${organ} ${year}年` }],
    },
    h('h1', null, title),
    h(
      'p',
      { class: 'mark urgent', 'data-mark': 'withdrawn' },
      h('strong', null, `第${notice.edition}版已于${date}撤回公开。`),
      '撤回理由：',
      h('q', { 'data-notice': 'reason' }, notice.reason),
      h(
        'span',
        { lang: 'en' },
        `Edition ${notice.edition} was withdrawn on ${date}. The reason is given in Chinese above.`,
      ),
    ),
    h('p', null, '撤回经逐级签批。原文及其数据文件不再提供；重新公开的，将在本地址以下一版发布。'),
    h(
      'ul',
      { class: 'files' },
      h(
        'li',
        null,
        h('a', { href: './withdrawal.json', download: 'withdrawal.json' }, 'withdrawal.json'),
        h('span', null, ' · 撤回的证据：全部签批与撤回理由，不含被撤回的正文；用 '),
        h('code', null, 'sunward verify withdrawal.json'),
        h('span', null, ' 核验'),
      ),
      h(
        'li',
        null,
        h('a', { href: './receipt.json', download: 'receipt.json' }, 'receipt.json'),
        h('span', null, ' · 撤回回执：系统撤下后回读本地址的签名记录'),
      ),
    ),
    h(
      'p',
      null,
      h('a', { href: '/corrections/' }, '全部更正与撤回'),
      '　',
      h('a', { href: '/xxgk/ndbg/' }, '已发布的年度报告'),
    ),
  );
}
