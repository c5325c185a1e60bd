import { type ComponentChildren, h } from 'preact';
import type { NoticeKind } from '#report/notice/public-notice';
import type { ReportChanges } from '#report/notice/report-changes';
import { publicPath } from '../domain/public-address.js';
import { dateInChina } from './date-in-china.js';
import { type PageOf, pagerView, withQuery } from './pager.page.js';
import { sitePage } from './site-frame.page.js';

/** One correction, withdrawal or emergency publication in the list of all. `at`: when it took effect. */
export interface ListedAct {
  readonly organ: string;
  readonly name: string;
  readonly year: number;
  readonly kind: NoticeKind;
  readonly edition: number;
  readonly replaces: number | null;
  readonly reason: string;
  readonly figures: ReportChanges['cells'];
  readonly texts: number;
  readonly isRatified: boolean;
  readonly at: string;
}

const WORDS: Readonly<Record<NoticeKind, readonly [zh: string, en: string]>> = {
  correct: ['更正', 'corrected'],
  withdraw: ['撤回', 'withdrawn'],
  emergency: ['应急公开', 'emergency'],
};

/** Changed figures shown with an act; the rest stands on the report's own page. */
const FIGURES_SHOWN = 5;

/** Every correction, withdrawal and emergency of every organ, newest first, with the reason given for it. */
export function renderCorrectionsPage(page: PageOf<ListedAct>): Uint8Array {
  return sitePage(
    {
      title: '更正与撤回',
      description: '已公开年度报告的全部更正、撤回与应急公开',
      way: [{ text: '政府信息公开年度报告', href: '/xxgk/ndbg/' }, { text: '更正与撤回' }],
      menu: 'corrections',
    },
    h('h1', null, '更正与撤回'),
    h('p', null, '已公开的报告每一次改动都在这里：何时、为何、改了几处。原版保留在各自的版本地址下，已撤回的除外。'),
    page.all === 0 ? h('p', null, '目前没有更正或撤回。') : h('ul', { class: 'acts' }, page.items.map(actView)),
    pagerView(page, (no) => withQuery('/corrections/', { page: no === 1 ? null : no })),
    h('p', null, h('a', { href: '/data/corrections.csv' }, '下载全部（CSV）')),
    h(
      'section',
      { class: 'english', lang: 'en', 'aria-label': 'English summary' },
      `Every change to a published report, newest first: ${page.all} in all. Reasons are given in Chinese.`,
    ),
  );
}

function actView(act: ListedAct): ComponentChildren {
  const { organ, name, year, kind, edition, replaces, reason, isRatified, at } = act;
  const path = publicPath(organ, year);
  const [zh, en] = WORDS[kind];
  const ratified = kind !== 'emergency' ? '' : isRatified ? ' · 已追认' : ' · 待追认';
  return h(
    'li',
    null,
    h('span', { class: `tag ${kind}` }, zh, h('span', { lang: 'en' }, en)),
    h(
      'div',
      null,
      h('a', { href: kind === 'withdraw' ? path : `${path}v${edition}/` }, `${name} ${year}年度报告 第${edition}版`),
      h('p', null, reason),
      figuresView(act),
      h('span', null, h('time', { dateTime: dateInChina(at) }, dateInChina(at)), extentText(act), ratified),
      kind === 'withdraw' || replaces === null
        ? null
        : h('span', null, '　', h('a', { href: `${path}v${replaces}/` }, `第${replaces}版原文`)),
    ),
  );
}

function extentText({ kind, figures, texts }: ListedAct): string {
  const changes = figures.length + texts;
  return kind === 'withdraw' || changes === 0 ? '' : ` · ${changes} 处改动（数字 ${figures.length}，文字 ${texts}）`;
}

function figuresView({ figures }: ListedAct): ComponentChildren {
  if (figures.length === 0) return null;
  const more = figures.length - FIGURES_SHOWN;
  return h(
    'ul',
    { class: 'changes' },
    figures
      .slice(0, FIGURES_SHOWN)
      .map(({ name, before, after }) =>
        h('li', null, name, '　', h('del', null, before ?? ''), ' → ', h('ins', null, after ?? '')),
      ),
    more <= 0 ? null : h('li', null, `另有 ${more} 个数字，见报告页的更正说明`),
  );
}
