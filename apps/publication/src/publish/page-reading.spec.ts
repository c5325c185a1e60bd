import { describe, expect, it } from '@jest/globals';
import { readPage } from './page-reading.js';

const tagsOf = (html: string): readonly string[] => readPage(html).map(({ tagName }) => tagName);

describe('a page that is read', () => {
  it('is its elements in the order of the document', () => {
    expect(tagsOf('<p>a<b>b</b></p><table><tr><td>c<td>d</table><p>')).toEqual(
      'html head body p b table tbody tr td td p'.split(' '),
    );
  });

  it('is nothing where a browser would make far more of it than it says', () => {
    const open = Array.from({ length: 2000 }, (_, n) => `<b id=${n}>`).join('');
    expect(tagsOf(`<p>${open}${'<p>x'.repeat(20_000)}`)).toEqual([]);
  });

  it('is nothing where it is nested deeper than any page of the site', () => {
    expect(tagsOf('<div>'.repeat(100_000))).toEqual([]);
    expect(tagsOf('<div>'.repeat(50))).toHaveLength(53);
  });
});
