import { xmlText } from './xml-text.js';

/** One address in a sitemap. `at`: when what stands there last changed, as an instant. */
export interface SitemapEntry {
  readonly url: string;
  readonly at: string | null;
}

/** Addresses in one file; the protocol allows 50,000 and 50 MB. Source: sitemaps.org. */
export const SITEMAP_SIZE = 20_000;

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** A sitemap of these addresses, at most `SITEMAP_SIZE`. */
export function sitemap(entries: readonly SitemapEntry[]): string {
  return `${HEAD}<urlset xmlns="${NAMESPACE}">\n${entries.map((entry) => elementOf('url', entry)).join('')}</urlset>\n`;
}

/** The list of the sitemaps at these addresses. */
export function sitemapIndex(entries: readonly SitemapEntry[]): string {
  return `${HEAD}<sitemapindex xmlns="${NAMESPACE}">\n${entries.map((entry) => elementOf('sitemap', entry)).join('')}</sitemapindex>\n`;
}

function elementOf(name: 'url' | 'sitemap', { url, at }: SitemapEntry): string {
  return `<${name}><loc>${xmlText(url)}</loc>${at === null ? '' : `<lastmod>${xmlText(at)}</lastmod>`}</${name}>\n`;
}
