import { describe, expect, it } from '@jest/globals';
import { pageOf } from './pager.page.js';
import { type FoundReport, renderSearchPage, type SearchOutcome } from './search.page.js';

const report = (n: number): FoundReport => ({
  organCode: `organ-${n}`,
  year: 2020,
  edition: 1,
  at: '2026-01-20T01:00:00.000Z',
  title: [{ text: `第${n}份报告`, hit: false }],
  organ: [{ text: '住建局', hit: true }],
  hits: [],
});
const reports = Array.from({ length: 45 }, (_, n) => report(n));
const found = (no: number, isMore = false, unproved = 0): SearchOutcome => ({
  state: 'found',
  page: pageOf(reports, no, 20),
  isMore,
  unproved,
});
const page = (outcome: SearchOutcome, language: 'zh' | 'en' = 'zh'): string =>
  new TextDecoder().decode(
    renderSearchPage({ language, asked: { typed: '结 转&', organ: '住建', year: 2020 }, years: [2020, 2019], outcome }),
  );

describe('the search page', () => {
  it('goes on to the next page with what was asked for, in its own frame', () => {
    const query = 'q=%E7%BB%93+%E8%BD%AC%26&amp;organ=%E4%BD%8F%E5%BB%BA&amp;year=2020';
    expect(page(found(2))).toContain(`href="/xxgk/ndbg/search/?${query}&amp;page=3"`);
    expect(page(found(2))).toContain('第 2 页，共 3 页、45 条');
    expect(page(found(2), 'en')).toContain(`href="/en/xxgk/ndbg/search/?${query}&amp;page=3"`);
    expect(page(found(2), 'en')).toContain('Page 2 of 3, 45 in all');
    for (const language of ['zh', 'en'] as const)
      expect(page(found(1), language)).toContain(`href="/xxgk/ndbg/search/results.json?${query}"`);
  });

  it('says how many there are, that there are more, and what it leaves out', () => {
    expect(page(found(1))).toContain('找到 45 份报告');
    expect(page(found(1, true))).toContain('超过 45 份');
    expect(page(found(1, true, 2))).toContain('另有 2 份报告');
    expect(page(found(1, true, 1), 'en')).toContain('One more report of this page');
  });

  it('keeps what was asked in its form, and is indexed by nobody', () => {
    const shown = page({ state: 'unasked' });
    expect(shown).toContain('value="结 转&amp;"');
    expect(shown).toContain('<option value="2020" selected>');
    expect(shown).toContain('<meta name="robots" content="noindex"');
  });

  it('says everything of its own in English', () => {
    const own = page({ state: 'unasked' }, 'en').replaceAll(/<[^>]*lang="zh-CN"[^>]*>[^<]*</g, '<');
    const main = own.slice(own.indexOf('<main')).replace(/value="[^"]*"|“[^”]*”/g, '');
    expect(main).not.toMatch(/\p{Script=Han}/u);
  });
});
