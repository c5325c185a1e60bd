import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import { publicPath } from '../domain/public-address.js';
import { dateInChina, timeInChina } from './date-in-china.js';
import { feedLinks } from './feed-links.page.js';
import type { Language } from './frame.page.js';
import type { PageFacts } from './page-facts.js';
import { KEYWORDS, placeLinks, siteTags } from './site-tags.page.js';

/** Media types of the files beside a report, by ending. */
const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  json: 'application/json',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * What machines read of a report: the tags government sites must carry, Dublin Core, and schema.org as JSON-LD. `language`: of the frame; the address
 * of the report is the one in Chinese in either.
 */
export function reportHead(
  edition: EditionDocument,
  facts: PageFacts,
  language: Language = 'zh',
): readonly ComponentChildren[] {
  const url = addressOf(edition, facts);
  const { report, organ, year } = edition;
  const { publishedAt, firstPublishedAt } = facts;
  const published = firstPublishedAt ?? publishedAt;
  const tags: readonly (readonly [string, string])[] = [
    ['ArticleTitle', report.title],
    ['PubDate', timeInChina(published)],
    ['ContentSource', organ.name],
    ['Keywords', [...KEYWORDS, organ.name, String(year)].join(',')],
    ['Author', organ.name],
    ['Description', descriptionOf(edition)],
    ['Url', url],
    ['DC.title', report.title],
    ['DC.creator', organ.name],
    ['DC.publisher', organ.name],
    ['DC.date', dateInChina(published)],
    ...(firstPublishedAt === null ? [] : ([['DCTERMS.modified', dateInChina(publishedAt)]] as const)),
    ['DC.identifier', url],
    ['DC.language', 'zh-CN'],
    ['DC.type', 'Text'],
    ['DC.format', 'text/html'],
  ];
  return [
    ...siteTags({ origin: facts.site, identity: facts.identity }, true),
    ...tags.map(([name, content]) => h('meta', { name, content })),
    ...placeLinks(facts.site, pathOf(edition, facts), language),
    ...feedLinks(language, organ, facts.site),
    h('link', { rel: 'alternate', type: 'application/json', href: `${url}report.json` }),
    // Data, not a program: browsers run no script of this type, and the content security policy lets none run.
    h('script', {
      type: 'application/ld+json',
      dangerouslySetInnerHTML: { __html: dataBlock(jsonLd(edition, facts, url)) },
    }),
  ];
}

/** One sentence about the page, for search engines. */
export function descriptionOf({ organ, year, edition }: EditionDocument): string {
  return `${organ.name}${year}年政府信息公开工作年度报告（第${edition}版）`;
}

/** The path of an edition: the report's while it is the present one, else its own. */
export function pathOf({ organ, year, edition }: EditionDocument, { newer }: Pick<PageFacts, 'newer'>): string {
  return `${publicPath(organ.code, year)}${newer === null ? '' : `v${edition}/`}`;
}

/** The whole address of an edition. */
export function addressOf(edition: EditionDocument, facts: Pick<PageFacts, 'newer' | 'site'>): string {
  return `${facts.site}${pathOf(edition, facts)}`;
}

function jsonLd(edition: EditionDocument, facts: PageFacts, url: string): unknown {
  const { report, organ, year } = edition;
  const files = [...facts.derived, { name: 'report.json', ...facts.report }];
  const distribution = files.map(({ name, sizeBytes, digest }) => ({
    '@type': 'DataDownload',
    contentUrl: `${url}${name}`,
    encodingFormat: TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    contentSize: `${sizeBytes} B`,
    sha256: digest,
  }));
  return {
    '@context': 'https://schema.org',
    '@type': ['Report', 'Dataset'],
    name: report.title,
    description: descriptionOf(edition),
    inLanguage: 'zh-CN',
    url,
    identifier: indexNumber(edition),
    version: String(edition.edition),
    datePublished: dateInChina(facts.firstPublishedAt ?? facts.publishedAt),
    ...(facts.firstPublishedAt === null ? {} : { dateModified: dateInChina(facts.publishedAt) }),
    temporalCoverage: `${year}-01-01/${year}-12-31`,
    isAccessibleForFree: true,
    creator: { '@type': 'GovernmentOrganization', name: organ.name },
    publisher: { '@type': 'GovernmentOrganization', name: organ.name },
    includedInDataCatalog: { '@type': 'DataCatalog', url: `${facts.site}/data/` },
    // The note on the page itself: why, and what stood before.
    ...(facts.notice?.replaces == null ? {} : { correction: `${url}#correction` }),
    distribution,
  };
}

/** The report's index number: organ, column and year, the same for all its editions. */
export function indexNumber({ organ, year }: EditionDocument): string {
  return `${organ.code}/ndbg/${year}`;
}

// Nothing in it can end the element or begin another: every `<`, `>` and `&` is written as an escape of JSON.
function dataBlock(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
