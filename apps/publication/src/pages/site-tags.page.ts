import { type ComponentChildren, h } from 'preact';
import { inFrame, type Language, spoken } from './frame.page.js';
import type { SiteIdentity } from './page-facts.js';

/** What pages say of the site they belong to. `origin`: of the public site. */
export interface SiteSign {
  readonly origin: string;
  readonly identity: SiteIdentity;
}

/** The column all reports stand in, as government sites name it, and the part of a site it belongs to: a type that repeats the name says nothing. */
export const COLUMN = '政府信息公开年报';
const COLUMN_TYPE = '政府信息公开';
export const KEYWORDS = ['政府信息公开', '年度报告', '依申请公开'] as const;

const LANGUAGES_OF = [
  ['zh-CN', 'zh'],
  ['en', 'en'],
  ['x-default', 'zh'],
] as const;

/**
 * The tags every page of a government site must carry, and those of a column (国办发〔2017〕47号). Site, domain and identification code come from one
 * record, the configuration of the site; what is not configured is left out, never guessed.
 */
export function siteTags({ origin, identity }: SiteSign, isColumn: boolean): readonly ComponentChildren[] {
  const tags: readonly (readonly [string, string | null])[] = [
    ['SiteName', identity.name],
    ['SiteDomain', new URL(origin).hostname],
    ['SiteIDCode', identity.idCode],
    ...(isColumn
      ? ([
          ['ColumnName', COLUMN],
          ['ColumnDescription', '各机关依法公布的政府信息公开工作年度报告'],
          ['ColumnKeywords', KEYWORDS.join(',')],
          ['ColumnType', COLUMN_TYPE],
        ] as const)
      : []),
  ];
  return tags.flatMap(([name, content]) => (content === null ? [] : [h('meta', { name, content })]));
}

/** Where a page stands, and where it stands in each language, for search engines. `path`: its address in Chinese. */
export function placeLinks(origin: string, path: string, language: Language): readonly ComponentChildren[] {
  return [
    h('link', { rel: 'canonical', href: `${origin}${inFrame(language, path)}` }),
    ...LANGUAGES_OF.map(([hrefLang, frame]) =>
      h('link', { rel: 'alternate', hrefLang, href: `${origin}${inFrame(frame, path)}` }),
    ),
  ];
}

const ASK = { zh: '也可以询问：', en: ' Or ask: ' } as const;

/** Whom to ask, behind a sentence that says what was not found; nothing where no contact is configured. */
export function contactOf(site: SiteSign | undefined, language: Language): ComponentChildren {
  const contact = site?.identity.contact ?? null;
  return contact === null ? null : [ASK[language], h('span', spoken(contact, language), contact)];
}
