import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import { publicPath } from '../domain/public-address.js';
import { dateInChina, timeInChina } from './date-in-china.js';
import type { PageFacts } from './page-facts.js';

const COLUMN = '政府信息公开年报';
const KEYWORDS = ['政府信息公开', '年度报告', '依申请公开'];

/**
 * What machines read of a report: the tags government sites must carry (国办发〔2017〕47号), Dublin Core, and schema.org as JSON-LD. Site, domain and
 * identification code come from one record, the configuration of the site; what is not configured is left out, never guessed.
 */
export function reportHead(edition: EditionDocument, facts: PageFacts): ComponentChildren {
  const url = addressOf(edition, facts);
  const { report, organ, year } = edition;
  const tags: readonly (readonly [string, string | null])[] = [
    ['SiteName', facts.identity.name],
    ['SiteDomain', new URL(facts.site).hostname],
    ['SiteIDCode', facts.identity.idCode],
    ['ColumnName', COLUMN],
    ['ColumnDescription', '各机关依法公布的政府信息公开工作年度报告'],
    ['ColumnKeywords', KEYWORDS.join(',')],
    ['ColumnType', '政府信息公开年报'],
    ['ArticleTitle', report.title],
    ['PubDate', timeInChina(facts.publishedAt)],
    ['ContentSource', organ.name],
    ['Keywords', [...KEYWORDS, organ.name, String(year)].join(',')],
    ['Author', organ.name],
    ['Description', descriptionOf(edition)],
    ['Url', url],
    ['DC.title', report.title],
    ['DC.creator', organ.name],
    ['DC.publisher', organ.name],
    ['DC.date', dateInChina(facts.publishedAt)],
    ['DC.identifier', url],
    ['DC.language', 'zh-CN'],
    ['DC.type', 'Text'],
    ['DC.format', 'text/html'],
  ];
  return [
    ...tags.flatMap(([name, content]) => (content === null ? [] : [h('meta', { name, content })])),
    h('link', { rel: 'canonical', href: url }),
    h('link', { rel: 'alternate', hrefLang: 'en', href: `${facts.site}/en${pathOf(edition, facts)}` }),
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
  const types: Readonly<Record<string, string>> = { csv: 'text/csv', pdf: 'application/pdf' };
  const distribution = facts.derived.map(({ name, sizeBytes, digest }) => ({
    '@type': 'DataDownload',
    contentUrl: `${url}${name}`,
    encodingFormat: types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
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
    datePublished: dateInChina(facts.publishedAt),
    temporalCoverage: `${year}-01-01/${year}-12-31`,
    isAccessibleForFree: true,
    creator: { '@type': 'GovernmentOrganization', name: organ.name },
    publisher: { '@type': 'GovernmentOrganization', name: organ.name },
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
