import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { type Instant, instant } from '#domain/instant';
import { editionBytes, type EditionDocument } from '#report/edition';
import { readPlainText } from '#report/readers/plain-text';
import { buildBundle, id, signers } from '../../../test/support/bundle-builder.js';
import { inclusionFile } from '../../../test/support/log-builder.js';
import { keyOf, laterTrust, withKeys } from '../../../test/support/trust-builder.js';
import { canonicalBytes } from './canonical.js';
import { PAYLOAD_TYPES, sealEnvelope } from './dsse.js';
import { generateKeyPem, nodeCrypto, signerFromPem } from './node-crypto.js';
import type { ReceiptStatement } from './statements.js';
import { type FilesVerdict, type PublicFiles, verifyFiles } from './verify-files.js';

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

type Beside = Partial<Omit<PublicFiles, 'evidence'>>;
const judge = (evidence: Uint8Array, beside: Beside = {}, now?: Instant): FilesVerdict =>
  verifyFiles({ evidence, ...beside }, laterTrust(), nodeCrypto, now);

const receiptStatement: ReceiptStatement = {
  case: id(2),
  round: 1,
  document: id(3),
  edition: 1,
  content: nodeCrypto.sha256(content),
  bundle: nodeCrypto.sha256(bytes),
  channel: 'site',
  url: 'http://localhost:3080/xxgk/ndbg/xiangyang/2020/',
  files: [],
  readBackAt: instant('2026-01-20T01:02:00.000Z'),
};
const receiptOf = (change: Partial<ReceiptStatement> = {}, by = signers.publication): Uint8Array =>
  canonicalBytes(sealEnvelope(PAYLOAD_TYPES.receipt, { ...receiptStatement, ...change }, [by]));

describe('what downloaded files prove', () => {
  it('is the report by title, when the bundle holds the edition its seal names', () => {
    expect(judge(bytes, { report: content })).toMatchObject({ ok: true, title: sample.report.title });
    expect(judge(bytes)).toMatchObject({ ok: true });
  });

  it('is nothing when report.json is not the signed bytes', () => {
    const altered = content.slice();
    altered[altered.length >> 1]! ^= 1;
    expect(judge(bytes, { report: altered })).toMatchObject({ ok: false, defect: { code: 'report_bytes' } });
  });

  it.each([
    ['another edition', { edition: 2 }],
    ['another organ', { organ: { code: 'elsewhere', name: '别处', level: 'county' } }],
    ['another document', { document: id(9) }],
  ])('is nothing when all signed %s under the wrong name', (_what, change) => {
    const wrong = buildBundle({ content: editionBytes({ ...edition, ...change }) }).bytes;
    expect(judge(wrong)).toMatchObject({ ok: false, defect: { code: 'edition_mismatch' } });
  });

  it('is nothing when all signed something that is no report', () => {
    expect(judge(buildBundle().bytes)).toMatchObject({
      ok: false,
      defect: { code: 'invalid_edition', where: 'content' },
    });
  });

  it('is what the receipt says too, where one is given', () => {
    expect(judge(bytes, { receipt: receiptOf() })).toMatchObject({ ok: true });
    const codeOf = (receipt: Uint8Array): string => {
      const verdict = judge(bytes, { receipt });
      return verdict.ok ? 'ok' : verdict.defect.code;
    };
    expect(codeOf(new Uint8Array())).toBe('receipt_unreadable');
    expect(codeOf(canonicalBytes({}))).toBe('receipt_unreadable');
    expect(codeOf(receiptOf({}, signers.approval))).toBe('receipt_signature');
    expect(codeOf(receiptOf({ bundle: nodeCrypto.sha256(content) }))).toBe('receipt_mismatch');
    expect(codeOf(receiptOf({ round: 2 }))).toBe('receipt_mismatch');
  });

  it('lets a receipt count by a key of the time it was sealed, or of any time since, that was not lost', () => {
    const next = signerFromPem(generateKeyPem());
    const file = { inclusion: inclusionFile(bytes, { index: 4 }) };
    const under = (lost: number | null, receipt: Uint8Array): boolean => {
      const anchors = withKeys(laterTrust(), (key) =>
        key.holder === 'service:publication'
          ? [{ ...key, until: 5, compromisedFrom: lost }, keyOf(key.holder, key.purpose, next, { from: 5 })]
          : key,
      );
      return verifyFiles({ evidence: bytes, receipt, ...file }, anchors, nodeCrypto).ok;
    };
    expect([null, 7, 4].map((lost) => under(lost, receiptOf()))).toEqual([true, true, false]);
    expect(under(4, receiptOf({}, next))).toBe(true);
  });

  it('is nothing before its time', () => {
    const early = buildBundle({ content, notBefore: instant('2026-02-01T00:00:00.000Z') }).bytes;
    const at = (now: string): object => judge(early, { report: content }, instant(now));
    expect(at('2026-01-31T00:00:00.000Z')).toMatchObject({ ok: false, defect: { code: 'too_early' } });
    expect(at('2026-02-01T00:00:00.000Z')).toMatchObject({ ok: true });
  });
});
