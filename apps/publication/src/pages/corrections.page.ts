import { type ComponentChildren, h } from 'preact';
import type { NoticeKind } from '#report/notice/public-notice';
import { publicPath } from '../domain/public-address.js';
import { dateInChina } from './date-in-china.js';
import { htmlPage } from './frame.page.js';

/** One correction, withdrawal or emergency publication in the list of all. `at`: when it took effect. */
export interface ListedAct {
  readonly organ: string;
  readonly name: string;
  readonly year: number;
  readonly kind: NoticeKind;
  readonly edition: number;
  readonly reason: string;
  readonly changes: number;
  readonly isRatified: boolean;
  readonly at: string;
}

const WORDS: Readonly<Record<NoticeKind, readonly [zh: string, en: string]>> = {
  correct: ['更正', 'corrected'],
  withdraw: ['撤回', 'withdrawn'],
  emergency: ['应急公开', 'emergency'],
};

/** Every correction, withdrawal and emergency of every organ, newest first, with the reason given for it. */
export function renderCorrectionsPage(acts: readonly ListedAct[]): Uint8Array {
  const sorted = acts.toSorted((a, b) => Number(a.at < b.at) - Number(a.at > b.at) || a.organ.localeCompare(b.organ));
  return htmlPage(
    {
      title: '更正与撤回',
      description: '已公开年度报告的全部更正、撤回与应急公开',
      way: [{ text: '政府信息公开年度报告', href: '/xxgk/ndbg/' }, { text: '更正与撤回' }],
    },
    h('h1', null, '更正与撤回'),
    h('p', null, '已公开的报告每一次改动都在这里：何时、为何、改了几处。原版保留在各自的版本地址下，已撤回的除外。'),
    sorted.length === 0 ? h('p', null, '目前没有更正或撤回。') : h('ul', { class: 'acts' }, sorted.map(actView)),
    h(
      'section',
      { class: 'english', lang: 'en', 'aria-label': 'English summary' },
      `Every change to a published report, newest first: ${sorted.length} in all. Reasons are given in Chinese.`,
    ),
  );
}

function actView({ organ, name, year, kind, edition, reason, changes, isRatified, at }: ListedAct): ComponentChildren {
  const path = publicPath(organ, year);
  const [zh, en] = WORDS[kind];
  const extent = kind === 'withdraw' || changes === 0 ? '' : ` · ${changes} 处改动`;
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
      h('span', null, h('time', { dateTime: dateInChina(at) }, dateInChina(at)), extent, ratified),
    ),
  );
}
