import { h } from 'preact';
import { CHECK_WORDS } from './check-words.js';
import { HOME, type Language } from './frame.page.js';
import { sitePage } from './site-frame.page.js';
import type { SiteSign } from './site-tags.page.js';

/** What the check page carries with it. `program`: the verifier for browsers as a script; `trust`: the trust file's JSON. */
export interface CheckFacts {
  readonly program: string;
  readonly trust: string;
}

/**
 * The page on which a reader checks a report himself, whole in one file: program and anchors are in it, so a saved copy goes on
 * working without the site. Throws Error for a program that would end its own element.
 */
export function renderCheckPage(
  { program, trust }: CheckFacts,
  language: Language = 'zh',
  site?: SiteSign,
): Uint8Array {
  if (/<\/script|<!--/i.test(program)) throw new Error('the program of the check page cannot stand in a page');
  const words = CHECK_WORDS[language];
  return sitePage(
    {
      title: words.title,
      description: words.description,
      language,
      here: '/check/',
      way: [HOME[language], { text: words.step }],
      menu: 'check',
      site,
      footer: words.footer,
    },
    h('h1', null, words.title),
    h('p', null, words.lead),
    h('noscript', null, h('p', { class: 'empty' }, words.noScript)),
    h(
      'div',
      { id: 'check', 'data-trust': trust, 'data-language': language, hidden: true },
      h(
        'form',
        { id: 'by-address', class: 'ask' },
        h(
          'label',
          { class: 'wide' },
          words.paste,
          h('input', {
            id: 'address',
            type: 'text',
            inputMode: 'url',
            autocomplete: 'off',
            spellcheck: false,
            required: true,
          }),
        ),
        h('button', { type: 'submit' }, words.check),
      ),
      h(
        'div',
        { id: 'drop', class: 'drop' },
        h('label', null, words.choose, h('input', { id: 'files', type: 'file', multiple: true, accept: '.zip,.json' })),
        h('p', null, words.files),
      ),
    ),
    h('section', { id: 'result', 'aria-live': 'polite', 'aria-label': words.result }),
    // This program's own build, never anything anybody typed; its hash is the one script the page's policy allows.
    h('script', { dangerouslySetInnerHTML: { __html: program } }),
  );
}
