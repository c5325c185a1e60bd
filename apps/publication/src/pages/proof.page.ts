import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import { publicPath } from '../domain/public-address.js';
import type { PageFacts } from './page-facts.js';

/** How anybody checks the report without believing this site, in steps from the easiest on. */
export function proofView(
  edition: EditionDocument,
  { site }: PageFacts,
  language: 'zh' | 'en' = 'zh',
): ComponentChildren {
  const command = h('code', null, `sunward verify ${site}${publicPath(edition.organ.code, edition.year)}`);
  const [title, promise, steps] = language === 'zh' ? inChinese(command) : inEnglish(command);
  return h(
    'section',
    { class: 'note', 'aria-labelledby': 'proof' },
    h('h3', { id: 'proof' }, title),
    h('p', null, promise),
    h(
      'ol',
      null,
      steps.map((step) => h('li', null, step)),
    ),
  );
}

type Steps = readonly [title: string, promise: string, steps: readonly ComponentChildren[]];

const TRUST = '/.well-known/sunward/trust.json';

function inChinese(command: ComponentChildren): Steps {
  return [
    '如何核验',
    '任何人都可以自行核对：本页内容与各级签批人所签的完全一致，此后未被改动。',
    [
      [
        '最省事：打开本站的',
        h('a', { href: '/check/' }, '核验页'),
        '，粘贴本页网址，核验在自己的浏览器里进行；全部报告的数据见',
        h('a', { href: '/data/' }, '数据下载'),
        '；',
      ],
      ['在装有 Sunward（向阳）的计算机上运行 ', command, '；'],
      '程序取回证据包，逐一验证签名、职务、环节顺序与内容摘要，列出由何岗位于何时签批；',
      ['也可以先下载 evidence.json 与 report.json，断网后核验；公钥见 ', h('a', { href: TRUST }, 'trust.json'), '。'],
    ],
  ];
}

function inEnglish(command: ComponentChildren): Steps {
  return [
    'How to check it',
    'Anybody can check that this page is exactly what was signed at every level, and that nothing was changed since.',
    [
      [
        'Easiest: open the ',
        h('a', { href: '/en/check/' }, 'check page'),
        ' of this site and paste the address of the report; it is checked in your own browser. The figures of all reports are under ',
        h('a', { href: '/en/data/' }, 'Data'),
        '.',
      ],
      ['On a computer with Sunward run ', command, '.'],
      'It fetches the evidence, verifies every signature, office, order of stages and digest, and lists which post signed and when.',
      [
        'Or download evidence.json and report.json first and check them offline; the public keys are in ',
        h('a', { href: TRUST }, 'trust.json'),
        '.',
      ],
    ],
  ];
}
