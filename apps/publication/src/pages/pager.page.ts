import { type ComponentChildren, h } from 'preact';

/** One page of a list. `no` counts from 1; `last` is at least 1. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly no: number;
  readonly last: number;
  readonly all: number;
}

/** The page of a list with this number, or the nearest there is. */
export function pageOf<T>(all: readonly T[], wanted: number, size: number): PageOf<T> {
  const last = Math.max(1, Math.ceil(all.length / size));
  const no = Math.min(Math.max(1, wanted), last);
  return { items: all.slice((no - 1) * size, no * size), no, last, all: all.length };
}

interface PagerWords {
  readonly label: string;
  readonly first: string;
  readonly before: string;
  readonly next: string;
  readonly last: string;
  readonly where: (no: number, last: number, all: number) => string;
}

const WORDS: Readonly<Record<'zh' | 'en', PagerWords>> = {
  zh: {
    label: '分页',
    first: '第一页',
    before: '上一页',
    next: '下一页',
    last: '最后一页',
    where: (no, last, all) => `第 ${no} 页，共 ${last} 页、${all} 条`,
  },
  en: {
    label: 'Pages',
    first: 'First',
    before: 'Previous',
    next: 'Next',
    last: 'Last',
    where: (no, last, all) => `Page ${no} of ${last}, ${all} in all`,
  },
};

/** Links to the pages before and after; nothing when there is one page only. `addressOf`: the address of a page by its number. */
export function pagerView(
  { no, last, all }: Pick<PageOf<unknown>, 'no' | 'last' | 'all'>,
  addressOf: (no: number) => string,
  language: 'zh' | 'en' = 'zh',
): ComponentChildren {
  const words = WORDS[language];
  if (last === 1) return null;
  const link = (to: number, text: string, rel?: string): ComponentChildren =>
    to < 1 || to > last || to === no
      ? null
      : h('a', { href: addressOf(to), ...(rel === undefined ? {} : { rel }) }, text);
  return h(
    'nav',
    { class: 'pager', 'aria-label': words.label },
    no > 2 ? link(1, words.first) : null,
    link(no - 1, words.before, 'prev'),
    h('span', null, words.where(no, last, all)),
    link(no + 1, words.next, 'next'),
    no < last - 1 ? link(last, words.last) : null,
  );
}

/** An address with the parameters that say something. */
export function withQuery(path: string, parameters: Readonly<Record<string, string | number | null>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== null && value !== '') query.set(name, String(value));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
