import { createHash } from 'node:crypto';
import { atomFeed } from '../feeds/atom.js';
import { jsonFeed } from '../feeds/json-feed.js';
import { renderCorrectionsPage } from '../pages/corrections.page.js';
import { LIST_PATH, renderListPage } from '../pages/list.page.js';
import { type Listing, listingOf } from '../site/catalogue.js';
import { feedOf } from '../site/feed-routes.js';
import { actsAsked, listView } from '../site/list-routes.js';
import { listedActs } from '../site/listed-acts.js';
import { changesCsv, correctionsCsv, reportsCsv, reportsJsonLines } from '../site/open-data.js';
import type { SiteLink } from '../site/site-folder.js';
import { listedIn, UNFINISHED } from './listed-in.js';
import { DOWNLOAD_MS, fetchDigest, LIST_MS } from './public-copy.js';
import type { WatchGround } from './site-watch.js';

/** A page or file that says something of all reports and is not what they give, or gives no answer while others do. `path`: where readers find it. */
export interface ListProblem {
  readonly path: string;
  readonly code: 'list_differs' | 'list_silent';
}

/** What a look at the lists found. `silent`: those that gave no answer. */
export interface ListRound {
  readonly lists: number;
  readonly proved: number;
  readonly silent: number;
  readonly problems: readonly ListProblem[];
}

/** What readers must get at a path, made of proven files alone. `partOf`: of the bytes, what is compared; all of them when left out. */
interface Expected {
  readonly path: string;
  readonly bytes: () => AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;
  readonly partOf?: (bytes: Uint8Array) => string;
  readonly mostBytes?: number;
  readonly ms: number;
}

/** Bytes a page may have beside its list that the one made here has not: how many are due, for one. */
const BESIDE_BYTES = 65_536;

/** Looks on end at a list without an answer before it is said: a service that is started anew gives none to one. */
const SILENT_LOOKS = 3;

/**
 * The whole downloads are as large as all reports together: they are read when a link changed, and every so many rounds all the same; never sooner than a
 * watch that reads its budget a round would have read them.
 */
const DOWNLOAD_ROUNDS = 20;

/** Milliseconds a list may lag behind the links: the site walks the folder anew every thirty seconds for what other processes changed. */
const LAG_MS = 45_000;

/**
 * Watches what says something of all reports: the front page, the corrections, the feeds and the open data. What each must say is made here from the
 * files that prove themselves, by the same functions the site has, and compared with what readers get. Nothing can be taken down for it: no link makes
 * these pages, so what goes on differing while the links stand still is an alarm.
 */
export class ListWatch {
  /** Since when a path differs from what the links with this key give. */
  readonly #differing = new Map<string, { readonly key: string; readonly since: number }>();
  /** In how many looks on end a path gave no answer. */
  readonly #unanswered = new Map<string, number>();
  #downloads = { key: '', rounds: Infinity };

  /**
   * `budget`: how many addresses' worth of reading the downloads may cost a round, one with another. `onFault`: told what looking at one of the lists threw;
   * the others are looked at all the same.
   */
  constructor(
    private readonly ground: WatchGround,
    private readonly budget: number,
    private readonly onFault: (error: unknown, path: string) => void,
    private readonly lagMs = LAG_MS,
  ) {}

