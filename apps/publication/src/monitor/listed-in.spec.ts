import { describe, expect, it } from '@jest/globals';
import { listedIn, OVERGROWN, UNFINISHED } from './listed-in.js';

const saidBy = (html: string): string => listedIn(new TextEncoder().encode(html));

describe('what the lists of a page say', () => {
  it.each<[string, string]>([
    ['<p>19 due</p><ul class="reports"><li><a href="/a/">A <b>1</b></a> x</ul>', '-> /a/\nA\n1\nx'],
    ['<table class="acts"><tr><td>B<td><a href="/b/"></a></table><a href="/c/">C</a>', 'B\n-> /b/'],
    ['<ul class="reports" data-unfinished></ul>', UNFINISHED],
    ['<p>nothing</p>', ''],
  ])('%s', (html, said) => {
    expect(saidBy(html)).toBe(said);
  });

  it('is read of a page that is nested deeper than calls may be', () => {
    expect(saidBy(`<ul class="reports">${'<div>'.repeat(100_000)}A`)).toBe('A');
  });

  it('is nothing of a page that a browser would make far more of than it says', () => {
    const open = Array.from({ length: 2000 }, (_, n) => `<b id=${n}>`).join('');
    expect(saidBy(`<ul class="reports"><p>${open}${'<p>x'.repeat(20_000)}`)).toBe(OVERGROWN);
  });
});
