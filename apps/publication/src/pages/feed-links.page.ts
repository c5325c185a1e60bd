import { type ComponentChildren, h } from 'preact';
import type { Language } from './frame.page.js';
import { withQuery } from './pager.page.js';

const TITLE = { zh: '年度报告：新发布、更正与撤回', en: 'Annual reports: new, corrected and withdrawn' } as const;

const FEEDS = [
  ['application/atom+xml', '/feeds/reports.atom'],
  ['application/feed+json', '/feeds/reports.json'],
] as const;

/**
 * The feeds a subscriber's program finds by the page it is given: of everything public, or of one organ. `origin`: of the public site, on pages that
 * are shown elsewhere too.
 */
export function feedLinks(
  language: Language,
  organ?: { readonly code: string; readonly name: string },
  origin = '',
): readonly ComponentChildren[] {
  const title =
    organ === undefined ? TITLE[language] : `${organ.name}${language === 'zh' ? '' : ' · '}${TITLE[language]}`;
  return FEEDS.map(([type, path]) => {
    const href = withQuery(`${origin}${path}`, { organ: organ?.code ?? null });
    return h('link', { rel: 'alternate', type, href, title });
  });
}
