import { type ComponentChildren, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { style } from './style.js';

/** What every public page has. `way`: the path from the front page here, the last step without an address. */
export interface Frame {
  readonly title: string;
  readonly description: string;
  readonly way: readonly { readonly text: string; readonly href?: string }[];
  /** Further elements of the head: a second style element, feeds, a script of this site. */
  readonly head?: ComponentChildren;
  readonly footer?: string;
  /** Of the frame; Chinese when left out. */
  readonly language?: 'zh' | 'en';
}

const FRAME = {
  zh: ['跳到正文', '当前位置', '本站只发布经逐级签批的报告；页面不含脚本，不收集访问者信息。'],
  en: [
    'Skip to the text',
    'You are here',
    'Only reports signed off level by level are published here. No script, no record of readers.',
  ],
} as const;

/**
 * A whole HTML document in UTF-8. Text goes in as children only, so it is escaped by construction; no script, no foreign address.
 * The style element stands in the page; its hash is the one exception in the site's content security policy.
 */
export function htmlPage(frame: Frame, ...children: ComponentChildren[]): Uint8Array {
  const { language = 'zh' } = frame;
  const [skip, here, footer] = FRAME[language];
  const document = h(
    'html',
    { lang: language === 'en' ? 'en' : 'zh-CN' },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', null, frame.title),
      h('meta', { name: 'description', content: frame.description }),
      h('meta', { name: 'referrer', content: 'no-referrer' }),
      // The style is this program's own constant: nothing anybody typed is ever put in as markup.
      h('style', { dangerouslySetInnerHTML: { __html: style } }),
      frame.head,
    ),
    h(
      'body',
      null,
      h('a', { class: 'skip', href: '#main' }, skip),
      h(
        'header',
        { class: 'band' },
        h(
          'div',
          null,
          h('a', { href: '/xxgk/ndbg/' }, '政府信息公开工作年度报告'),
          h('span', { lang: 'en' }, 'Annual reports on open government information'),
        ),
      ),
      h('nav', { class: 'way', 'aria-label': here }, h('ol', null, frame.way.map(step))),
      h('main', { id: 'main' }, ...children),
      h('footer', null, frame.footer ?? footer),
    ),
  );
  return new TextEncoder().encode(`<!doctype html>\n${renderToString(document)}\n`);
}

function step({ text, href }: Frame['way'][number]): ComponentChildren {
  return h('li', null, href === undefined ? h('span', { 'aria-current': 'page' }, text) : h('a', { href }, text));
}
