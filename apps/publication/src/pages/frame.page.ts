import { type ComponentChildren, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { style } from './style.js';

/** The languages a frame is laid out in. Reports, names and reasons are in Chinese in either. */
export type Language = 'zh' | 'en';
export const LANGUAGES = ['zh', 'en'] as const;

/** The address of a page in a frame of this language, by its address in Chinese. */
export function inFrame(language: Language, path: string): string {
  return language === 'en' ? `/en${path}` : path;
}

/** The language of a text that is quoted in a frame, for whoever has it read aloud: names and titles are in Chinese in an English frame too. */
export function spoken(text: string, language: Language): { readonly lang?: 'zh-CN' } {
  return language === 'en' && /\p{Script=Han}/u.test(text) ? { lang: 'zh-CN' } : {};
}

/** What every public page has. `way`: the path from the front page here, the last step without an address; `here`: its address in the Chinese frame, when it has an English one too. */
export interface Frame {
  readonly title: string;
  readonly description: string;
  readonly way: readonly { readonly text: string; readonly href?: string }[];
  /** Further elements of the head: a second style element, feeds, a script of this site. */
  readonly head?: ComponentChildren;
  readonly footer?: string;
  /** Of the frame; Chinese when left out. */
  readonly language?: Language;
  readonly here?: string;
}

const FRAME = {
  zh: {
    html: 'zh-CN',
    site: '政府信息公开工作年度报告',
    skip: '跳到正文',
    way: '当前位置',
    other: 'English',
    accessibility: '无障碍说明',
    footer: '本站只发布经逐级签批的报告；页面不含脚本，不收集访问者信息。',
  },
  en: {
    html: 'en',
    site: 'Annual reports on open government information',
    skip: 'Skip to the text',
    way: 'You are here',
    other: '中文',
    accessibility: 'Accessibility',
    footer: 'Only reports signed off level by level are published here. No script, no record of readers.',
  },
} as const;

/** Where the site says how accessible it is, in Chinese. */
export const ACCESSIBILITY_PATH = '/accessibility/';

/** The first step of every way, in both languages. */
export const HOME = {
  zh: { text: '政府信息公开年度报告', href: '/xxgk/ndbg/' },
  en: { text: 'Annual reports', href: '/en/xxgk/ndbg/' },
} as const;

/** A style in the page itself. It is a constant of this program: nothing anybody typed is ever put in as markup. */
export function styleElement(text: string): ComponentChildren {
  return h('style', { dangerouslySetInnerHTML: { __html: text } });
}

/**
 * A whole HTML document in UTF-8. Text goes in as children only, so it is escaped by construction; no script, no foreign address.
 * The style element stands in the page; its hash is the one exception in the site's content security policy.
 */
export function htmlPage(frame: Frame, ...children: ComponentChildren[]): Uint8Array {
  const { language = 'zh', here } = frame;
  const words = FRAME[language];
  const otherLanguage = language === 'zh' ? 'en' : 'zh';
  const { html: otherLang } = FRAME[otherLanguage];
  const other = here === undefined ? null : inFrame(otherLanguage, here);
  const document = h(
    'html',
    { lang: words.html },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', null, frame.title),
      h('meta', { name: 'description', content: frame.description }),
      h('meta', { name: 'referrer', content: 'no-referrer' }),
      styleElement(style),
      frame.head,
    ),
    h(
      'body',
      null,
      h('a', { class: 'skip', href: '#main' }, words.skip),
      h(
        'header',
        { class: 'band' },
        h(
          'div',
          null,
          h('a', { href: HOME[language].href }, words.site),
          other === null
            ? null
            : h('a', { class: 'other', href: other, lang: otherLang, hrefLang: otherLang }, words.other),
        ),
      ),
      h(
        'nav',
        { class: 'way', 'aria-label': words.way },
        h(
          'ol',
          null,
          frame.way.map((one) => step(one, language)),
        ),
      ),
      h('main', { id: 'main' }, ...children),
      h(
        'footer',
        null,
        h('p', null, frame.footer ?? words.footer),
        h('p', null, h('a', { href: inFrame(language, ACCESSIBILITY_PATH) }, words.accessibility)),
      ),
    ),
  );
  return new TextEncoder().encode(`<!doctype html>\n${renderToString(document)}\n`);
}

function step({ text, href }: Frame['way'][number], language: Language): ComponentChildren {
  const said = spoken(text, language);
  return h(
    'li',
    null,
    href === undefined ? h('span', { 'aria-current': 'page', ...said }, text) : h('a', { href, ...said }, text),
  );
}
