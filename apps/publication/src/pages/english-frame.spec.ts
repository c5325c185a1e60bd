import { describe, expect, it } from '@jest/globals';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { isRefusal } from '#domain/decision';
import { type EditionDocument, parseEdition } from '#report/edition';
import type { PublicNotice } from '#report/notice/public-notice';
import { pageFacts } from '../../../../test/support/page-facts.js';
import { REASON, sampleContent } from '../../../../test/support/publication-files.js';
import { renderAccessibilityPage } from './accessibility.page.js';
import { renderCheckPage } from './check.page.js';
import { renderComparisonPage } from './comparison.page.js';
import { renderCorrectionsPage } from './corrections.page.js';
import { renderDataPage } from './data.page.js';
import type { Language } from './frame.page.js';
import { renderListPage } from './list.page.js';
import { renderMissingPage } from './missing.page.js';
import { renderOrganPage } from './organ.page.js';
import type { PageFacts } from './page-facts.js';
import { pageOf } from './pager.page.js';
import { renderReportPage } from './report.page.js';
import { renderReportText } from './report-text.page.js';
import { renderSearchPage } from './search.page.js';
import { renderWithdrawnPage } from './withdrawn.page.js';

const parsed = parseEdition(sampleContent());
if (isRefusal(parsed)) throw new Error(parsed.refused);
const edition: EditionDocument = { ...parsed, edition: 2 };
const { report, year, organ } = edition;
const at = '2026-01-20T01:00:00.000Z';
const change = { name: '表二 规章', before: '812', after: '821' };
const notice = (kind: PublicNotice['kind']): PublicNotice => ({
  schema: 'sunward.notice/1',
  kind,
  document: edition.document,
  edition: 2,
  replaces: 1,
  reason: REASON,
  changes: {
    cells: Array.from({ length: 14 }, (_, n) => ({ cell: `t2.${n}`, ...change, after: n === 3 ? null : change.after })),
    texts: [],
  },
});
const facts = (kind: 'correct' | 'emergency', ratifiedAt: string | null, isOld: boolean): PageFacts =>
  pageFacts({ kind, notice: notice(kind), newer: isOld ? { edition: 3, at } : null, ratifiedAt });
const act = (kind: PublicNotice['kind']) => ({
  organ: organ.code,
  name: organ.name,
  year,
  kind,
  edition: 2,
  replaces: 1,
  reason: REASON,
  figures: notice(kind).changes?.cells ?? [],
  texts: 1,
  isRatified: false,
  at,
});
const directory = { organs: 3, version: 2, at, published: 1, missing: ['教育局', '住建局'] };
const listed = {
  organ: organ.code,
  name: organ.name,
  year,
  edition: 2,
  title: report.title,
  at,
  how: 'correct',
  files: ['report.csv', 'report.docx', 'report.pdf', 'report.xlsx'],
} as const;
const SITE = { origin: 'http://localhost:3080', identity: { name: null, idCode: null, contact: '政务公开办公室' } };
const asked = { typed: '结转', organ: '', year: null };
const found = {
  organCode: organ.code,
  year,
  edition: 2,
  at,
  title: [{ text: report.title, hit: true }],
  organ: [{ text: '向阳区', hit: false }],
  hits: [{ kind: 'text' as const, chapter: 1, heading: '一、总体情况', pieces: [{ text: '结转', hit: true }] }],
};
const pageOfReport = (of: PageFacts, language: Language): Uint8Array =>
  renderReportPage(edition, of, renderReportText(report), language);

