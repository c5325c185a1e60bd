import { FEED_TITLE, type Feed } from './feed-entry.js';

/** The same feed as JSON Feed 1.1. */
export function jsonFeed({ origin, entries }: Feed): string {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: FEED_TITLE,
    language: 'zh-CN',
    home_page_url: `${origin}/xxgk/ndbg/`,
    feed_url: `${origin}/feeds/reports.json`,
    items: entries.map(({ id, url, title, organ, summary, category, at }) => ({
      id,
      url,
      title,
      content_text: summary,
      date_published: at,
      authors: [{ name: organ }],
      tags: [category],
    })),
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}
