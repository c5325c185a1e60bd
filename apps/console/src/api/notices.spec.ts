import { describe, expect, it } from '@jest/globals';
import { noticeAddress } from './notices.js';

describe('a notice', () => {
  it.each([
    ['to its case, which says what has become of it', { kind: 'turn', case: 'c', document: 'd' }, '/cases/c'],
    ['to its report where there is no case', { kind: 'due-soon', case: null, document: 'd' }, '/reports/d'],
    ['nowhere when it is about neither', { kind: 'directory-change', case: null, document: null }, null],
    [
      'to one’s passkeys when it is about one',
      { kind: 'passkey-registered', case: null, document: null },
      '/mine#passkeys',
    ],
  ] as const)('leads %s', (_where, notice, address) => {
    expect(noticeAddress(notice)).toBe(address);
  });
});
