import { h } from 'preact';
import { sitePage } from './site-frame.page.js';

/** What the check page carries with it. `program`: the verifier for browsers as a script; `trust`: the trust file's JSON. */
export interface CheckFacts {
  readonly program: string;
  readonly trust: string;
}

/**
 * The page on which a reader checks a report himself, whole in one file: program and anchors are in it, so a saved copy goes on
 * working without the site. Throws Error for a program that would end its own element.
 */
export function renderCheckPage({ program, trust }: CheckFacts): Uint8Array {
  if (/<\/script|<!--/i.test(program)) throw new Error('the program of the check page cannot stand in a page');
  return sitePage(
    {
      title: '核验一份报告',
      description: '在自己的浏览器里核验：谁在何时签批了哪些字节，页面上的数字是否就是所签的数字',
      way: [{ text: '政府信息公开年度报告', href: '/xxgk/ndbg/' }, { text: '核验' }],
      menu: 'check',
      footer:
        '核验在浏览器里进行，文件不会上传；本页脚本只读取本站公开的文件，不收集访问者信息。保存本页即可离线使用。',
    },
    h('h1', null, '核验一份报告', h('span', { lang: 'en', class: 'other' }, 'Check a report yourself')),
    h(
      'p',
      null,
      '程序在这台机器的浏览器里运行，从签名本身重新证明，不采信本站的任何说法。',
      h(
        'span',
        { lang: 'en', class: 'other' },
        'The program runs in your browser and proves everything from the signatures; it believes nothing this site says.',
      ),
    ),
    h(
      'noscript',
      null,
      h('p', { class: 'empty' }, '浏览器没有启用脚本。也可以下载报告页的 evidence.zip，解压后运行 node verify.mjs。'),
    ),
    h(
      'div',
      { id: 'check', 'data-trust': trust, hidden: true },
      h(
        'form',
        { id: 'by-address', class: 'ask' },
        h(
          'label',
          { class: 'wide' },
          '粘贴报告的网址',
          h('span', { lang: 'en' }, 'Paste the address of a report'),
          h('input', {
            id: 'address',
            type: 'text',
            inputMode: 'url',
            autocomplete: 'off',
            spellcheck: false,
            required: true,
          }),
        ),
        h('button', { type: 'submit' }, '核验 Check'),
      ),
      h(
        'div',
        { id: 'drop', class: 'drop' },
        h(
          'label',
          null,
          '或选择、拖入 evidence.zip（也可以是 evidence.json、report.json 等单个文件；自己保存的 trust.json 可一并选择）',
          h(
            'span',
            { lang: 'en' },
            'Or choose or drop evidence.zip or its files; a trust.json of your own may come along',
          ),
          h('input', { id: 'files', type: 'file', multiple: true, accept: '.zip,.json' }),
        ),
      ),
    ),
    h('section', { id: 'result', 'aria-live': 'polite', 'aria-label': '核验结果 Result' }),
    // This program's own build, never anything anybody typed; its hash is the one script the page's policy allows.
    h('script', { dangerouslySetInnerHTML: { __html: program } }),
  );
}
