import { describe, expect, it } from '@jest/globals';
import { publicPath, readAddress } from './public-address.js';

describe('an address', () => {
  it.each([
    '/xxgk/ndbg/../2020/',
    '/xxgk/ndbg/%2e%2e/2020/',
    '/xxgk/ndbg/xiangyang/2020/../../../../etc/passwd',
    '/xxgk/ndbg/xiangyang/2020/manifest.json/..',
    '/xxgk/ndbg/Xiangyang/2020/',
    '/xxgk/ndbg/xiangyang/20201/',
    '/xxgk/ndbg/xiangyang/2020/v0/',
    '/xxgk/ndbg/xiangyang/2020//report.json',
    '/xxgk/ndbg/xiangyang/2020/report.json\n',
    '//xxgk/ndbg/xiangyang/2020/',
  ])('%j names nothing', (path) => expect(readAddress(path)).toBeNull());

  it('names a report, an edition of it, and their files', () => {
    expect(readAddress(publicPath('xiangyang-justice', 2020))).toEqual({
      organ: 'xiangyang-justice',
      year: 2020,
      edition: null,
      file: '',
    });
    expect(readAddress('/xxgk/ndbg/a/2021/v12/evidence.json')).toEqual({
      organ: 'a',
      year: 2021,
      edition: 12,
      file: 'evidence.json',
    });
  });
});
