import { describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { publicationFiles } from '../../../../test/support/publication-files.js';
import { laterTrust } from '../../../../test/support/trust-builder.js';
import { readPasted } from './address.js';
import { type ChosenFile, readChosen } from './chosen-files.js';
import { findingOf } from './findings.js';
import { differencesOf, toldDifferencesOf } from './signed-figures.js';

const { evidence, report, receipt } = publicationFiles();
const chosenFile = (name: string, bytes: Uint8Array, size = bytes.byteLength): ChosenFile => ({
  name,
  size,
  arrayBuffer: () => Promise.resolve(bytes.slice().buffer),
});

describe('a pasted address', () => {
  it.each([
    ['http://site.example/xxgk/ndbg/a-b/2020/', '/xxgk/ndbg/a-b/2020/'],
    [' http://site.example/xxgk/ndbg/a-b/2020 ', '/xxgk/ndbg/a-b/2020/'],
    ['http://site.example/xxgk/ndbg/a-b/2020/v2/evidence.json?x#y', '/xxgk/ndbg/a-b/2020/v2/'],
    ['/xxgk/ndbg/a-b/2020/', '/xxgk/ndbg/a-b/2020/'],
    ['http://site.example/xxgk/ndbg/a-b/2020/#chapter-3', '/xxgk/ndbg/a-b/2020/'],
  ])('%s leads to the report', (text, path) =>
    expect(readPasted(text, 'http://site.example')).toEqual({ kind: 'here', path, page: path }),
  );

  it.each(['/en/xxgk/ndbg/a-b/2020/v2', 'http://site.example/en/xxgk/ndbg/a-b/2020/v2/#chapter-3'])(
    '%s leads to the report in its English frame',
    (text) =>
      expect(readPasted(text, 'http://site.example')).toEqual({
        kind: 'here',
        path: '/xxgk/ndbg/a-b/2020/v2/',
        page: '/en/xxgk/ndbg/a-b/2020/v2/',
      }),
  );

  it.each([
    ['http://other.example/xxgk/ndbg/a-b/2020/', 'elsewhere'],
    ['http://site.example.evil.example/xxgk/ndbg/a-b/2020/', 'elsewhere'],
    ['//other.example/xxgk/ndbg/a-b/2020/', 'elsewhere'],
    ['http://site.example/data/', 'no-report'],
    ['http://site.example/en/en/xxgk/ndbg/a-b/2020/', 'no-report'],
    ['javascript:alert(1)', 'no-report'],
    ['', 'no-report'],
  ])('%s is not asked for', (text, kind) => expect(readPasted(text, 'http://site.example')).toEqual({ kind }));
});

describe('chosen files', () => {
  it('are read from a ZIP, the trust file beside it being the reader’s own', async () => {
    const zip = zipSync({ 'evidence.json': evidence, 'trust.json': evidence, 'verify.mjs': evidence });
    const { files, own } = await readChosen([chosenFile('x.zip', zip), chosenFile('trust.json', report)]);
    expect(Object.keys(files)).toEqual(['evidence.json', 'trust.json']);
    expect(own).toEqual(report);
  });

  it('are refused when they are too large, or would be once unpacked, or are no ZIP', async () => {
    await expect(readChosen([chosenFile('evidence.json', evidence, 2 ** 26)])).rejects.toThrow(RangeError);
    const bomb = zipSync({ 'evidence.json': new Uint8Array(40 * 1024 * 1024) });
    expect(bomb.byteLength).toBeLessThan(100_000);
    await expect(readChosen([chosenFile('x.zip', bomb)])).rejects.toThrow(RangeError);
    await expect(readChosen([chosenFile('x.zip', report)])).rejects.toThrow(RangeError);
  });
});

describe('a finding', () => {
  const files = { 'evidence.json': evidence, 'report.json': report, ...(receipt && { 'receipt.json': receipt }) };
  const finding = findingOf(files, laterTrust());

  it('names who signed, and every figure', () => {
    expect(finding).toMatchObject({ isProved: true, organName: '向阳区人民政府' });
    if (!finding.isProved || finding.shows !== 'edition') throw new Error('no edition');
    expect(finding.summary.seats).toHaveLength(5);
    expect(finding.figures).toHaveLength(198);
    expect(finding.figures[0]?.name).toMatch(/^表二 /);
  });

  it('of a page tells what differs, what is missing and what was never signed', () => {
    if (!finding.isProved || finding.shows !== 'edition') throw new Error('no edition');
    const shown = finding.figures.map(({ id, text }) => ({ id, text: ` ${text}\n` }));
    expect(differencesOf(finding.figures, shown)).toEqual([]);
    const [first, , ...rest] = shown;
    const altered = [{ ...first!, text: '91' }, ...rest, { id: 't9', text: '5' }];
    expect(differencesOf(finding.figures, altered)).toEqual([
      { id: finding.figures[0]!.id, name: finding.figures[0]!.name, signed: finding.figures[0]!.text, shown: '91' },
      { id: finding.figures[1]!.id, name: finding.figures[1]!.name, signed: finding.figures[1]!.text, shown: null },
      { id: 't9', name: 't9', signed: null, shown: '5' },
    ]);
  });

  it('of a page tells a reason or a mark that was not signed, and one that is missing', () => {
    const signed = { reason: '误发。', mark: 'withdrawn' };
    expect(toldDifferencesOf(signed, { reasons: [' 误发。\n'], marks: ['withdrawn'] })).toEqual([]);
    expect(toldDifferencesOf(signed, { reasons: [], marks: ['superseded'] }).map(({ id }) => id)).toEqual([
      'reason',
      'mark',
    ]);
    expect(toldDifferencesOf({ reason: null, mark: null }, { reasons: ['x'], marks: ['emergency'] })).toMatchObject([
      { id: 'reason', signed: null, shown: 'x' },
      { id: 'mark', signed: null, shown: 'emergency' },
    ]);
  });

  it.each([
    ['evidence_missing', {}, laterTrust()],
    ['trust_unusable', files, { schema: 'sunward.trust/1' }],
    ['trust_unusable', files, null],
    ['report_bytes', { ...files, 'report.json': evidence }, laterTrust()],
  ])('is %s', (code, given, trust) => expect(findingOf(given, trust)).toMatchObject({ isProved: false, code }));
});
