import { type ComponentChildren, h } from 'preact';
import type { EditionDocument } from '#report/edition';
import { cellsOf, formatById } from '#report/format';
import type { AnnualReport, Cell } from '#report/model';
import { figureText } from '#report/writers/figure-text';
import { publicPath } from '../domain/public-address.js';
import { htmlPage } from './frame.page.js';
import { reportStyle } from './report-style.js';

/**
 * Figures that mean the same in every statutory format (表三 and 表四 in total, decisions made), and fees where both forms have them. The rest of 表二
 * counts other things in each format and is not comparable.
 */
const COMPARED: readonly (readonly [id: string, name: string])[] = [
  ['t3.1.total', '本年新收申请（件）'],
  ['t3.2.total', '上年结转申请（件）'],
  ['t3.3.1.total', '予以公开（件）'],
  ['t3.3.2.total', '部分公开（件）'],
  ['t3.3.7.total', '办理结果总计（件）'],
  ['t3.4.total', '结转下年度（件）'],
  ['t4.review.total', '行政复议（件）'],
  ['t4.litigation-direct.total', '未经复议直接起诉（件）'],
  ['t4.litigation-after-review.total', '复议后起诉（件）'],
  ['t2.20-5.licensing.decisions', '行政许可处理决定（件）'],
  ['t2.20-6.penalties.decisions', '行政处罚处理决定（件）'],
  ['t2.20-6.enforcement.decisions', '行政强制处理决定（件）'],
  ['t2.20-8.fees.amount', '行政事业性收费（万元）'],
];

/** Most years side by side: they stay readable on paper. */
export const COMPARED_YEARS = 5;

/**
 * A report's figures beside those of earlier years: a table first, bars of the same figures after it. `earlier`: editions that are public and proved
 * at this moment, the newest first; the page says which edition each column is.
 */
export function renderComparisonPage(edition: EditionDocument, earlier: readonly EditionDocument[]): Uint8Array {
  const { organ, year } = edition;
  const years = [...earlier.slice(0, COMPARED_YEARS - 1).toReversed(), edition];
  const title = `${organ.name}${year}年年度报告：与往年对比`;
  const path = publicPath(organ.code, year);
  return htmlPage(
    {
      title,
      description: title,
      head: h('style', { dangerouslySetInnerHTML: { __html: reportStyle } }),
      way: [
        { text: '政府信息公开年度报告', href: '/xxgk/ndbg/' },
        { text: `${organ.name} ${year}年`, href: path },
        { text: '与往年对比' },
      ],
    },
    h('h1', null, title),
    years.length === 1
      ? h('p', null, '本机关往年的报告没有在本站公开，没有可以对比的数据。')
      : [
          h(
            'p',
            null,
            '数据取自下列各年度现行公开、经逐级签批并核验的版本；“—”表示该年没有填数或格式没有这一项，不等于 0。',
          ),
          tableView(years),
          h('h2', { id: 'bars' }, '图示', h('span', { lang: 'en' }, 'Bars')),
          h('p', null, '每条的长度按同一项目各年最大值折算，数值与上表相同。'),
          barsView(years),
        ],
    h('p', null, h('a', { href: path }, `返回${year}年年度报告`)),
    h(
      'section',
      { class: 'english', lang: 'en', 'aria-label': 'English summary' },
      `Figures of ${year} beside those of ${years.length - 1} earlier years that are public; a dash is no figure, not a zero.`,
    ),
  );
}

function tableView(years: readonly EditionDocument[]): ComponentChildren {
  return h(
    'div',
    { class: 'scroll', role: 'region', tabIndex: 0, 'aria-label': '与往年对比（表格，可滚动）' },
    h(
      'table',
      { 'data-table': 'comparison' },
      h('caption', null, '主要数据与往年对比（表）'),
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, '项目'), years.map(yearHead))),
      h(
        'tbody',
        null,
        COMPARED.map(([id, name]) =>
          h(
            'tr',
            null,
            h('th', { scope: 'row' }, name),
            years.map(({ report, year }) => h('td', { 'data-compared': `${year} ${id}` }, figureOf(report, id))),
          ),
        ),
      ),
    ),
  );
}

function yearHead({ organ, year, edition }: EditionDocument): ComponentChildren {
  return h('th', { scope: 'col' }, h('a', { href: publicPath(organ.code, year) }, `${year}年`), `（第${edition}版）`);
}

function barsView(years: readonly EditionDocument[]): ComponentChildren {
  const rows = COMPARED.flatMap(([id, name]) => {
    const numbers = years.map(({ report }) => numberOf(report, id));
    const most = Math.max(...numbers.map((one) => one ?? 0));
    return most > 0 ? [{ id, name, numbers, most }] : [];
  });
  if (rows.length === 0) return h('p', null, '各项各年均为 0 或没有数值。');
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
            h('dt', null, `${year}年`),
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

function numberOf(report: AnnualReport, id: string): number | null {
  const cell = cellOf(report, id);
  return cell?.state === 'value' ? Number(cell.value) : null;
}
