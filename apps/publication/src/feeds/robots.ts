/** What programs may read: everything but answers to questions, of which there is no end. Source: RFC 9309. */
export function robotsText(origin: string): string {
  return `User-agent: *\nDisallow: /xxgk/ndbg/search/?\nDisallow: /xxgk/ndbg/search/results.json\nDisallow: /en/xxgk/ndbg/search/?\nAllow: /\n\nSitemap: ${origin}/sitemap.xml\n`;
}
