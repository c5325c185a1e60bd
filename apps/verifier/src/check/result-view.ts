import type { BundleSummary } from '#evidence/verify-bundle';
import type { Finding } from './findings.js';
import { make, type PageElement } from './page-elements.js';
import { RESULT_WORDS, type ResultWords } from './result-words.js';
import type { ShownDifference, SignedFigure } from './signed-figures.js';

/** What came of a check, and what of the page at the address, when there is one. */
export interface Result {
  readonly finding: Finding;
  readonly differences: readonly ShownDifference[] | null;
  /** Whether the anchors are the reader's own or came with this page. */
  readonly isOwnTrust: boolean;
}

type Proved = Extract<Finding, { isProved: true }>;

/** The result in plain words of one language. */
export function resultView({ finding, differences, isOwnTrust }: Result, language: 'zh' | 'en'): PageElement[] {
  const words = RESULT_WORDS[language];
  if (!finding.isProved)
    return [
      heading(words.notProved, 'bad'),
      make('p', {}, finding.why[language], ' ', make('code', {}, `${finding.code} ${finding.where}`.trim())),
    ];
  const isShownSo = differences === null || differences.length === 0;
  const isEdition = finding.shows === 'edition';
  const good = isEdition ? words.proved : words.provedWithdrawn;
  const ratification = isEdition ? finding.ratification : null;
  return [
    isShownSo ? heading(good, 'good') : heading(words.differs, 'bad'),
    ...(differences === null ? [] : [shownView(differences, finding, words)]),
    ...claims(finding, words).map((text) => make('p', {}, text)),
    factsView(finding, words),
    make('h3', {}, words.who),
    signaturesView(finding.summary, finding, words),
    ...(ratification === null ? [] : [make('h3', {}, words.whoRatified), signaturesView(ratification, finding, words)]),
    make('p', {}, isOwnTrust ? words.ownTrust : words.siteTrust, make('code', {}, finding.fingerprint)),
    ...(isEdition ? figuresView(finding.figures, words) : []),
  ];
}

function heading(text: string, kind: 'good' | 'bad'): PageElement {
  return make('h2', { class: kind, tabindex: '-1' }, text);
}

function claims(finding: Proved, words: ResultWords): readonly string[] {
  const signatures = finding.summary.seats.length;
  if (finding.shows === 'withdrawal') {
    const kept = finding.kept === null ? [] : [words.kept[finding.kept ? 'same' : 'other']];
    return [words.claimWithdrawn(signatures), ...kept];
  }
  if (finding.summary.kind !== 'emergency') return [words.claim(signatures)];
  return [words.claimEmergency(signatures), finding.ratification === null ? words.notRatified : words.ratified];
}

function factsView(finding: Proved, words: ResultWords): PageElement {
  const { summary, notice, organName } = finding;
  const { place, kind } = summary;
  const { facts } = words;
  const rows: (readonly [name: string, value: string, isChinese?: boolean])[] = [
    ...(finding.shows === 'edition' ? [[facts.report, finding.title, true] as const] : []),
    [facts.organ, organName, true],
    [facts.year, words.edition(summary.year, summary.edition)],
    [facts.act, words.acts[kind]],
    ...(notice === null ? [] : [[facts.reason, notice.reason, true] as const]),
    ...(kind === 'withdraw' || notice?.replaces == null
      ? []
      : [[facts.replaces, words.replaced(notice.replaces)] as const]),
    [facts.route, summary.route.name, true],
    [facts.content, summary.content],
    [facts.sealed, inChina(summary.sealedAt, words)],
    [facts.log, place === null ? words.noLog : `${place.checkpoint.origin} · ${place.position}`],
  ];
  return make(
    'dl',
    { class: 'facts' },
    ...rows.map(([name, value, isChinese = false]) =>
      make('div', {}, make('dt', {}, name), make('dd', isChinese ? { lang: 'zh-CN' } : {}, value)),
    ),
  );
}

function signaturesView({ seats }: BundleSummary, { organs }: Proved, words: ResultWords): PageElement {
  const lines = seats.map(({ stageName, role, organ, actor, onBehalfOf, at }) =>
    make(
      'li',
      {},
      make('strong', { lang: 'zh-CN' }, stageName),
      ' ',
      make('span', { lang: 'zh-CN' }, organs.get(organ) ?? organ),
      ` · ${inChina(at, words)}`,
      make('br', {}),
      make('code', {}, `${role}@${organ} ${actor}`),
      ...(onBehalfOf == null ? [] : [` ${words.instead} `, make('code', {}, onBehalfOf)]),
    ),
  );
  return make('ol', { class: 'seats' }, ...lines);
}

function shownView(differences: readonly ShownDifference[], finding: Proved, words: ResultWords): PageElement {
  const told = finding.shows === 'edition' ? words.allShown(finding.figures.length) : words.toldShown;
  if (differences.length === 0) return make('p', { id: 'shown' }, told);
  return make(
    'div',
    { id: 'shown' },
    make('p', {}, words.unlike(differences.length)),
    make('ul', {}, ...differences.map(({ name, signed, shown }) => make('li', {}, words.one(name, signed, shown)))),
  );
}

/** Every figure that was signed, with a field to find one by its value or a part of its name. */
function figuresView(figures: readonly SignedFigure[], words: ResultWords): PageElement[] {
  const rows = figures.map(({ name, text }) => ({
    name,
    text,
    row: make('tr', {}, make('th', { scope: 'row', lang: 'zh-CN' }, name), make('td', { lang: 'zh-CN' }, text)),
  }));
  const count = make('p', { 'aria-live': 'polite', id: 'found' }, words.found(figures.length));
  const input = make('input', { type: 'search', id: 'figure', autocomplete: 'off' });
  input.addEventListener('input', () => {
    const asked = input.value.trim();
    let found = 0;
    for (const { name, text, row } of rows) {
      row.hidden = asked !== '' && text !== asked && !name.includes(asked);
      found += row.hidden ? 0 : 1;
    }
    count.textContent = found === 0 ? words.none(asked) : words.found(found);
  });
  return [
    make('h3', {}, words.figures),
    make('label', { for: 'figure' }, words.findFigure),
    input,
    count,
    make(
      'div',
      { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': words.figures },
      make('table', {}, make('tbody', {}, ...rows.map(({ row }) => row))),
    ),
  ];
}

/** An instant as clocks in mainland China show it. */
function inChina(at: string, words: ResultWords): string {
  const local = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)}${words.china}`;
}
