import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import type { PublicNotice } from '#report/notice/public-notice';
import { publicPath } from '../domain/public-address.js';
import { CORRECTIONS_PATH } from './corrections.page.js';
import { dateInChina } from './date-in-china.js';
import { dayView } from './day.page.js';
import { inFrame, type Language } from './frame.page.js';
import type { PageFacts } from './page-facts.js';
import { withQuery } from './pager.page.js';
import { STANDING_WORDS, type StandingWords } from './standing-words.js';

/** More changes than this stand folded: the first ones say what it is about. */
const UNFOLDED = 12;

/** The edition and how it came about, for the block of facts. */
export function versionText(
  { edition }: EditionDocument,
  { kind, newer, ratifiedAt }: PageFacts,
  language: Language = 'zh',
): string {
  const words = STANDING_WORDS[language];
  const how =
    kind === 'emergency' ? words.emergencyEdition[ratifiedAt === null ? 'awaited' : 'ratified'] : words.corrected;
  const notes = [
    ...(kind === 'correct' || kind === 'emergency' ? [how] : []),
    ...(newer === null ? [] : [words.replaced]),
  ];
  return notes.length === 0 ? words.edition(edition) : words.editionNoted(edition, notes);
}

/** What readers must know before they read: that there is a newer edition, or that this one was published in an emergency. */
export function standingView(
  edition: EditionDocument,
  { kind, notice, newer, ratifiedAt }: PageFacts,
  language: Language = 'zh',
): ComponentChildren {
  const words = STANDING_WORDS[language];
  const current = inFrame(language, publicPath(edition.organ.code, edition.year));
  return [
    newer === null
      ? null
      : h(
          'p',
          { class: 'mark', 'data-mark': 'superseded' },
          words.superseded(edition.edition, newer.edition, dateInChina(newer.at)),
          h('a', { href: current }, words.current),
        ),
    kind === 'emergency' ? emergencyView(notice, ratifiedAt, words) : null,
  ];
}

function emergencyView(
  notice: PublicNotice | null,
  ratifiedAt: string | null,
  words: StandingWords,
): ComponentChildren {
  const [strong, text] = ratifiedAt === null ? words.emergency : words.ratified(dateInChina(ratifiedAt));
  return h(
    'p',
    ratifiedAt === null
      ? { class: 'mark urgent', 'data-mark': 'emergency' }
      : { class: 'mark', 'data-mark': 'ratified' },
    h('strong', null, strong),
    text,
    h('q', { 'data-notice': 'reason', ...words.quoted }, notice?.reason),
  );
}

/** The correction note: why, and every change with what stood before and what stands now. */
export function noticeView(
  edition: EditionDocument,
  { kind, notice, publishedAt }: PageFacts,
  language: Language = 'zh',
): ComponentChildren {
  if (notice?.replaces == null) return null;
  const words = STANDING_WORDS[language];
  const before = `${inFrame(language, publicPath(edition.organ.code, edition.year))}v${notice.replaces}/`;
  const items = changeItems(notice, words);
  return h(
    'section',
    { class: 'correction', 'aria-labelledby': 'correction' },
    h('h2', { id: 'correction' }, words.correction),
    h(
      'p',
      null,
      dayView(publishedAt),
      '　',
      // In an emergency the reason stands in the mark above.
      kind === 'emergency' ? words.inEmergency : h('span', { 'data-notice': 'reason', ...words.quoted }, notice.reason),
      words.changes(items.length),
      h('a', { href: before }, words.textOf(notice.replaces)),
    ),
    h('ul', { class: 'changes' }, items.slice(0, UNFOLDED)),
    items.length <= UNFOLDED
      ? null
      : h(
          'details',
          null,
          h('summary', null, words.others(items.length - UNFOLDED)),
          h('ul', { class: 'changes' }, items.slice(UNFOLDED)),
        ),
  );
}

function changeItems({ changes }: PublicNotice, words: StandingWords): ComponentChildren[] {
  return [...(changes?.cells ?? []), ...(changes?.texts ?? [])].map(({ name, before, after }) =>
    h(
      'li',
      null,
      h('strong', { 'data-notice': 'name', ...words.quoted }, name),
      side('del', 'before', words, before),
      side('ins', 'after', words, after),
    ),
  );
}

function side(
  tag: 'del' | 'ins',
  place: 'before' | 'after',
  words: StandingWords,
  text: string | null,
): ComponentChildren {
  const { word, none } = words[place];
  const shown = text === null ? h('span', null, none) : h(tag, words.quoted, h('span', { 'data-notice': place }, text));
  return h('span', { class: 'side' }, h('span', { class: 'word' }, word), shown);
}

/**
 * Every edition of the report, each under an address of its own that stays, with its day as far as this page proves it: that of the first, its own
 * and that of the newest.
 */
export function versionsView(
  { edition, organ, year }: EditionDocument,
  { newer, firstPublishedAt, publishedAt }: PageFacts,
  language: Language = 'zh',
): ComponentChildren {
  const last = newer?.edition ?? edition;
  if (last === 1) return null;
  const words = STANDING_WORDS[language];
  const path = inFrame(language, publicPath(organ.code, year));
  const editions = Array.from({ length: last }, (_, index) => last - index);
  const at = (one: number): string | null => {
    if (one === edition) return publishedAt;
    return one === newer?.edition ? newer.at : one === 1 ? firstPublishedAt : null;
  };
  return h(
    'section',
    { 'aria-labelledby': 'versions' },
    h('h2', { id: 'versions' }, words.editions),
    h(
      'ul',
      null,
      editions.map((one) =>
        h(
          'li',
          null,
          one === edition
            ? h('span', { 'aria-current': 'page' }, words.thisPage(one))
            : h('a', { href: `${path}v${one}/` }, words.edition(one)),
          ...[at(one)].flatMap((day) => (day === null ? [] : [' · ', dayView(day)])),
          one === last ? ` · ${words.present}` : '',
        ),
      ),
      h(
        'li',
        null,
        h(
          'a',
          { href: withQuery(inFrame(language, CORRECTIONS_PATH), { year, organ: organ.code }) },
          words.corrections,
        ),
      ),
    ),
  );
}
