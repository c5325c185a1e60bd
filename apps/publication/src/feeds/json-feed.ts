import { type Feed, feedPlace } from './feed-entry.js';

/** The same feed as JSON Feed 1.1. */
export function jsonFeed(of: Feed): string {
  const { title: name, self, page } = feedPlace(of, '/feeds/reports.json');
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: name,
    language: 'zh-CN',
    home_page_url: page,
    feed_url: self,
    items: of.entries.map(({ id, url, title, organ, summary, category, at }) => ({
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