  /** One round over every list. */
  async round(): Promise<ListRound> {
    const { key, listing, links } = await this.listing();
    const { rounds } = this.#downloads;
    const spread = Math.ceil(links / this.budget) - 1;
    const isDue = rounds >= spread && (key !== this.#downloads.key || rounds >= DOWNLOAD_ROUNDS);
    const lists = this.expected(listing, isDue);
    const found = { proved: 0, silent: 0, problems: [] as ListProblem[] };
    for (const wanted of lists) {
      try {
        const look = await this.look(wanted, key);
        if (look === 'differs') found.problems.push({ path: wanted.path, code: 'list_differs' });
        else found[look] += 1;
      } catch (error) {
        this.onFault(error, wanted.path);
      }
    }
    if (found.proved > 0) found.problems.push(...this.silentOnes(lists));
    const isSettled = isDue && found.proved === lists.length;
    this.#downloads = isSettled ? { key, rounds: 0 } : { ...this.#downloads, rounds: rounds + 1 };
    return { lists: lists.length, ...found };
  }

  /** Those that give no answer for so long that it is no start of a service. When none of all does, the site is silent, which its addresses tell. */
  private silentOnes(lists: readonly Expected[]): readonly ListProblem[] {
    return lists
      .filter(({ path }) => (this.#unanswered.get(path) ?? 0) >= SILENT_LOOKS)
      .map(({ path }) => ({ path, code: 'list_silent' }));
  }

  private async look(wanted: Expected, key: string): Promise<'proved' | 'silent' | 'differs'> {
    const { path, partOf, mostBytes, ms } = wanted;
    const got = await fetchDigest(`${this.ground.origin}${path}`, { partOf, mostBytes, ms });
    this.#unanswered.set(path, got === undefined ? (this.#unanswered.get(path) ?? 0) + 1 : 0);
    if (got === undefined || got === UNFINISHED) return 'silent';
    if (got === (await digestOf(wanted))) {
      this.#differing.delete(path);
      return 'proved';
    }
    // The links may have moved while the answer was made: then nothing is known of it.
    if ((await this.listing()).key !== key) return 'silent';
    const before = this.#differing.get(path);
    const since = before?.key === key ? before.since : performance.now();
    this.#differing.set(path, { key, since });
    return before?.key === key && performance.now() - since >= this.lagMs ? 'differs' : 'silent';
  }

  private async listing(): Promise<{ readonly key: string; readonly listing: Listing; readonly links: number }> {
    const links = await this.ground.folder.links(() => undefined);
    const found = [];
    for (const link of links) {
      const facts = await this.ground.pages.factsAt(link);
      if (facts !== undefined) found.push({ link, facts });
    }
    const listing = listingOf(found, { organs: null, unproved: 0, isWhole: true });
    return { key: keyOf(links), listing, links: links.length };
  }

  private expected(listing: Listing, withDownloads: boolean): readonly Expected[] {
    const { pages, trust } = this.ground;
    const origin = trust.site;
    const text =
      (value: string): (() => Iterable<string>) =>
      () => [value];
    const page = (path: string, bytes: Uint8Array): Expected => {
      const mostBytes = bytes.byteLength + BESIDE_BYTES;
      return { path, bytes: () => [bytes], partOf: listedIn, mostBytes, ms: LIST_MS };
    };
    const file = (path: string, made: string): Expected => ({ path, bytes: text(made), ms: LIST_MS });
    return [
      page(LIST_PATH, renderListPage(listView(listing, {}))),
      page(`/en${LIST_PATH}`, renderListPage(listView(listing, {}), 'en')),
      page('/corrections/', renderCorrectionsPage(actsAsked(listing, {}))),
      file('/feeds/reports.atom', atomFeed(feedOf(listing, origin))),
      file('/feeds/reports.json', jsonFeed(feedOf(listing, origin))),
      file('/data/corrections.csv', correctionsCsv(listedActs(listing))),
      file('/data/changes.csv', changesCsv(listing.acts)),
      ...(withDownloads
        ? [
            { path: '/data/reports.csv', bytes: () => reportsCsv(pages, listing.reports, origin), ms: DOWNLOAD_MS },
            { path: '/data/reports.jsonl', bytes: () => reportsJsonLines(pages, listing.reports), ms: DOWNLOAD_MS },
          ]
        : []),
    ];
  }
}

async function digestOf({ bytes, partOf }: Expected): Promise<string> {
  if (partOf !== undefined) {
    const parts: Uint8Array[] = [];
    for await (const part of bytes()) parts.push(Buffer.from(part as Uint8Array));
    return partOf(new Uint8Array(Buffer.concat(parts)));
  }
  const hash = createHash('sha256');
  for await (const part of bytes()) hash.update(part);
  return hash.digest('hex');
}

function keyOf(links: readonly SiteLink[]): string {
  const lines = links.map(({ organ, year, edition, tree }) => `${organ} ${year} ${edition ?? ''} ${tree}`).toSorted();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
