import { type Feed, type FeedEntry, feedPlace } from './feed-entry.js';
import { xmlText } from './xml-text.js';

/** The feed as Atom 1.0 (RFC 4287). A feed without entries was last changed when time began, so that its bytes stay the same. */
export function atomFeed(feed: Feed): string {
  const { origin, entries } = feed;
  const { title, self, page } = feedPlace(feed, '/feeds/reports.atom');
  const updated = entries[0]?.at ?? new Date(0).toISOString();
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
  <id>${xmlText(self)}</id>
  <title>${xmlText(title)}</title>
  <updated>${xmlText(updated)}</updated>
  <author><name>${xmlText(new URL(origin).hostname)}</name></author>
  <link rel="self" type="application/atom+xml" href="${xmlText(self)}"/>
  <link rel="alternate" type="text/html" href="${xmlText(page)}"/>
${entries.map(entryOf).join('')}</feed>
`;
}

function entryOf({ id, url, title, organ, summary, category, at }: FeedEntry): string {
  return `  <entry>
    <id>${xmlText(id)}</id>
    <title>${xmlText(title)}</title>
    <updated>${xmlText(at)}</updated>
    <published>${xmlText(at)}</published>
    <author><name>${xmlText(organ)}</name></author>
    <category term="${category}"/>
    <link rel="alternate" type="text/html" href="${xmlText(url)}"/>
    <summary>${xmlText(summary)}</summary>
  </entry>
`;
}
