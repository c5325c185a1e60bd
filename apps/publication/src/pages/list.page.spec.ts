import { describe, expect, it } from '@jest/globals';
import { PAGE_SIZE, renderListPage } from './list.page.js';
import type { ListedReport } from './listed-report.page.js';
import { pageOf } from './pager.page.js';

const LIMIT_BYTES = 60 * 1024;
const reports = Array.from({ length: 1000 }, (_, n): ListedReport => ({
  organ: `organ-with-quite-a-long-code-${n}`,
  name: `黑龙江省佳木斯市向阳区第${n}街道办事处综合行政执法大队`,
  year: 2020,
  edition: 2,
  title: `黑龙江省佳木斯市向阳区第${n}街道办事处综合行政执法大队2020年政府信息公开工作年度报告`,
  at: '2026-01-20T01:00:00.000Z',
  how: 'correct',
  files: ['report.csv', 'report.docx', 'report.pdf', 'report.xlsx'],
}));
const directory = {
  organs: 2000,
  version: 3,
  at: '2026-01-20T01:00:00.000Z',
  published: 1000,
  missing: reports.map(({ name }) => name),
};
const pageNo = (no: number, count = { year: 2020, published: 1000, directory }): string =>
  new TextDecoder().decode(
    renderListPage({
      query: { year: 2020, organ: '向阳' },
      years: Array.from({ length: 20 }, (_, n) => 2025 - n),
      page: pageOf(reports, no, PAGE_SIZE),
      count,
      unproved: 3,
      isWhole: false,
    }),
  );

describe('the front page', () => {
  it('stays under 60 kB however many reports there are', () => {
    for (const no of [1, 10, 25]) expect(Buffer.byteLength(pageNo(no))).toBeLessThan(LIMIT_BYTES);
  });

  it('goes on to the next page with what was asked for', () => {
    const page = pageNo(2);
    expect(page).toContain('href="/xxgk/ndbg/?year=2020&amp;organ=%E5%90%91%E9%98%B3&amp;page=3"');
    expect(page).toContain('第 2 页，共 25 页、1000 条');
    expect(pageNo(999)).toContain('第 25 页，共 25 页');
  });

  it('says that it is not whole, and how many addresses did not prove themselves', () => {
    expect(pageNo(1)).toMatch(/列表还不完整.*另有 3 个地址的内容未通过核对/s);
  });

  it('does not say how many are due when nobody can know', () => {
    const page = new TextDecoder().decode(
      renderListPage({
        query: { year: null, organ: '' },
        years: [2020],
        page: pageOf([], 1, PAGE_SIZE),
        count: { year: 2020, published: 0, directory: null },
        unproved: 0,
        isWhole: true,
      }),
    );
    expect(page).toContain('应公开数未知');
  });
});
