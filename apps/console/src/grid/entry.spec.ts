import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEntry, sumOf } from './entry.js';

describe('a sum typed into a cell', () => {
  it.each([
    ['=7+3', '10'],
    ['=7 + 3 - 12', '-2'],
    ['＝７＋３', '10'],
    ['=0.1+0.2', '0.3'],
    ['=-5+5', '0'],
    ['=007+1', '8'],
    ['=12', '12'],
    ['=999999999999999+1', '1000000000000000'],
    ['7+3', null],
    ['=', null],
    ['=7+', null],
    ['=7*3', null],
    ['=SUM(A1:A3)', null],
    ['=1e3+1', null],
    [`=${'9+'.repeat(200)}1`, null],
    ['=9999999999999999999+1', null],
  ])('%s makes %s', (text, sum) => {
    expect(sumOf(text)).toBe(sum);
  });

  it('is exact whatever is added', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 12 }),
        (terms) => {
          const text = `=${terms.map((term, index) => (term < 0 || index === 0 ? String(term) : `+${term}`)).join('')}`;
          expect(sumOf(text)).toBe(String(terms.reduce((sum, term) => sum + term, 0)));
        },
      ),
    );
  });

  it('keeps the sum beside its result', () => {
    expect(readEntry('count', '=7+3').cell).toEqual({ state: 'value', value: '10', original: '=7+3' });
  });
});

describe('what is typed into a cell', () => {
  it.each([
    ['12', { state: 'value', value: '12' }],
    ['１２', { state: 'value', value: '12' }],
    ['1,234', { state: 'value', value: '1234' }],
    ['5件', { state: 'value', value: '5' }],
    ['', { state: 'unfilled' }],
    ['  ', { state: 'unfilled' }],
    ['—', { state: 'not-applicable' }],
    ['约12', { state: 'unreadable' }],
    ['=7*3', { state: 'unreadable' }],
  ])('%j is read as %j', (text, cell) => {
    expect(readEntry('count', text).cell).toMatchObject(cell);
  });

  it('is never a zero nobody wrote', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { cell } = readEntry('count', text);
        if (cell.state === 'value' && cell.value === '0') expect(text.normalize('NFKC')).toMatch(/[0〇○零]|^=/u);
      }),
    );
  });
});
