import { describe, expect, it } from '@jest/globals';
import { noticeAddress } from './notices.js';

describe('a notice', () => {
  it.each([
    ['to its case, which says what has become of it', { case: 'c', document: 'd' }, '/cases/c'],
    ['to its report where there is no case', { case: null, document: 'd' }, '/reports/d'],
    ['nowhere when it is about neither', { case: null, document: null }, null],
  ])('leads %s', (_where, notice, address) => {
    expect(noticeAddress(notice)).toBe(address);
  });
});
