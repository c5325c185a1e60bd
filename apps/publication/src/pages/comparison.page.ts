import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import { cellsOf, formatById } from '#report/format';
import type { AnnualReport, Cell } from '#report/model';
import { figureText } from '#report/writers/figure-text';
import { organPath, publicPath } from '../domain/public-address.js';
import { displayView } from './display.page.js';
import { feedLinks } from './feed-links.page.js';
import { HOME, htmlPage, inFrame, type Language, styleElement } from './frame.page.js';
import { barsStyle, reportStyle } from './report-style.js';

/**
 * Figures that mean the same in every statutory format (表三 and 表四 in total, decisions made), and fees where both forms have them. The rest of 表二
 * counts other things in each format and is not comparable.
 */
const COMPARED: readonly (readonly [id: string, zh: string, en: string])[] = [
  ['t3.1.total', '本年新收申请（件）', 'Applications received (cases)'],
  ['t3.2.total', '上年结转申请（件）', 'Carried over from the year before (cases)'],
  ['t3.3.1.total', '予以公开（件）', 'Disclosed (cases)'],
  ['t3.3.2.total', '部分公开（件）', 'Disclosed in part (cases)'],
  ['t3.3.7.total', '办理结果总计（件）', 'Decided in all (cases)'],
  ['t3.4.total', '结转下年度（件）', 'Carried over to the next year (cases)'],
  ['t4.review.total', '行政复议（件）', 'Administrative reviews (cases)'],
  ['t4.litigation-direct.total', '未经复议直接起诉（件）', 'Suits without review before (cases)'],
  ['t4.litigation-after-review.total', '复议后起诉（件）', 'Suits after a review (cases)'],
  ['t2.20-5.licensing.decisions', '行政许可处理决定（件）', 'Licensing decisions (cases)'],
  ['t2.20-6.penalties.decisions', '行政处罚处理决定（件）', 'Penalty decisions (cases)'],
  ['t2.20-6.enforcement.decisions', '行政强制处理决定（件）', 'Enforcement decisions (cases)'],
  ['t2.20-8.fees.amount', '行政事业性收费（万元）', 'Administrative fees (10,000 yuan)'],
];

/** Most years side by side: they stay readable on paper. */
export const COMPARED_YEARS = 5;

interface ComparisonWords {
  readonly title: (year: number) => string;
  readonly step: string;
  readonly alone: string;
  readonly lead: string;
  readonly caption: string;
  readonly scroll: string;
  readonly item: string;
  readonly year: (year: number) => string;
  readonly edition: (no: number) => string;
  readonly change: (year: number) => string;
  readonly more: (by: string) => string;
  readonly fewer: (by: string) => string;
  readonly same: string;
  readonly bars: string;
  readonly barsLead: string;
  readonly noBars: string;
  readonly back: (year: number) => string;
  readonly nameOf: (names: { readonly zh: string; readonly en: string }) => string;
}

const WORDS: Readonly<Record<Language, ComparisonWords>> = {
  zh: {
    title: (year) => `${year}年年度报告：与往年对比`,
    step: '与往年对比',
    alone: '本机关往年的报告没有在本站公开，没有可以对比的数据。',
    lead: '数据取自下列各年度现行公开、经逐级签批并核验的版本；“—”表示该年没有填数或格式没有这一项，不等于 0。',
    caption: '主要数据与往年对比（表）',
    scroll: '与往年对比（表格，可滚动）',
    item: '项目',
    year: (year) => `${year}年`,
    edition: (no) => `（第${no}版）`,
    change: (year) => `比${year}年`,
    more: (by) => `增加 ${by}`,
    fewer: (by) => `减少 ${by}`,
    same: '持平',
    bars: '图示',
    barsLead: '每条的长度按同一项目各年最大值折算，数值与上表相同。',
    noBars: '各项各年均为 0 或没有数值。',
    back: (year) => `返回${year}年年度报告`,
    nameOf: ({ zh }) => zh,
  },
  en: {
    title: (year) => `: report of ${year} compared with earlier years`,
    step: 'Compared with earlier years',
    alone: 'No report of an earlier year of this office is public here, so there is nothing to compare.',
    lead: 'The figures are those of the present public edition of each year, signed off and proved. “—” means that the year has no figure or its form no such cell; it is not 0.',
    caption: 'Main figures compared with earlier years (table)',
    scroll: 'Compared with earlier years (table, can be scrolled)',
    item: 'Figure',
    year: String,
    edition: (no) => ` (edition ${no})`,
    change: (year) => `Since ${year}`,
    more: (by) => `${by} more`,
    fewer: (by) => `${by} less`,
    same: 'the same',
    bars: 'Bars',
    barsLead: 'Each bar is drawn to the largest figure of its row; the figures are those of the table.',
    noBars: 'Every figure of every year is 0 or missing.',
    back: (year) => `Back to the report of ${year}`,
    nameOf: ({ en }) => en,
  },
};

/**
 * A report's figures beside those of earlier years: a table first, bars of the same figures after it. `earlier`: editions that are public and proved
 * at this moment, the newest first; the page says which edition each column is.
 */
