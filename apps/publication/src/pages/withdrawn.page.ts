import { h } from 'preact';
import type { PublicNotice } from '#report/notice/public-notice';
import { organPath, publicPath } from '../domain/public-address.js';
import { dateInChina } from './date-in-china.js';
import { feedLinks } from './feed-links.page.js';
import { HOME, htmlPage, inFrame, type Language } from './frame.page.js';

/** What the page in place of a withdrawn edition says; nothing of the text that was withdrawn. */
export interface WithdrawnFacts {
  readonly organ: { readonly code: string; readonly name: string };
  readonly year: number;
  readonly notice: PublicNotice;
  readonly withdrawnAt: string;
}

interface WithdrawnWords {
  readonly title: string;
  readonly said: string;
  readonly reason: string;
  readonly what: string;
  readonly evidence: string;
  readonly check: readonly [before: string, link: string, or: string, after: string];
  readonly receipt: string;
  readonly folder: string;
  readonly corrections: string;
  readonly list: string;
}

const WORDS: Readonly<Record<Language, (edition: number, year: number, date: string) => WithdrawnWords>> = {
  zh: (edition, year, date) => ({
    title: `${year}年政府信息公开工作年度报告（已撤回）`,
    said: `第${edition}版已于${date}撤回公开。`,
    reason: '撤回理由：',
    what: '撤回经逐级签批。原文及其数据文件不再提供；重新公开的，将在本地址以下一版发布。',
    evidence: ' · 撤回的证据：全部签批与撤回理由，不含被撤回的正文',
    check: ['核验：在', '核验页', '粘贴本页网址或选择 withdrawal.json，或运行 ', ' 。'],
    receipt: ' · 撤回回执：系统撤下后回读本地址的签名记录',
    folder: ' · 以上文件与核验程序：解压后离线运行 node verify.mjs',
    corrections: '全部更正与撤回',
    list: '已发布的年度报告',
  }),
  en: (edition, year, date) => ({
    title: `: annual report of ${year} (withdrawn)`,
    said: `Edition ${edition} was withdrawn on ${date}.`,
    reason: ' The reason, as it was signed: ',
    what: 'The withdrawal was signed off level by level. The text and its files are not available any more; if it is published again, the next edition stands at this address.',
    evidence: ' · the evidence of the withdrawal: every signature and the reason, without the text that was withdrawn',
    check: ['To check it, paste this address on the ', 'check page', ' or choose withdrawal.json there, or run ', '.'],
    receipt: ' · the receipt: signed after this address was read back',
    folder: ' · these files with the program that checks them: unpack it and run node verify.mjs, offline',
    corrections: 'All corrections and withdrawals',
    list: 'The annual reports that are published',
  }),
};

/** The page at an address whose edition was taken back: that, when and why, and the evidence of it. Answered with 410. */
export function renderWithdrawnPage(
  { organ, year, notice, withdrawnAt }: WithdrawnFacts,
  language: Language = 'zh',
): Uint8Array {
  const date = dateInChina(withdrawnAt);
  const words = WORDS[language](notice.edition, year, date);
  const path = publicPath(organ.code, year);
  const base = language === 'zh' ? './' : path;
  const name = h('span', { lang: 'zh-CN' }, organ.name);
  return htmlPage(
    {
      title: `${organ.name}${words.title}`,
      description: words.said,
      language,
      here: path,
      head: feedLinks(language, organ),
      way: [
        HOME[language],
        { text: organ.name, href: inFrame(language, organPath(organ.code)) },
        { text: language === 'zh' ? `${year}年` : String(year) },
      ],
    },
    h('h1', null, name, words.title),
    h(
      'p',
      { class: 'mark urgent', 'data-mark': 'withdrawn' },
      h('strong', null, words.said),
      words.reason,
      h('q', { 'data-notice': 'reason', lang: 'zh-CN' }, notice.reason),
    ),
    h('p', null, words.what),
    h(
      'ul',
      { class: 'files' },
      h(
        'li',
        null,
        h('a', { href: `${base}withdrawal.json`, download: 'withdrawal.json' }, 'withdrawal.json'),
        h('span', null, words.evidence),
      ),
      h(
        'li',
        null,
        h('a', { href: `${base}receipt.json`, download: 'receipt.json' }, 'receipt.json'),
        h('span', null, words.receipt),
      ),
      h(
        'li',
        null,
        h('a', { href: `${base}evidence.zip`, download: 'evidence.zip' }, 'evidence.zip'),
        h('span', null, words.folder),
      ),
    ),
    h(
      'p',
      null,
      words.check[0],
      h('a', { href: inFrame(language, '/check/') }, words.check[1]),
      words.check[2],
      h('code', null, 'sunward verify withdrawal.json'),
      words.check[3],
    ),
    h(
      'p',
      null,
      h('a', { href: inFrame(language, '/corrections/') }, words.corrections),
      '　',
      h('a', { href: HOME[language].href }, words.list),
    ),
  );
}
