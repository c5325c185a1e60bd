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

/** Links to the pages before and after; nothing when there is one page only. `addressOf`: the address of a page by its number. */
export function pagerView(
  { no, last, all }: Pick<PageOf<unknown>, 'no' | 'last' | 'all'>,
  addressOf: (no: number) => string,
): ComponentChildren {
  if (last === 1) return null;
  const link = (to: number, text: string, rel?: string): ComponentChildren =>
    to < 1 || to > last || to === no
      ? null
      : h('a', { href: addressOf(to), ...(rel === undefined ? {} : { rel }) }, text);
  return h(
    'nav',
    { class: 'pager', 'aria-label': '分页' },
    no > 2 ? link(1, '第一页') : null,
    link(no - 1, '上一页', 'prev'),
    h('span', null, `第 ${no} 页，共 ${last} 页、${all} 条`),
    link(no + 1, '下一页', 'next'),
    no < last - 1 ? link(last, '最后一页') : null,
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