/** Every page of the public site in every state it says something of. */
const PAGES: Readonly<Record<string, (language: Language) => Uint8Array>> = {
  'the list': (language) =>
    renderListPage(
      {
        query: { year: 2020, organ: '' },
        years: [2020],
        page: pageOf(
          Array.from({ length: 60 }, () => listed),
          1,
          50,
        ),
        count: { year: 2020, published: 2, directory },
        unproved: 1,
        isWhole: false,
      },
      language,
    ),
  'an empty list': (language) =>
    renderListPage(
      {
        query: { year: null, organ: '' },
        years: [],
        page: pageOf([], 1, 50),
        count: { year: 2020, published: 0, directory: null },
        unproved: 0,
        isWhole: true,
      },
      language,
    ),
  'the corrections': (language) =>
    renderCorrectionsPage(pageOf([act('correct'), act('emergency'), act('withdraw')], 1, 2), language),
  'no corrections': (language) => renderCorrectionsPage(pageOf([], 1, 20), language),
  'corrections that were asked for': (language) =>
    renderCorrectionsPage(pageOf([], 1, 20), language, { query: { year: 2020, organ: '住建' }, years: [2020] }),
  'an organ': (language) =>
    renderOrganPage(
      { ...organ, organ: organ.code, reports: [listed, listed], withdrawn: [{ year: 2018, edition: 1, at }], acts: 2 },
      language,
      SITE,
    ),
  'an organ with nothing': (language) =>
    renderOrganPage({ ...organ, organ: organ.code, reports: [], withdrawn: [], acts: 0 }, language),
  'the accessibility': (language) => renderAccessibilityPage(SITE, language),
  'the data': (language) => renderDataPage([{ year: 2020, reports: 2, at }], 1, false, language),
  'the check page': (language) => renderCheckPage({ program: 'void 0', trust: '{}' }, language),
  'a page that is not there': (language) => renderMissingPage(404, language),
  'a page that cannot be shown': (language) => renderMissingPage(503, language),
  'a withdrawal': (language) =>
    renderWithdrawnPage(
      {
        organ,
        year: 2020,
        notice: notice('withdraw'),
        withdrawnAt: at,
      },
      language,
    ),
  'a comparison': (language) => renderComparisonPage(edition, [{ ...edition, year: 2019 }], language),
  'a comparison with nothing': (language) => renderComparisonPage(edition, [], language),
  'a corrected report that was replaced': (language) => pageOfReport(facts('correct', null, true), language),
  'an emergency': (language) => pageOfReport(facts('emergency', null, false), language),
  'a ratified emergency': (language) => pageOfReport(facts('emergency', at, false), language),
  'what was found': (language) =>
    renderSearchPage({
      language,
      asked,
      years: [2020],
      outcome: { state: 'found', page: pageOf([found, found], 1, 1), isMore: true, unproved: 1 },
    }),
};

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Texts of a page with the language whoever reads it aloud is told, style and programs left out. */
function textsOf(nodes: readonly Node[], lang: string): { readonly lang: string; readonly text: string }[] {
  return nodes.flatMap((node) => {
    if (node.nodeName === '#text' && 'value' in node)
      return node.value.trim() === '' ? [] : [{ lang, text: node.value }];
    if (!('tagName' in node) || ['head', 'style', 'script', 'template'].includes(node.tagName)) return [];
    const own = node.attrs.find(({ name }) => name === 'lang')?.value ?? lang;
    const spokenLabels = node.attrs
      .filter(({ name }) => name === 'aria-label')
      .map(({ value }) => ({ lang: own, text: value }));
    return [...spokenLabels, ...textsOf(node.childNodes, own)];
  });
}

const textsIn = (page: Uint8Array): { readonly lang: string; readonly text: string }[] =>
  textsOf(parse(new TextDecoder().decode(page)).childNodes, '');

describe('the frame', () => {
  it.each(Object.entries(PAGES))(
    'of %s is complete in English; only what is quoted is in Chinese, and says so',
    (_, layOut) => {
      const own = textsIn(layOut('en')).filter(({ lang }) => lang !== 'zh-CN');
      expect(own.length).toBeGreaterThan(5);
      for (const { text } of own) expect(text).not.toMatch(/\p{Script=Han}/u);
    },
  );

  it.each(Object.entries(PAGES))(
    'of %s in Chinese has no English in it but the link to the English one',
    (_, layOut) => {
      const foreign = textsIn(layOut('zh')).filter(({ lang }) => lang === 'en');
      expect(foreign.filter(({ text }) => text !== 'English')).toEqual([]);
    },
  );
});
