import type { NoticeKind } from '#report/notice/public-notice';
import { organPath, publicPath } from '../domain/public-address.js';

/** One thing a subscriber hears of: an edition that became public, or that one was taken back. */
export interface FeedEntry {
  /** The same for ever for the same act, also when the site moves: a tag URI (RFC 4151). */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly organ: string;
  readonly summary: string;
  readonly category: 'publish' | NoticeKind;
  readonly at: string;
}

/** What a feed is made of. `origin`: of the public site; `organ`: the code of the one it is about, of all when left out. */
export interface Feed {
  readonly origin: string;
  readonly organ?: { readonly code: string; readonly name: string };
  readonly entries: readonly FeedEntry[];
}

/** What is known of an act before it is an entry. */
export interface FeedAct {
  readonly organ: string;
  readonly name: string;
  readonly year: number;
  readonly edition: number;
  readonly title: string;
  readonly kind: FeedEntry['category'];
  readonly reason: string | null;
  readonly at: string;
}

/** What a feed calls itself, where it stands under `path`, and the page it goes with. */
export function feedPlace({ origin, organ }: Feed, path: string): { title: string; self: string; page: string } {
  if (organ === undefined) return { title: FEED_TITLE, self: `${origin}${path}`, page: `${origin}/xxgk/ndbg/` };
  const { code, name } = organ;
  return {
    title: `${name}：${FEED_TITLE}`,
    self: `${origin}${path}?organ=${code}`,
    page: `${origin}${organPath(code)}`,
  };
}

const FEED_TITLE = '政府信息公开工作年度报告：新发布、更正与撤回';

const WORDS: Readonly<Record<FeedEntry['category'], string>> = {
  publish: '发布',
  correct: '更正',
  withdraw: '撤回',
  emergency: '应急公开',
};

/** The act as subscribers see it. */
export function feedEntry({ organ, name, year, edition, title, kind, reason, at }: FeedAct, origin: string): FeedEntry {
  const path = publicPath(organ, year);
  const host = new URL(origin).hostname;
  const word = WORDS[kind];
  return {
    id: `tag:${host},${year}:${organ}/${year}/v${edition}/${kind}`,
    url: `${origin}${kind === 'withdraw' ? path : `${path}v${edition}/`}`,
    // Of a withdrawal not even the title is public any more.
    title: kind === 'publish' ? title : `〔${word}〕${kind === 'withdraw' ? `${name}${year}年度报告` : title}`,
    organ: name,
    summary: `${name}${year}年度报告第${edition}版${word}。${reason ?? ''}`,
    category: kind,
    at,
  };
}
