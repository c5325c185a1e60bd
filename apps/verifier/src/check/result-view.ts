import type { Message } from '#evidence/defect-sentences';
import type { Finding, ShownDifference, SignedFigure } from './findings.js';
import { make, type PageElement } from './page-elements.js';

/** What came of a check, and what of the page at the address, when there is one. */
export interface Result {
  readonly finding: Finding;
  readonly differences: readonly ShownDifference[] | null;
  /** Whether the anchors are the reader's own or came with this page. */
  readonly isOwnTrust: boolean;
}

type Proved = Extract<Finding, { isProved: true }>;

/** A sentence in both languages. */
export function both({ zh, en }: Message): (PageElement | string)[] {
  return [zh, make('span', { lang: 'en', class: 'other' }, en)];
}

/** The result in plain words. */
export function resultView({ finding, differences, isOwnTrust }: Result): PageElement[] {
  if (!finding.isProved)
    return [
      heading('✗ 不能证实', 'Not proved', 'bad'),
      make('p', {}, ...both(finding.why), make('code', {}, `${finding.code} ${finding.where}`.trim())),
    ];
  const isShownSo = differences === null || differences.length === 0;
  return [
    isShownSo ? heading('✓ 已证实', 'Proved', 'good') : heading('✗ 页面与所签不同', 'The page differs', 'bad'),
    ...(differences === null ? [] : [shownView(differences, finding.figures.length)]),
    make('p', {}, ...both(claim(finding))),
    factsView(finding),
    make('h3', {}, '谁在何时签批', make('span', { lang: 'en' }, 'Who signed, and when')),
    signaturesView(finding),
    trustView(finding, isOwnTrust),
    ...figuresView(finding.figures),
  ];
}

function heading(zh: string, en: string, kind: 'good' | 'bad'): PageElement {
  return make('h2', { class: kind, tabindex: '-1' }, zh, make('span', { lang: 'en' }, en));
}

function claim({ summary }: Proved): Message {
  return {
    zh: `审签路线规定的 ${summary.seats.length} 个签批齐全，人人不同、有权，没有起草人签自己的稿；每个人签的正是这份内容，此后一个字节也没有改动。`,
    en: `All ${summary.seats.length} signatures the route requires are there, by distinct and entitled people who did not write it, each on exactly this content; not a byte has changed since.`,
  };
}

function factsView({ title, organName, summary }: Proved): PageElement {
  const { place } = summary;
  const rows: [string, string][] = [
    ['报告 Report', title],
    ['机关 Organ', organName],
    ['年度、版本 Year, edition', `${summary.year} · ${summary.edition}`],
    ['审签路线 Route', summary.route.name],
    ['所签字节 SHA-256', summary.content],
    ['封签 Sealed', inChina(summary.sealedAt)],
    [
      '台账日志 Log',
      place === null ? '未附入账证明 no proof of inclusion' : `${place.checkpoint.origin} · ${place.position}`,
    ],
  ];
  return make(
    'dl',
    { class: 'facts' },
    ...rows.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))),
  );
}

function signaturesView({ summary }: Proved): PageElement {
  const seats = summary.seats.map(({ stageName, role, organ, actor, onBehalfOf, at }) =>
    make(
      'li',
      {},
      make('strong', {}, stageName),
      ` ${role}@${organ} · ${inChina(at)} · `,
      make('code', {}, actor),
      ...(onBehalfOf == null ? [] : [' 代 for ', make('code', {}, onBehalfOf)]),
    ),
  );
  return make('ol', { class: 'seats' }, ...seats);
}

function trustView({ fingerprint }: Proved, isOwn: boolean): PageElement {
  const said: Message = isOwn
    ? { zh: '公钥取自所选的信任文件，指纹 ', en: 'Keys from the trust file you chose; fingerprint above.' }
    : {
        zh: '公钥取自本页所带的信任文件。要确知签批者就是该机关，请通过电话等可靠渠道核对指纹 ',
        en: 'Keys from the trust file in this page. To know that it was this organ, compare the fingerprint with it, say by telephone.',
      };
  return make('p', {}, said.zh, make('code', {}, fingerprint), make('span', { lang: 'en', class: 'other' }, said.en));
}

function shownView(differences: readonly ShownDifference[], all: number): PageElement {
  if (differences.length === 0)
    return make(
      'p',
      { id: 'shown' },
      ...both({
        zh: `页面上的 ${all} 个数字与所签逐一相同。`,
        en: `All ${all} figures on the page are the signed ones.`,
      }),
    );
  return make(
    'div',
    { id: 'shown' },
    make(
      'p',
      {},
      ...both({ zh: `页面上有 ${differences.length} 个数字与所签不同：`, en: 'Figures on the page that differ:' }),
    ),
    make(
      'ul',
      {},
      ...differences.map(({ name, signed, shown }) =>
        make('li', {}, `${name}：所签 signed ${signed ?? '无'}，页面 shown ${shown ?? '无'}`),
      ),
    ),
  );
}

/** Every figure that was signed, with a field to find one by its value or a part of its name. */
function figuresView(figures: readonly SignedFigure[]): PageElement[] {
  const rows = figures.map(({ name, text }) => ({
    name,
    text,
    row: make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, text)),
  }));
  const count = make('p', { 'aria-live': 'polite', id: 'found' }, `${figures.length}`);
  const input = make('input', { type: 'search', id: 'figure', autocomplete: 'off' });
  input.addEventListener('input', () => {
    const asked = input.value.trim();
    let found = 0;
    for (const { name, text, row } of rows) {
      row.hidden = asked !== '' && text !== asked && !name.includes(asked);
      found += row.hidden ? 0 : 1;
    }
    count.textContent =
      found === 0
        ? `所签数字中没有“${asked}” · not among the signed figures`
        : `${found} 个，都在签批范围内 · all covered by the signatures`;
  });
  return [
    make('h3', {}, '所签的数字', make('span', { lang: 'en' }, 'The signed figures')),
    make(
      'label',
      { for: 'figure' },
      '查一个数字（数值，或名称的一部分）',
      make('span', { lang: 'en', class: 'other' }, 'Find a figure by its value or part of its name'),
    ),
    input,
    count,
    make(
      'div',
      { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': '所签的数字' },
      make('table', {}, make('tbody', {}, ...rows.map(({ row }) => row))),
    ),
  ];
}

/** An instant as clocks in mainland China show it. */
function inChina(at: string): string {
  const local = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)}（北京时间 UTC+8）`;
}