export function renderComparisonPage(
  edition: EditionDocument,
  earlier: readonly EditionDocument[],
  language: Language = 'zh',
): Uint8Array {
  const words = WORDS[language];
  const { organ, year } = edition;
  const years = [...earlier.slice(0, COMPARED_YEARS - 1).toReversed(), edition];
  const title = `${organ.name}${words.title(year)}`;
  const path = publicPath(organ.code, year);
  return htmlPage(
    {
      title,
      description: title,
      language,
      here: `${path}comparison.html`,
      head: [styleElement(reportStyle), styleElement(barsStyle), feedLinks(language, organ)],
      way: [
        HOME[language],
        { text: organ.name, href: inFrame(language, organPath(organ.code)) },
        { text: words.year(year), href: inFrame(language, path) },
        { text: words.step },
      ],
    },
    displayView(language),
    h('h1', null, h('span', { lang: 'zh-CN' }, organ.name), words.title(year)),
    years.length === 1
      ? h('p', null, words.alone)
      : [
          h('p', null, words.lead),
          tableView(years, language),
          h('h2', { id: 'bars' }, words.bars),
          h('p', null, words.barsLead),
          barsView(years, words),
        ],
    h('p', null, h('a', { href: inFrame(language, path) }, words.back(year))),
  );
}

function tableView(years: readonly EditionDocument[], language: Language): ComponentChildren {
  const words = WORDS[language];
  const [before, now] = years.slice(-2);
  const yearHead = ({ organ, year, edition }: EditionDocument): ComponentChildren =>
    h(
      'th',
      { scope: 'col' },
      h('a', { href: inFrame(language, publicPath(organ.code, year)) }, words.year(year)),
      words.edition(edition),
    );
  return h(
    'div',
    { class: 'scroll', role: 'region', tabIndex: 0, 'aria-label': words.scroll },
    h(
      'table',
      { 'data-table': 'comparison' },
      h('caption', null, words.caption),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, words.item),
          years.map(yearHead),
          h('th', { scope: 'col' }, words.change(before?.year ?? 0)),
        ),
      ),
      h(
        'tbody',
        null,
        COMPARED.map(([id, zh, en]) =>
          h(
            'tr',
            null,
            h('th', { scope: 'row' }, words.nameOf({ zh, en })),
            years.map(({ report, year }) => h('td', { 'data-compared': `${year} ${id}` }, figureOf(report, id))),
            h('td', { 'data-change': id }, changeView(numberOf(now?.report, id), numberOf(before?.report, id), words)),
          ),
        ),
      ),
    ),
  );
}

// In words and a sign, in no colour: more is neither better nor worse here.
function changeView(now: number | null, before: number | null, words: ComparisonWords): ComponentChildren {
  if (now === null || before === null) return '—';
  // Amounts have six decimals at most.
  const by = Number((now - before).toFixed(6));
  if (by === 0) return words.same;
  const sign = h('span', { 'aria-hidden': 'true' }, by > 0 ? '▲ ' : '▼ ');
  return [sign, by > 0 ? words.more(String(by)) : words.fewer(String(-by))];
}

function barsView(years: readonly EditionDocument[], words: ComparisonWords): ComponentChildren {
  const rows = COMPARED.flatMap(([id, zh, en]) => {
    const numbers = years.map(({ report }) => numberOf(report, id));
    const most = Math.max(...numbers.map((one) => one ?? 0));
    return most > 0 ? [{ id, name: words.nameOf({ zh, en }), numbers, most }] : [];
  });
  if (rows.length === 0) return h('p', null, words.noBars);
  return rows.map(({ id, name, numbers, most }) =>
    h(
      'section',
      { 'aria-labelledby': `bar-${id.replaceAll('.', '-')}` },
      h('h3', { id: `bar-${id.replaceAll('.', '-')}` }, name),
      h(
        'dl',
        { class: 'bars' },
        years.map(({ year, report }, index) =>
          h(
            'div',
            null,
            h('dt', null, words.year(year)),
            h('dd', null, barOf(numbers[index] ?? null, most), h('span', null, figureOf(report, id))),
          ),
        ),
      ),
    ),
  );
}

// The figure stands beside the bar as text, so the drawing says nothing of its own to a screen reader.
function barOf(number: number | null, most: number): ComponentChildren {
  const width = number === null ? 0 : Math.round((Math.max(number, 0) / most) * 1000) / 10;
  return h(
    'svg',
    { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
    h('rect', { x: 0, y: 0, width: 100, height: 8, fill: '#e3ebf7' }),
    h('rect', { x: 0, y: 0, width, height: 8, fill: '#1f5fbf' }),
  );
}

function cellOf(report: AnnualReport, id: string): Cell | undefined {
  return report.tables[id.slice(0, id.indexOf('.'))]?.[id];
}

function figureOf(report: AnnualReport, id: string): string {
  const cell = cellOf(report, id);
  const kind = formatById(report.format)
    ?.tables.flatMap(cellsOf)
    .find((at) => at.id === id)?.column.kind;
  return cell?.state !== 'value' || kind === undefined ? '—' : figureText(kind, cell);
}

function numberOf(report: AnnualReport | undefined, id: string): number | null {
  const cell = report && cellOf(report, id);
  return cell?.state === 'value' ? Number(cell.value) : null;
}
