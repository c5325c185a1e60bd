import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import { publicPath } from '../domain/public-address.js';
import { dateInChina } from './date-in-china.js';
import type { Language } from './frame.page.js';
import type { PageFacts } from './page-facts.js';

const WORDS = {
  zh: {
    title: '引用本页',
    stays: '本版的固定网址，更正后内容不变：',
    present: '；始终是现行版本的网址：',
    end: '。',
  },
  en: {
    title: 'Cite this page',
    stays: 'The address of this edition, which stays the same after corrections: ',
    present: '; the address of whichever edition is present: ',
    end: '.',
  },
} as const;

/** How to cite this edition, and which of its addresses always shows it. The citation is in Chinese, by GB/T 7714—2015 for electronic documents. */
export function citationView(
  { organ, year, edition, report }: EditionDocument,
  { site, publishedAt }: PageFacts,
  language: Language = 'zh',
): ComponentChildren {
  const words = WORDS[language];
  const present = publicPath(organ.code, year);
  const own = `${present}v${edition}/`;
  const text = `${organ.name}. ${report.title}（第${edition}版）[EB/OL]. (${dateInChina(publishedAt)})[查阅日期]. ${site}${own}.`;
  // Written out for whoever copies it; followed within the site, wherever it is looked at from.
  const link = (path: string): ComponentChildren => h('a', { href: path }, `${site}${path}`);
  return h(
    'section',
    { class: 'note', 'aria-labelledby': 'cite' },
    h('h3', { id: 'cite' }, words.title),
    h('p', { lang: 'zh-CN' }, text),
    h('p', null, words.stays, link(own), words.present, link(present), words.end),
  );
}
