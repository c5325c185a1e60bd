import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { type EditionDocument, parseEdition } from '#report/edition';
import type { Cell } from '#report/model';
import { sampleContent } from '../../../../test/support/publication-files.js';
import { renderComparisonPage } from './comparison.page.js';

const parsed = parseEdition(sampleContent());
if (isRefusal(parsed)) throw new Error(parsed.refused);
const edition: EditionDocument = parsed;

const CELL = 't2.20-5.licensing.decisions';
function of(year: number, cell: Cell): EditionDocument {
  const tables = { ...edition.report.tables, t2: { ...edition.report.tables['t2'], [CELL]: cell } };
  return { ...edition, year, report: { ...edition.report, year, tables } };
}
const value = (text: string): Cell => ({ state: 'value', value: text, original: text });

/** What the page says of the change of one figure. */
function changeOf(now: Cell, before: Cell, language: 'zh' | 'en' = 'zh'): string {
  const page = new TextDecoder().decode(renderComparisonPage(of(2020, now), [of(2019, before)], language));
  const [, cell = ''] = new RegExp(`<td data-change="${CELL}">(.*?)</td>`).exec(page) ?? [];
  return cell.replaceAll(/<[^>]*>/g, '');
}

describe('a report beside that of the year before', () => {
  it.each<[string, Cell, Cell, string, string]>([
    ['more', value('111'), value('19'), '▲ 增加 92', '▲ 92 more'],
    ['fewer', value('8'), value('19'), '▼ 减少 11', '▼ 11 less'],
    ['the same', value('0'), value('0'), '持平', 'the same'],
    ['an amount, exactly', value('0.3'), value('0.1'), '▲ 增加 0.2', '▲ 0.2 more'],
    ['nothing to compare with', value('8'), { state: 'unfilled', original: '' }, '—', '—'],
    ['nothing to compare', { state: 'not-applicable', original: '/' }, value('8'), '—', '—'],
  ])('says in words what has changed: %s', (_, now, before, zh, en) =>
    expect([changeOf(now, before), changeOf(now, before, 'en')]).toEqual([zh, en]),
  );

  it('says which year it is compared with, the latest of several', () => {
    const years = [2019, 2018].map((year) => of(year, value('1')));
    const page = new TextDecoder().decode(renderComparisonPage(of(2020, value('3')), years));
    expect(page).toContain('<th scope="col">比2019年</th>');
    expect(page).toMatch(new RegExp(`data-change="${CELL}">.*增加 2`));
  });
});
