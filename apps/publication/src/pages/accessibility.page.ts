import { type ComponentChildren, h } from 'preact';
import { ACCESSIBILITY_WORDS } from './accessibility-words.js';
import { ACCESSIBILITY_PATH, HOME, type Language, spoken } from './frame.page.js';
import { sitePage } from './site-frame.page.js';
import type { SiteSign } from './site-tags.page.js';

/** What the site says of its own accessibility: standards, what is there, how it is tried, what is missing, and whom to tell. */
export function renderAccessibilityPage(site: SiteSign, language: Language = 'zh'): Uint8Array {
  const words = ACCESSIBILITY_WORDS[language];
  const [before, contact, after] = words.whom(site.identity.contact);
  return sitePage(
    {
      title: words.title,
      description: words.description,
      language,
      here: ACCESSIBILITY_PATH,
      way: [HOME[language], { text: words.title }],
      menu: null,
      site,
    },
    h('h1', null, words.title),
    h('p', null, words.lead),
    listView(words.there, words.has),
    listView(words.tried, words.how),
    listView(words.gaps, words.lacks),
    h('h2', null, words.ask),
    h('p', null, before, h('span', spoken(contact, language), contact), after),
  );
}

function listView(title: string, points: readonly string[]): ComponentChildren {
  return [
    h('h2', null, title),
    h(
      'ul',
      null,
      points.map((point) => h('li', null, point)),
    ),
  ];
}
