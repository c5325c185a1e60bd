import { describe, expect, it } from '@jest/globals';
import { checkAddress } from './public-addresses.js';

describe('the address where a report is checked', () => {
  it('is the check page of the site that shows it, with its path', () => {
    expect(checkAddress('https://gk.example.gov.cn/xxgk/ndbg/xiangyang/2020/')).toBe(
      'https://gk.example.gov.cn/check/#/xxgk/ndbg/xiangyang/2020/',
    );
  });
});
