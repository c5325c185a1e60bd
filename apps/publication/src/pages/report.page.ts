import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import { formatById } from '#report/format';
import { chapterHeading } from '#report/model';
import { organPath, publicPath } from '../domain/public-address.js';
import { citationView } from './citation.page.js';
import { contactView } from './contact.page.js';
import { dateInChina } from './date-in-china.js';
import { displayView } from './display.page.js';
import { type Frame, HOME, htmlPage, inFrame, type Language, spoken, styleElement } from './frame.page.js';
import { filesView } from './files.page.js';
import { noticeStyle } from './notice-style.js';
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
  language: Language = 'zh',
): Uint8Array {
  const { report } = edition;
  const words = FRAME_WORDS[language];
  const base = language === 'zh' ? './' : pathOf(edition, facts);
  const offered = [
    filesView(edition, facts, base, language),
    citationView(edition, facts, language),
    proofView(edition, facts, language),
  ];
  const frame: Frame = {
    title: report.title,
    description: descriptionOf(edition),
    language,
    here: pathOf(edition, facts),
    way: [
      HOME[language],
      { text: edition.organ.name, href: inFrame(language, organPath(edition.organ.code)) },
      { text: language === 'zh' ? `${edition.year}年` : String(edition.year) },
    ],
    head: [
      styleElement(reportStyle),
      // Most reports were never corrected.
      facts.notice?.replaces == null ? null : styleElement(noticeStyle),
      reportHead(edition, facts, language),
    ],
  };
  return htmlPage(
    frame,
    displayView(language),
    h(
      'p',
      { class: 'printed' },
      `${words.printed} ${addressOf(edition, facts)} · ${versionText(edition, facts, language)} · SHA-256 ${facts.report.digest}`,
    ),
    h('h1', { 'data-text': 'title', lang: 'zh-CN' }, titleView(report.title)),
    standingView(edition, facts, language),
    factsView(edition, facts, language),
    noticeView(edition, facts, language),
    contentsView(edition, language),
    // Made by `renderReportText`, where every text went in as a child and was escaped.
    h('div', { class: 'report', lang: 'zh-CN', dangerouslySetInnerHTML: { __html: text } }),
    contactView(edition.report, language),
    versionsView(edition, facts, language),
    offered,
  );
}

/** Where a title takes two lines, the second begins with its statutory words, not in the middle of one. */
function titleView(title: string): ComponentChildren {
  const at = title.lastIndexOf('政府信息公开工作年度报告');
  return at <= 0 ? title : [title.slice(0, at), title.slice(at)].map((part) => h('span', null, part));
}

function factsView(edition: EditionDocument, facts: PageFacts, language: Language): ComponentChildren {
  const words = FRAME_WORDS[language];
  const rows: readonly (readonly [keyof FrameWords['facts'], string])[] = [
    ['index', indexNumber(edition)],
    ['organ', edition.organ.name],
    ['column', words.columnName],
    ['year', String(edition.year)],
    ...datesOf(facts, words),
    ['way', words.active],
    ['validity', facts.newer === null ? words.valid : words.replaced],
    ['edition', versionText(edition, facts, language)],
    ['basis', formatById(edition.format)?.issued ?? edition.format],
    ['digest', facts.report.digest.slice(0, 16)],
  ];
  return h(
    'dl',
    { class: 'facts' },
    rows.map(([name, value]) =>
      h('div', null, h('dt', null, words.facts[name]), h('dd', spoken(value, language), value)),
    ),
  );
}

// An edition after the first has three days that could be taken for one another, so each says whose it is.
function datesOf(
  { signedAt, publishedAt, firstPublishedAt }: PageFacts,
  { ofThis, ofFirst }: FrameWords,
): readonly (readonly [keyof FrameWords['facts'], string])[] {
  const [signed, published] = [dateInChina(signedAt), dateInChina(publishedAt)];
  if (firstPublishedAt === null)
    return [
      ['signed', signed],
      ['published', published],
    ];
  return [
    ['published', ofFirst(dateInChina(firstPublishedAt))],
    ['signed', ofThis(signed)],
    ['corrected', published],
  ];
}

function contentsView(edition: EditionDocument, language: Language): ComponentChildren {
  const words = FRAME_WORDS[language];
  const path = inFrame(language, publicPath(edition.organ.code, edition.year));
  return h(
    'nav',
    { class: 'contents', 'aria-labelledby': 'contents' },
    h('h2', { id: 'contents' }, words.contents),
    h(
      'ol',
      null,
      edition.report.chapters.map((chapter) => entry(`#chapter-${chapter.no}`, chapterHeading(chapter), 'zh-CN')),
      entry('#files', words.files),
      entry(`${path}comparison.html`, words.comparison),
    ),
  );
}

function entry(href: string, text: string, lang?: string): ComponentChildren {
  return h('li', null, h('a', { href, ...(lang === undefined ? {} : { lang }) }, text));
}
