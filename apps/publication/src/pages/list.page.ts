import { type ComponentChildren, h } from 'preact';
import { askForm, type ListQuery } from './ask-form.page.js';
import { CORRECTIONS_PATH } from './corrections.page.js';
import { dateInChina } from './date-in-china.js';
import { HOME, inFrame, type Language } from './frame.page.js';
import { LIST_WORDS, type ListWords } from './list-words.js';
import { type ListedReport, listedReportView } from './listed-report.page.js';
import { type PageOf, pagerView, withQuery } from './pager.page.js';
import { SEARCH_PATH } from './search.page.js';
import { sitePage } from './site-frame.page.js';
import { contactOf, type SiteSign } from './site-tags.page.js';

/** How many reports of a year are public, and how many organs the directory names; null where nobody can say. */
export interface YearCount {
  readonly year: number;
  readonly published: number;
  readonly directory: {
    readonly organs: number;
    readonly version: number;
    readonly at: string;
    /** Of the organs in the directory, those whose report of the year is public. */
    readonly published: number;
    readonly missing: readonly string[];
  } | null;
}

/** What the front page shows. */
export interface ListView {
  readonly query: ListQuery;
  readonly years: readonly number[];
  readonly page: PageOf<ListedReport>;
  readonly count: YearCount | null;
  readonly unproved: number;
  readonly isWhole: boolean;
}

export const LIST_PATH = '/xxgk/ndbg/';
const MISSING_NAMED = 60;

/** The front page: everything public by year and organ, how many are due, and where the data is. */
export function renderListPage(
  { query, years, page, count, unproved, isWhole }: ListView,
  language: Language = 'zh',
  site?: SiteSign,
): Uint8Array {
  const words = LIST_WORDS[language];
  const title = words.title(query.year);
  const address = (no: number): string =>
    withQuery(inFrame(language, LIST_PATH), { year: query.year, organ: query.organ, page: no === 1 ? null : no });
  const isAll = query.year === null && query.organ === '';
  return sitePage(
    {
      title,
      description: words.description,
      language,
      here: withQuery(LIST_PATH, { year: query.year, organ: query.organ, page: page.no === 1 ? null : page.no }),
      way: [{ text: HOME[language].text }],
      menu: 'list',
      site,
    },
    h('h1', null, title),
    count === null ? null : countView(count, words),
    askForm(LIST_PATH, query, years, language),
    h('p', null, h('a', { href: inFrame(language, SEARCH_PATH) }, words.search[0]), words.search[1]),
    page.all === 0
      ? h(
          'p',
          { class: 'empty' },
          isAll ? words.nothing : words.none,
          isAll ? '' : [contactOf(site, language), ' ', elsewhere(query, language)],
        )
      : h(
          'ol',
          { class: 'reports', start: (page.no - 1) * PAGE_SIZE + 1 },
          page.items.map((report) => listedReportView(report, language)),
        ),
    pagerView(page, address, language),
    isWhole && unproved === 0
      ? null
      : h(
          'p',
          { class: 'empty', ...(isWhole ? {} : { 'data-unfinished': '' }) },
          isWhole ? '' : words.pending,
          unproved === 0 ? '' : words.unproved(unproved),
        ),
    h('p', null, words.data[0], h('a', { href: inFrame(language, '/data/') }, words.data[1]), words.data[2]),
  );
}

/** What was taken back is in no list of reports: where to look for it. */
function elsewhere({ year, organ }: ListQuery, language: Language): ComponentChildren {
  const href = withQuery(inFrame(language, CORRECTIONS_PATH), { year, organ });
  return h('a', { href }, LIST_WORDS[language].withdrawn);
}

/** Reports on one page. */
export const PAGE_SIZE = 40;

function countView({ year, published, directory }: YearCount, words: ListWords): ComponentChildren {
  const strong = (count: number): ComponentChildren => h('strong', null, count);
  if (directory === null) {
    const [before, after] = words.countAlone(year);
    return h(
      'div',
      { class: 'count' },
      h('p', null, before, strong(published), after),
      h('p', { class: 'fine' }, words.noDirectory),
    );
  }
  const { organs, version, at, missing } = directory;
  const [before, between, after] = words.count(year);
  return h(
    'div',
    { class: 'count' },
    h('p', null, before, strong(organs), between, strong(directory.published), after),
    h(
      'p',
      { class: 'fine' },
      words.directory(version, dateInChina(at)),
      published > directory.published ? words.beyond(published - directory.published) : '',
    ),
    missing.length === 0
      ? null
      : h(
          'details',
          null,
          h('summary', null, words.missing(missing.length)),
          h(
            'p',
            { lang: 'zh-CN' },
            missing.slice(0, MISSING_NAMED).join('、'),
            missing.length > MISSING_NAMED ? words.andMore : '',
          ),
        ),
  );
}
