import { type ComponentChildren, h } from 'preact';
import type { NoticeKind } from '#report/notice/public-notice';
import type { ReportChanges } from '#report/notice/report-changes';
import { publicPath } from '../domain/public-address.js';
import { askForm, type ListQuery } from './ask-form.page.js';
import { dayView } from './day.page.js';
import { HOME, inFrame, type Language, styleElement } from './frame.page.js';
import { noticeStyle } from './notice-style.js';
import { type PageOf, pagerView, withQuery } from './pager.page.js';
import { sitePage } from './site-frame.page.js';
import type { SiteSign } from './site-tags.page.js';

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

interface CorrectionsWords {
  readonly title: string;
  readonly description: string;
  readonly lead: string;
  readonly none: string;
  readonly noneAsked: string;
  readonly all: string;
  readonly csv: string;
  readonly kinds: Readonly<Record<NoticeKind, string>>;
  readonly ratified: string;
  readonly notRatified: string;
  readonly about: (year: number, edition: number) => string;
  readonly before: (edition: number) => string;
  readonly extent: (figures: number, texts: number) => string;
  readonly more: (figures: number) => string;
}

const WORDS: Readonly<Record<Language, CorrectionsWords>> = {
  zh: {
    title: '更正与撤回',
    description: '已公开年度报告的全部更正、撤回与应急公开',
    lead: '已公开的报告每一次改动都在这里：何时、为何、改了几处。原版保留在各自的版本地址下，已撤回的除外。',
    none: '目前没有更正或撤回。',
    noneAsked: '没有符合条件的更正或撤回。可以换一个年度，或只写单位名称的一部分。',
    all: '全部单位的更正与撤回',
    csv: '下载全部（CSV）',
    kinds: { correct: '更正', withdraw: '撤回', emergency: '应急公开' },
    ratified: '已追认',
    notRatified: '待追认',
    about: (year, edition) => `${year}年度报告 第${edition}版`,
    before: (edition) => `第${edition}版原文`,
    extent: (figures, texts) => `${figures + texts} 处改动（数字 ${figures}，文字 ${texts}）`,
    more: (figures) => `另有 ${figures} 个数字，见报告页的更正说明`,
  },
  en: {
    title: 'Corrections and withdrawals',
    description: 'Every correction, withdrawal and emergency publication of the published annual reports',
    lead:
      'Every change to a published report is here: when, why and how much. The editions before stay at addresses of their own, but for those ' +
      'that were withdrawn. Reasons are given in Chinese, as they were signed.',
    none: 'Nothing has been corrected or withdrawn.',
    noneAsked: 'No correction or withdrawal fits. Try another year, or only a part of the name.',
    all: 'The corrections and withdrawals of all offices',
    csv: 'Download all (CSV)',
    kinds: { correct: 'corrected', withdraw: 'withdrawn', emergency: 'emergency' },
    ratified: 'ratified',
    notRatified: 'not ratified yet',
    about: (year, edition) => `report of ${year}, edition ${edition}`,
    before: (edition) => `Text of edition ${edition}`,
    extent: (figures, texts) =>
      `${figures + texts} ${figures + texts === 1 ? 'change' : 'changes'} (figures ${figures}, texts ${texts})`,
    more: (figures) => `${figures} more ${figures === 1 ? 'figure' : 'figures'}: see the correction note of the report`,
  },
};

/** Changed figures shown with an act; the rest stands on the report's own page. */
const FIGURES_SHOWN = 5;
export const CORRECTIONS_PATH = '/corrections/';

/** What of the corrections was asked for, and the years there are. */
export interface ActsAsked {
  readonly query: ListQuery;
  readonly years: readonly number[];
}
const ALL_ACTS: ActsAsked = { query: { year: null, organ: '' }, years: [] };

/** Every correction, withdrawal and emergency of every organ, or of those asked for, newest first, with the reason given for it. */
export function renderCorrectionsPage(
  page: PageOf<ListedAct>,
  language: Language = 'zh',
  { query, years }: ActsAsked = ALL_ACTS,
  site?: SiteSign,
): Uint8Array {
  const words = WORDS[language];
  const { year, organ } = query;
  const isAll = year === null && organ === '';
  const address = (no: number): string => withQuery(CORRECTIONS_PATH, { year, organ, page: no === 1 ? null : no });
  return sitePage(
    {
      title: words.title,
      description: words.description,
      language,
      here: address(page.no),
      way: [HOME[language], { text: words.title }],
      menu: 'corrections',
      head: styleElement(noticeStyle),
      site,
    },
    h('h1', null, words.title),
    h('p', null, words.lead),
    askForm(CORRECTIONS_PATH, query, years, language),
    page.all === 0
      ? h('p', { class: 'empty' }, isAll ? words.none : words.noneAsked)
      : h(
          'ul',
          { class: 'acts' },
          page.items.map((act) => actView(act, language)),
        ),
    pagerView(page, (no) => inFrame(language, address(no)), language),
    isAll ? null : h('p', null, h('a', { href: inFrame(language, CORRECTIONS_PATH) }, words.all)),
    h('p', null, h('a', { href: '/data/corrections.csv' }, words.csv)),
  );
}

function actView(act: ListedAct, language: Language): ComponentChildren {
  const { organ, name, year, kind, edition, replaces, reason, figures, texts, isRatified, at } = act;
  const words = WORDS[language];
  const path = inFrame(language, publicPath(organ, year));
  const extent = kind === 'withdraw' || figures.length + texts === 0 ? '' : words.extent(figures.length, texts);
  const ratified = kind !== 'emergency' ? '' : isRatified ? words.ratified : words.notRatified;
  return h(
    'li',
    null,
    h('span', { class: `tag ${kind}` }, words.kinds[kind]),
    h(
      'div',
      null,
      h(
        'a',
        { href: kind === 'withdraw' ? path : `${path}v${edition}/` },
        h('span', { class: 'name', lang: 'zh-CN' }, name),
        ` ${words.about(year, edition)}`,
      ),
      h('p', { lang: 'zh-CN' }, reason),
      figuresView(act, words),
      h('span', null, dayView(at), ...[extent, ratified].filter((text) => text !== '').map((text) => ` · ${text}`)),
      kind === 'withdraw' || replaces === null
        ? null
        : h('span', null, '　', h('a', { href: `${path}v${replaces}/` }, words.before(replaces))),
    ),
  );
}

function figuresView({ figures }: ListedAct, words: CorrectionsWords): ComponentChildren {
  if (figures.length === 0) return null;
  const more = figures.length - FIGURES_SHOWN;
  return h(
    'ul',
    { class: 'changes' },
    figures
      .slice(0, FIGURES_SHOWN)
      .map(({ name, before, after }) =>
        h('li', { lang: 'zh-CN' }, name, '　', h('del', null, before ?? ''), ' → ', h('ins', null, after ?? '')),
      ),
    more <= 0 ? null : h('li', null, words.more(more)),
  );
}
