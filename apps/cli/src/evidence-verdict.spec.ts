import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { instant } from '#domain/instant';
import { editionBytes, type EditionDocument } from '#report/edition';
import { readPlainText } from '#report/readers/plain-text';
import { buildBundle, id, trust } from '../../../test/support/bundle-builder.js';
import { judgeEvidence } from './evidence-verdict.js';

const sample = readPlainText(readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(sample)) throw new Error(sample.refused);

const edition: EditionDocument = {
  schema: 'sunward.edition/1',
  document: id(3),
  edition: 1,
  kind: 'annual-report',
  organ: { code: 'xiangyang', name: '向阳区人民政府', level: 'county' },
  year: 2020,
  format: '2019',
  report: sample.report,
  attachments: [],
};
const content = editionBytes(edition);
const { bytes } = buildBundle({ content });

describe('what downloaded files prove', () => {
  it('is the report by title, when the bundle holds the edition its seal names', () => {
    expect(judgeEvidence(bytes, content, trust)).toMatchObject({ ok: true, title: sample.report.title });
    expect(judgeEvidence(bytes, undefined, trust)).toMatchObject({ ok: true });
  });

  it('is nothing when report.json is not the signed bytes', () => {
    const altered = content.slice();
    altered[altered.length >> 1]! ^= 1;
    expect(judgeEvidence(bytes, altered, trust)).toMatchObject({ ok: false, defect: { code: 'report_bytes' } });
  });

  it.each([
    ['another edition', { edition: 2 }],
    ['another organ', { organ: { code: 'elsewhere', name: '别处', level: 'county' } }],
    ['another document', { document: id(9) }],
  ])('is nothing when all signed %s under the wrong name', (_what, change) => {
    const wrong = buildBundle({ content: editionBytes({ ...edition, ...change }) }).bytes;
    expect(judgeEvidence(wrong, undefined, trust)).toMatchObject({ ok: false, defect: { code: 'edition_mismatch' } });
  });

  it('is nothing when all signed something that is no report', () => {
    expect(judgeEvidence(buildBundle().bytes, undefined, trust)).toMatchObject({
      ok: false,
      defect: { code: 'invalid_edition', where: 'content' },
    });
  });

  it('is nothing before its time', () => {
    const early = buildBundle({ content, notBefore: instant('2026-02-01T00:00:00.000Z') }).bytes;
    const at = (now: string): object => judgeEvidence(early, content, trust, instant(now));
    expect(at('2026-01-31T00:00:00.000Z')).toMatchObject({ ok: false, defect: { code: 'too_early' } });
    expect(at('2026-02-01T00:00:00.000Z')).toMatchObject({ ok: true });
  });
});
