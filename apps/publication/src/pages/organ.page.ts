import { type ComponentChildren, h } from 'preact';
import { organPath, publicPath } from '../domain/public-address.js';
import { CORRECTIONS_PATH } from './corrections.page.js';
import { dayView } from './day.page.js';
import { feedLinks } from './feed-links.page.js';
import { HOME, inFrame, type Language } from './frame.page.js';
import { type ListedReport, listedReportView } from './listed-report.page.js';
import { withQuery } from './pager.page.js';
import { sitePage } from './site-frame.page.js';
import type { SiteSign } from './site-tags.page.js';

/** A year whose report was taken back and has no successor. `at`: since when. */
export interface WithdrawnYear {
  readonly year: number;
  readonly edition: number;
  readonly at: string;
}

/** Everything public of one organ, newest year first. `acts`: how many corrections, withdrawals and emergencies the public was told of. */
export interface OrganView {
  readonly organ: string;
  readonly name: string;
  readonly reports: readonly ListedReport[];
  readonly withdrawn: readonly WithdrawnYear[];
  readonly acts: number;
}

interface OrganWords {
  readonly description: (name: string) => string;
  readonly lead: (reports: number) => string;
  readonly nothing: string;
  readonly comparison: string;
  readonly withdrawn: string;
  readonly withdrawnYear: (year: number, edition: number) => string;
  readonly acts: (acts: number) => string;
  readonly feed: string;
}

const WORDS: Readonly<Record<Language, OrganWords>> = {
  zh: {
    description: (name) => `${name}历年政府信息公开工作年度报告`,
    lead: (reports) => `历年政府信息公开工作年度报告，已公开 ${reports} 份，年度近的在前。`,
    nothing: '这个单位目前没有公开的年度报告。',
    comparison: '主要数据与往年对比',
    withdrawn: '已撤回',
    withdrawnYear: (year, edition) => `${year}年度报告（第${edition}版）`,
    acts: (acts) => `更正、撤回与应急公开（${acts} 次）`,
    feed: '订阅这个单位的新发布、更正与撤回（Atom）',
  },
  en: {
    description: (name) => `The annual reports of ${name}`,
    lead: (reports) => `Annual reports on open government information, ${reports} published, the latest year first.`,
    nothing: 'No annual report of this office is public now.',
    comparison: 'Main figures compared with earlier years',
    withdrawn: 'Withdrawn',
    withdrawnYear: (year, edition) => `report of ${year} (edition ${edition})`,
    acts: (acts) => `Corrections, withdrawals and emergency publications (${acts})`,
    feed: 'Subscribe to what this office publishes, corrects and withdraws (Atom)',
  },
};

/** The page of an organ: its reports of all years, and what became of those that are no longer there. */
export function renderOrganPage(view: OrganView, language: Language = 'zh', site?: SiteSign): Uint8Array {
  const { organ, name, reports, withdrawn, acts } = view;
  const words = WORDS[language];
  const [latest] = reports;
  const own = withQuery(inFrame(language, CORRECTIONS_PATH), { organ });
  return sitePage(
    {
      title: name,
      description: words.description(name),
      language,
      here: organPath(organ),
      way: [HOME[language], { text: name }],
      menu: 'list',
      site,
      head: feedLinks(language, { code: organ, name }),
    },
    h('h1', { lang: 'zh-CN' }, name),
    h('p', null, reports.length === 0 ? words.nothing : words.lead(reports.length)),
    reports.length === 0
      ? null
      : h(
          'ol',
          { class: 'reports' },
          reports.map((report) => listedReportView(report, language, true)),
        ),
    withdrawn.length === 0 ? null : withdrawnView(view, language),
    latest === undefined || reports.length === 1
      ? null
      : link(inFrame(language, `${publicPath(organ, latest.year)}comparison.html`), words.comparison),
    acts === 0 ? null : link(own, words.acts(acts)),
    link(withQuery('/feeds/reports.atom', { organ }), words.feed),
  );
}

function withdrawnView({ organ, withdrawn }: OrganView, language: Language): ComponentChildren {
  const words = WORDS[language];
  return [
    h('h2', { id: 'withdrawn' }, words.withdrawn),
    h(
      'ul',
      null,
      withdrawn.map(({ year, edition, at }) =>
        h(
          'li',
          null,
          h('a', { href: inFrame(language, publicPath(organ, year)) }, words.withdrawnYear(year, edition)),
          ' · ',
          dayView(at),
        ),
      ),
    ),
  ];
}

function link(href: string, text: string): ComponentChildren {
  return h('p', null, h('a', { href }, text));
}
