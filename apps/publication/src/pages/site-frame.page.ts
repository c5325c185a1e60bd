import { type ComponentChildren, h } from 'preact';
import { feedLinks } from './feed-links.page.js';
import { type Frame, htmlPage, inFrame, type Language, styleElement } from './frame.page.js';
import { siteStyle } from './site-style.js';
import { placeLinks, type SiteSign, siteTags } from './site-tags.page.js';

/** The pages around the reports, by the name their entry in the menu has. */
const MENU = [
  { id: 'list', href: '/xxgk/ndbg/', zh: '年度报告', en: 'Reports' },
  { id: 'search', href: '/xxgk/ndbg/search/', zh: '全文搜索', en: 'Search' },
  { id: 'data', href: '/data/', zh: '数据下载', en: 'Data' },
  { id: 'check', href: '/check/', zh: '核验', en: 'Check' },
  { id: 'corrections', href: '/corrections/', zh: '更正与撤回', en: 'Corrections' },
] as const;
type MenuId = (typeof MENU)[number]['id'];

/** What a page around the reports is: its entry in the menu, and whatever a page has. */
export interface SiteFrame extends Frame {
  readonly menu: MenuId | null;
  /** What it says of the site and of its own place in it; nothing when left out. */
  readonly site?: SiteSign | undefined;
}

/** A page around the reports: the frame of every page, the menu, and the feeds for whoever subscribes. */
export function sitePage({ menu, site, ...frame }: SiteFrame, ...children: ComponentChildren[]): Uint8Array {
  const language = frame.language ?? 'zh';
  const head = [
    styleElement(siteStyle),
    frame.head,
    ...feedLinks(language),
    ...(site === undefined ? [] : siteTags(site, menu === 'list')),
    ...(site === undefined || frame.here === undefined ? [] : placeLinks(site.origin, frame.here, language)),
  ];
  return htmlPage({ ...frame, head }, h(Menu, { at: menu, language }), ...children);
}

function Menu({ at, language }: { readonly at: MenuId | null; readonly language: Language }): ComponentChildren {
  return h(
    'nav',
    { class: 'menu', 'aria-label': language === 'en' ? 'This site' : '站内' },
    MENU.map(({ id, href, ...text }) =>
      h(
        'a',
        { href: inFrame(language, href), ...(id === at ? { 'aria-current': 'page' as const } : {}) },
        text[language],
      ),
    ),
  );
}
