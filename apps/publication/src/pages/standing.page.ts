import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import type { PublicNotice } from '#report/notice/public-notice';
import { publicPath } from '../domain/public-address.js';
import { dateInChina } from './date-in-china.js';
import type { PageFacts } from './page-facts.js';

/** More changes than this stand folded: the first ones say what it is about. */
const UNFOLDED = 12;

/** The edition and how it came about, for the block of facts. */
export function versionText({ edition }: EditionDocument, { kind, newer, ratifiedAt }: PageFacts): string {
  const how = { correct: '更正版', emergency: ratifiedAt === null ? '应急公开，待追认' : '应急公开，已追认' };
  const notes = [kind === 'correct' || kind === 'emergency' ? how[kind] : '', newer === null ? '' : '已被取代'];
  const said = notes.filter((note) => note !== '').join('，');
  return said === '' ? `第${edition}版` : `第${edition}版（${said}）`;
}

/** What readers must know before they read: that there is a newer edition, or that this one was published in an emergency. */
export function standingView(
  edition: EditionDocument,
  { kind, notice, newer, ratifiedAt }: PageFacts,
): ComponentChildren {
  const current = publicPath(edition.organ.code, edition.year);
  return [
    newer === null
      ? null
      : h(
          'p',
          { class: 'mark', 'data-mark': 'superseded' },
          `这是第${edition.edition}版，已由第${newer.edition}版（${dateInChina(newer.at)}）取代。`,
          h('a', { href: current }, '查看现行版本'),
          h('span', { lang: 'en' }, `Edition ${edition.edition} has been replaced by edition ${newer.edition}.`),
        ),
    kind === 'emergency' ? emergencyView(notice, ratifiedAt) : null,
  ];
}

function emergencyView(notice: PublicNotice | null, ratifiedAt: string | null): ComponentChildren {
  const reason = h('q', { 'data-notice': 'reason' }, notice?.reason);
  if (ratifiedAt === null)
    return h(
      'p',
      { class: 'mark urgent', 'data-mark': 'emergency' },
      h('strong', null, '应急公开，尚待追认。'),
      '本版由指定的两名以上人员先行签发；按正常程序的追认正在办理，未获追认的将予撤回。应急事由：',
      reason,
      h(
        'span',
        { lang: 'en' },
        'Published in an emergency by named persons; not yet ratified by the regular sign-off.',
      ),
    );
  return h(
    'p',
    { class: 'mark', 'data-mark': 'ratified' },
    h('strong', null, `已追认（${dateInChina(ratifiedAt)}）。`),
    '本版曾应急公开，其后已按正常程序对同一内容签批。应急事由：',
    reason,
    h(
      'span',
      { lang: 'en' },
      `Published in an emergency, ratified by the regular sign-off on ${dateInChina(ratifiedAt)}.`,
    ),
  );
}

/** The correction note: why, and every change with what stood before and what stands now. */
export function noticeView(edition: EditionDocument, { kind, notice, publishedAt }: PageFacts): ComponentChildren {
  if (notice?.replaces == null) return null;
  const before = `${publicPath(edition.organ.code, edition.year)}v${notice.replaces}/`;
  const items = changeItems(notice);
  return h(
    'section',
    { class: 'correction', 'aria-labelledby': 'correction' },
    h('h2', { id: 'correction' }, '更正说明', h('span', { lang: 'en' }, 'Correction note')),
    h(
      'p',
      null,
      `${dateInChina(publishedAt)}　`,
      // In an emergency the reason stands in the mark above.
      kind === 'emergency' ? '应急公开，改动如下。' : h('span', { 'data-notice': 'reason' }, notice.reason),
      `　共 ${items.length} 处改动，其他内容不变。`,
      h('a', { href: before }, `第${notice.replaces}版原文`),
    ),
    h('ul', { class: 'changes' }, items.slice(0, UNFOLDED)),
    items.length <= UNFOLDED
      ? null
      : h(
          'details',
          null,
          h('summary', null, `其余 ${items.length - UNFOLDED} 处`),
          h('ul', { class: 'changes' }, items.slice(UNFOLDED)),
        ),
  );
}

function changeItems({ changes }: PublicNotice): ComponentChildren[] {
  return [...(changes?.cells ?? []), ...(changes?.texts ?? [])].map(({ name, before, after }) =>
    h(
      'li',
      null,
      h('strong', { 'data-notice': 'name' }, name),
      side('del', 'before', '原为', before),
      side('ins', 'after', '改为', after),
    ),
  );
}

function side(tag: 'del' | 'ins', place: string, word: string, text: string | null): ComponentChildren {
  const shown =
    text === null
      ? h('span', null, tag === 'del' ? '（原版没有此内容）' : '（删去）')
      : h(tag, null, h('span', { 'data-notice': place }, text));
  return h('span', { class: 'side' }, h('span', { class: 'word' }, word), shown);
}

/** Every edition of the report, each under an address of its own that stays. */
export function versionsView({ edition, organ, year }: EditionDocument, { newer }: PageFacts): ComponentChildren {
  const last = newer?.edition ?? edition;
  if (last === 1) return null;
  const path = publicPath(organ.code, year);
  const editions = Array.from({ length: last }, (_, index) => last - index);
  return h(
    'section',
    { 'aria-labelledby': 'versions' },
    h('h2', { id: 'versions' }, '各版本', h('span', { lang: 'en' }, 'Editions')),
    h(
      'ul',
      null,
      editions.map((one) =>
        h(
          'li',
          null,
          one === edition
            ? h('span', { 'aria-current': 'page' }, `第${one}版（本页）`)
            : h('a', { href: `${path}v${one}/` }, `第${one}版`),
          one === last ? ' · 现行版本' : '',
        ),
      ),
      h('li', null, h('a', { href: '/corrections/' }, '全部更正与撤回')),
    ),
  );
}
