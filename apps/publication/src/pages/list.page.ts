import { h } from 'preact';
import { publicPath } from '../domain/public-address.js';
import { htmlPage } from './frame.page.js';

/** One public report in the list. `name`: the organ as the report itself calls it. */
export interface ListedReport {
  readonly organ: string;
  readonly name: string;
  readonly year: number;
  readonly title: string;
}

/** The list of everything public, newest year first. */
export function renderListPage(reports: readonly ListedReport[]): Uint8Array {
  const sorted = reports.toSorted((a, b) => b.year - a.year || (a.organ < b.organ ? -1 : Number(a.organ > b.organ)));
  return htmlPage(
    {
      title: '政府信息公开工作年度报告',
      description: '已发布的政府信息公开工作年度报告',
      way: [{ text: '政府信息公开年度报告' }],
    },
    h('h1', null, '政府信息公开工作年度报告'),
    sorted.length === 0
      ? h('p', null, '目前还没有已发布的报告。报告经最后一级签发后会自动出现在这里。')
      : h(
          'ul',
          { class: 'years' },
          sorted.map(({ organ, name, year, title }) =>
            h(
              'li',
              null,
              h(
                'a',
                { href: publicPath(organ, year) },
                h('strong', null, title),
                h('span', null, `${name} · ${year}年`),
              ),
            ),
          ),
        ),
    h(
      'p',
      null,
      h('a', { href: '/corrections/' }, '全部更正与撤回'),
      h('span', { lang: 'en' }, ' Corrections and withdrawals'),
    ),
    h(
      'section',
      { class: 'english', lang: 'en', 'aria-label': 'English summary' },
      `Annual reports on open government information: ${sorted.length} published. Every report carries the signed bytes and their evidence.`,
    ),
  );
}
