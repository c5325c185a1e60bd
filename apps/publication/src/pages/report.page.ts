import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import { formatById } from '#report/format';
import { chapterHeading } from '#report/model';
import { publicPath } from '../domain/public-address.js';
import { dateInChina } from './date-in-china.js';
import { displayView } from './display.page.js';
import { type Frame, htmlPage } from './frame.page.js';
import { filesView } from './files.page.js';
import type { PageFacts } from './page-facts.js';
import { addressOf, descriptionOf, indexNumber, pathOf, reportHead } from './report-head.page.js';
import { reportStyle } from './report-style.js';
import { FRAME_WORDS, type FrameWords } from './report-words.js';
import { noticeView, standingView, versionsView, versionText } from './standing.page.js';

/**
 * The public page of an edition: a pure function of the edition and the facts of its seal. `text` is the edition's
 * `renderReportText`, made ahead of time. `language`: of the frame; the report is in Chinese in either.
 */
export function renderReportPage(
  edition: EditionDocument,
  facts: PageFacts,
  text: string,
  language: 'zh' | 'en' = 'zh',
): Uint8Array {
  const { report } = edition;
  const words = FRAME_WORDS[language];
  const base = language === 'zh' ? './' : pathOf(edition, facts);
  const frame: Frame = {
    title: report.title,
    description: descriptionOf(edition),
    language,
    way: [{ text: words.column, href: '/xxgk/ndbg/' }, { text: `${edition.organ.name} ${edition.year}年` }],
    head: [h('style', { dangerouslySetInnerHTML: { __html: reportStyle } }), reportHead(edition, facts)],
  };
  return htmlPage(
    frame,
    displayView(language),
    h(
      'p',
      { class: 'printed' },
      `${words.printed} ${addressOf(edition, facts)} · 第${edition.edition}版 · SHA-256 ${facts.report.digest}`,
    ),
    h('h1', { 'data-text': 'title', lang: 'zh-CN' }, report.title),
    h('div', { lang: 'zh-CN' }, standingView(edition, facts)),
    factsView(edition, facts, words),
    h('div', { lang: 'zh-CN' }, noticeView(edition, facts)),
    contentsView(edition, facts, words),
    // Made by `renderReportText`, where every text went in as a child and was escaped.
    h('div', { class: 'report', lang: 'zh-CN', dangerouslySetInnerHTML: { __html: text } }),
    h(
      'div',
      { lang: 'zh-CN' },
      versionsView(edition, facts),
      filesView(edition, facts, base),
      proofView(edition, facts),
    ),
    englishView(edition, facts),
  );
}

function factsView(edition: EditionDocument, facts: PageFacts, words: FrameWords): ComponentChildren {
  const rows: readonly (readonly [keyof FrameWords['facts'], string])[] = [
    ['index', indexNumber(edition)],
    ['organ', edition.organ.name],
    ['column', words.columnName],
    ['year', String(edition.year)],
    ['signed', dateInChina(facts.signedAt)],
    ['published', dateInChina(facts.publishedAt)],
    ['way', words.active],
    ['validity', facts.newer === null ? words.valid : words.replaced],
    ['edition', versionText(edition, facts)],
    ['basis', formatById(edition.format)?.issued ?? edition.format],
    ['digest', facts.report.digest.slice(0, 16)],
  ];
  return h(
    'dl',
    { class: 'facts' },
    rows.map(([name, value]) => h('div', null, h('dt', null, words.facts[name]), h('dd', null, value))),
  );
}

function contentsView(edition: EditionDocument, facts: PageFacts, words: FrameWords): ComponentChildren {
  const path = publicPath(edition.organ.code, edition.year);
  const [text, lang] = words.other;
  const elsewhere = words.html === 'en' ? pathOf(edition, facts) : `/en${pathOf(edition, facts)}`;
  return h(
    'nav',
    { class: 'contents', 'aria-labelledby': 'contents' },
    h('h2', { id: 'contents' }, words.contents),
    h(
      'ol',
      null,
      edition.report.chapters.map((chapter) => entry(`#chapter-${chapter.no}`, chapterHeading(chapter))),
      entry('#files', words.files),
      entry(`${path}comparison.html`, words.comparison),
      h('li', null, h('a', { href: elsewhere, lang, hrefLang: lang }, text)),
    ),
  );
}

function entry(href: string, text: string): ComponentChildren {
  return h('li', null, h('a', { href }, text));
}

function proofView(edition: EditionDocument, { site }: PageFacts): ComponentChildren {
  const url = `${site}${publicPath(edition.organ.code, edition.year)}`;
  return h(
    'section',
    { class: 'note', 'aria-labelledby': 'proof' },
    h('h3', { id: 'proof' }, '如何核验'),
    h('p', null, '任何人都可以自行核对：本页内容与各级签批人所签的完全一致，此后未被改动。'),
    h(
      'ol',
      null,
      h(
        'li',
        null,
        '最省事：打开本站的',
        h('a', { href: '/check/' }, '核验页'),
        '，粘贴本页网址，核验在自己的浏览器里进行；全部报告的数据见',
        h('a', { href: '/data/' }, '数据下载'),
        '；',
      ),
      h('li', null, '在装有 Sunward（向阳）的计算机上运行 ', h('code', null, `sunward verify ${url}`), '；'),
      h('li', null, '程序取回证据包，逐一验证签名、职务、环节顺序与内容摘要，列出由何岗位于何时签批；'),
      h(
        'li',
        null,
        '也可以先下载 evidence.json 与 report.json，断网后核验；公钥见 ',
        h('a', { href: '/.well-known/sunward/trust.json' }, 'trust.json'),
        '。',
      ),
    ),
  );
}

function englishView(edition: EditionDocument, { site }: PageFacts): ComponentChildren {
  const url = `${site}${publicPath(edition.organ.code, edition.year)}`;
  return h(
    'section',
    { class: 'english', lang: 'en', 'aria-label': 'English summary' },
    `Annual report on open government information, ${edition.year}, edition ${edition.edition}. `,
    'The Chinese text is the statutory text. The files above are the exact bytes that were signed, ' +
      'and the signatures; check them yourself with ',
    h('code', null, `sunward verify ${url}`),
    '.',
  );
}
