/** What programs may read: everything but answers to questions, of which there is no end. Source: RFC 9309. */
export function robotsText(origin: string): string {
  return `User-agent: *\nDisallow: /search/\nAllow: /\n\nSitemap: ${origin}/sitemap.xml\n`;
}
