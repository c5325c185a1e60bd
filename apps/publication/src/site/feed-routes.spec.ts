import { describe, expect, it } from '@jest/globals';
import { feedOf } from './feed-routes.js';
import type { ProvenFacts } from './proven-pages.js';

const published = (organ: string, year: number): ProvenFacts => ({
  organ,
  year,
  edition: 1,
  name: `${organ}局`,
  title: `${organ}局${year}年政府信息公开工作年度报告`,
  shows: 'edition',
  notice: null,
  isRatified: false,
  at: `${year + 1}-01-20T01:00:00.000Z`,
  content: 'a'.repeat(64),
  files: [],
});

describe('a feed', () => {
  const acts = [published('b', 2021), published('a', 2021), published('b', 2020)];

  it('tells what every organ did, or one alone', () => {
    expect(feedOf({ acts }, 'https://site.example').entries).toHaveLength(3);
    const own = feedOf({ acts }, 'https://site.example', { organ: 'b', name: 'b局' });
    expect(own.organ).toEqual({ code: 'b', name: 'b局' });
    expect(own.entries.map(({ url }) => url)).toEqual([
      'https://site.example/xxgk/ndbg/b/2021/v1/',
      'https://site.example/xxgk/ndbg/b/2020/v1/',
    ]);
  });

  it('has the latest hundred acts of the organ, whatever the others did since', () => {
    const others = Array.from({ length: 150 }, () => published('a', 2022));
    expect(
      feedOf({ acts: [...others, ...acts] }, 'https://site.example', { organ: 'b', name: 'b局' }).entries,
    ).toHaveLength(2);
  });
});
