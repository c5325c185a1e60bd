import { type ComponentChildren, h } from 'preact';
import { publicPath } from '../domain/public-address.js';
import type { Piece, ReportFind, ReportHit } from '../search/report-hits.js';
import { QUESTION_LENGTH } from '../search/search-question.js';
import { organField, yearField } from './ask-form.page.js';
import { dayView } from './day.page.js';
import { HOME, inFrame, type Language, spoken } from './frame.page.js';
import { type PageOf, pagerView, withQuery } from './pager.page.js';
import { SEARCH_WORDS, type SearchWords } from './search-words.js';
import { sitePage } from './site-frame.page.js';
import { contactOf, type SiteSign } from './site-tags.page.js';

/** One report a question found. `at`: since when this edition is public. */
export interface FoundReport extends ReportFind {
  readonly organCode: string;
  readonly year: number;
  readonly edition: number;
  readonly at: string;
}

/** What was asked, as it was typed. */
export interface AskedFor {
  readonly typed: string;
  readonly organ: string;
  readonly year: number | null;
}

/** What comes of it. `page.all` counts what was found, `page.items` what of it proved itself; `unproved`: what of this page did not. */
export type SearchOutcome =
  | { readonly state: 'unasked' }
  | { readonly state: 'refused'; readonly sentence: string }
  | {
      readonly state: 'found';
      readonly page: PageOf<FoundReport>;
      readonly isMore: boolean;
      readonly unproved: number;
    };

/** The whole page. `years`: those the form offers. */
export interface SearchView {
  readonly language: Language;
  readonly asked: AskedFor;
  readonly years: readonly number[];
  readonly outcome: SearchOutcome;
}

export const SEARCH_PATH = '/xxgk/ndbg/search/';
export const RESULTS_PATH = `${SEARCH_PATH}results.json`;

/** The search: a form that works without any script, and what it found, quoted from proven texts. */
export function renderSearchPage({ language, asked, years, outcome }: SearchView, site?: SiteSign): Uint8Array {
  const words = SEARCH_WORDS[language];
  const [before, behind] = words.titleAround;
  const title = asked.typed === '' ? words.title : `${before}${asked.typed}${behind}`;
  const query = (no = 1): Record<string, string | number | null> => ({
    q: asked.typed,
    organ: asked.organ,
    year: asked.year,
    page: no === 1 ? null : no,
  });
  const own = inFrame(language, SEARCH_PATH);
  const results = withQuery(RESULTS_PATH, query());
  return sitePage(
    {
      title,
      description: words.description,
      language,
      here: withQuery(SEARCH_PATH, query(outcome.state === 'found' ? outcome.page.no : 1)),
      way: [HOME[language], { text: words.title }],
      menu: 'search',
      site,
      head: [
        h('meta', { name: 'robots', content: 'noindex' }),
        asked.typed === '' ? null : h('link', { rel: 'alternate', type: 'application/json', href: results }),
      ],
    },
    asked.typed === ''
      ? h('h1', null, title)
      : h('h1', null, before, h('span', spoken(asked.typed, language), asked.typed), behind),
    formView(own, asked, years, words),
    outcomeView(outcome, words, language, contactOf(site, language)),
    outcome.state === 'found' ? pagerView(outcome.page, (no) => withQuery(own, query(no)), language) : null,
    h(
      'p',
      { class: 'english' },
      words.how,
      outcome.state === 'found' ? [' ', h('a', { href: results }, words.data)] : null,
    ),
  );
}

function formView(
  action: string,
  { typed, organ, year }: AskedFor,
  years: readonly number[],
  words: SearchWords,
): ComponentChildren {
  return h(
    'form',
    { class: 'ask', method: 'get', action, role: 'search' },
    h(
      'label',
      { class: 'wide' },
      words.ask,
      h('input', { name: 'q', type: 'search', value: typed, maxLength: QUESTION_LENGTH, autocomplete: 'off' }),
    ),
    organField(organ, words),
    yearField(year, years, words),
    h('button', { type: 'submit' }, words.send),
  );
}

function outcomeView(
  outcome: SearchOutcome,
  words: SearchWords,
  language: Language,
  contact: ComponentChildren,
): ComponentChildren {
  if (outcome.state === 'unasked') return null;
  if (outcome.state === 'refused') return h('p', { class: 'empty', role: 'status' }, outcome.sentence);
  const { page, isMore, unproved } = outcome;
  if (page.all === 0) return h('p', { class: 'empty', role: 'status' }, words.none, contact);
  return [
    h('p', { role: 'status' }, isMore ? words.more(page.all) : words.count(page.all)),
    h(
      'ol',
      { class: 'reports' },
      page.items.map((report) => reportView(report, words, language)),
    ),
    unproved === 0 ? null : h('p', { class: 'empty' }, words.unproved(unproved)),
  ];
}

function reportView(report: FoundReport, words: SearchWords, language: Language): ComponentChildren {
  const { organCode, year, edition, at, title, organ, hits } = report;
  const path = inFrame(language, publicPath(organCode, year));
  return h(
    'li',
    null,
    h('h2', { class: 'main', lang: 'zh-CN' }, h('a', { href: path }, title.map(pieceView))),
    h(
      'p',
      null,
      h('span', { lang: 'zh-CN' }, organ.map(pieceView)),
      ` · ${words.about(year, edition)} · `,
      dayView(at),
    ),
    hits.length === 0
      ? null
      : h(
          'ul',
          { class: 'hits' },
          hits.map((hit) => hitView(hit, path, words)),
        ),
  );
}

function hitView({ chapter, heading, pieces }: ReportHit, path: string, words: SearchWords): ComponentChildren {
  const place =
    chapter === null
      ? h('a', { href: path }, words.before)
      : h('a', { href: `${path}#chapter-${chapter}`, lang: 'zh-CN' }, heading);
  return h('li', null, place, h('p', { lang: 'zh-CN' }, pieces.map(pieceView)));
}

function pieceView({ text, hit }: Piece): ComponentChildren {
  return hit ? h('mark', null, text) : text;
}
