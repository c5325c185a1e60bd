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
import { proofView } from './proof.page.js';
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
  const offered = [filesView(edition, facts, base, language), proofView(edition, facts, language)];
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
    h('div', { lang: 'zh-CN' }, versionsView(edition, facts), language === 'zh' ? offered : null),
    language === 'zh' ? null : h('div', { lang: 'en' }, offered),
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
