import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { printCell, readCell } from './cell-text.js';
import { isDecimal, shiftDecimal } from './decimal.js';

describe('a cell that holds no figure', () => {
  it.each([
    ['', 'unfilled'],
    ['　', 'unfilled'],
    ['/', 'not-applicable'],
    ['——', 'not-applicable'],
    ['无', 'not-applicable'],
    ['1,23', 'unreadable'],
    ['12,34', 'unreadable'],
    ['1,2345', 'unreadable'],
    ['12①', 'unreadable'],
    ['12[1]', 'unreadable'],
    ['12*', 'unreadable'],
    ['3-5', 'unreadable'],
    ['10余', 'unreadable'],
    ['12.', 'unreadable'],
    ['三三', 'unreadable'],
    ['约12', 'unreadable'],
    ['007', 'unreadable'],
    ['1 2', 'unreadable'],
    ['1'.repeat(19), 'unreadable'],
    ['1'.repeat(100_000), 'unreadable'],
  ])('%.12s is %s, never zero', (text, state) => {
    expect(readCell('count', text).cell).toEqual({ state, original: text.trim() });
  });
});

describe('a count', () => {
  it.each([
    ['12', '12', null],
    ['１２', '12', 'characters'],
    ['1,234', '1234', 'separators'],
    ['1，234，567', '1234567', 'separators'],
    ['12件', '12', 'counter'],
    ['3 条', '3', 'counter'],
    ['1,234件', '1234', 'separators'],
    ['三', '3', 'numeral'],
    ['十二件', '12', 'numeral'],
    ['一百零五', '105', 'numeral'],
    ['〇', '0', 'numeral'],
  ])('%s is %s', (text, value, note) => {
    expect(readCell('count', text)).toEqual({ cell: { state: 'value', value, original: text }, note });
  });
});

describe('a change', () => {
  it.each([
    ['11', '11', null],
    ['+11', '11', null],
    ['-8', '-8', null],
    ['−8', '-8', 'sign'],
    ['减4', '-4', 'sign'],
    ['减少 4', '-4', 'sign'],
    ['增2', '2', 'sign'],
    ['-0', '0', 'sign'],
  ])('%s is %s', (text, value, note) => {
    expect(readCell('change', text)).toEqual({ cell: { state: 'value', value, original: text }, note });
  });

  it.each([
    ['11', '+11'],
    ['0', '0'],
    ['减4', '-4'],
  ])('%s is printed %s', (text, printed) => {
    expect(printCell('change', readCell('change', text).cell)).toBe(printed);
  });
});

describe('an amount', () => {
  it.each([
    ['1150万', '11500000', '万元', '1150 万元', 'unit'],
    ['1150 万元', '11500000', '万元', '1150 万元', null],
    ['152790元', '152790', '元', '152790 元', null],
    ['11.876万元', '118760', '万元', '11.876 万元', null],
    ['0.00001亿元', '1000', '亿元', '0.00001 亿元', null],
    ['１１５０万元', '11500000', '万元', '1150 万元', 'unit'],
    ['1,150万元', '11500000', '万元', '1150 万元', 'separators'],
    ['0', '0', '元', '0 元', null],
  ])('%s is kept as %s 元 and printed in %s', (text, value, printUnit, printed, note) => {
    const reading = readCell('money', text);
    expect(reading).toEqual({ cell: { state: 'value', value, unit: '元', printUnit, original: text }, note });
    expect(printCell('money', reading.cell)).toBe(printed);
  });

  it('a bare number keeps no unit', () => {
    expect(readCell('money', '8040').cell).toEqual({ state: 'value', value: '8040', original: '8040' });
  });

  it.each(['约1150万', '11,50万元', '1150万美元', '-5万元', '万元'])('%s is unreadable', (text) => {
    expect(readCell('money', text).cell.state).toBe('unreadable');
  });
});

describe('a fee', () => {
  it.each([
    ['59237.2449', '59237.2449'],
    ['20.30', '20.3'],
    ['0.092', '0.092'],
  ])('%s is %s 万元', (text, value) => {
    expect(readCell('fee', text).cell).toEqual({
      state: 'value',
      value,
      unit: '万元',
      printUnit: '万元',
      original: text,
    });
  });

  it('a unit in the cell makes it unreadable: the form fixes it', () => {
    expect(readCell('fee', '20元').cell.state).toBe('unreadable');
  });
});

describe('moving the point', () => {
  it.each([
    ['1150', 4, '11500000'],
    ['11.876', 4, '118760'],
    ['1150', -4, '0.115'],
    ['-3', -1, '-0.3'],
    ['0', 4, '0'],
    ['100', -2, '1'],
  ])('%s by %i is %s', (text, places, expected) => {
    expect(shiftDecimal(text, places)).toBe(expected);
  });

  it('there and back is the same number, in its only spelling', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.integer({ min: -4, max: 4 }),
        (number, places) => {
          const moved = shiftDecimal(String(number), places);
          expect(isDecimal(moved)).toBe(true);
          expect(shiftDecimal(moved, -places)).toBe(String(number));
        },
      ),
    );
  });
});
