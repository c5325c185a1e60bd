import { readFileSync } from 'node:fs';
import { isRefusal } from '#domain/decision';
import { instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import type { Signer } from '#evidence/crypto';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import { nodeCrypto } from '#evidence/node-crypto';
import type { ReceiptStatement } from '#evidence/statements';
import type { PublicFiles } from '#evidence/verify-files';
import { withholdContent } from '#evidence/withheld-bundle';
import { editionBytes } from '#report/edition';
import { readPlainText } from '#report/readers/plain-text';
import { buildBundle, type Changes, id, signers } from './bundle-builder.js';
import { changesFor } from './kinds-of-bundle.js';
import { inclusionFile } from './log-builder.js';

const SAMPLE = new URL('../../samples/xiangyang-2020.txt', import.meta.url);

/** The sample report as the edition the story of `buildBundle` seals. */
export function sampleContent(): Uint8Array {
  const reading = readPlainText(readFileSync(SAMPLE, 'utf8'));
  if (isRefusal(reading)) throw new Error(reading.refused);
  const { report } = reading;
  return editionBytes({
    schema: 'sunward.edition/1',
    document: id(3),
    edition: 1,
    kind: 'annual-report',
    organ: { code: 'xiangyang', name: '向阳区人民政府', level: 'county' },
    year: 2020,
    format: report.format,
    report,
    attachments: [],
  });
}

/** What publication says of a bundle, with whatever is to be different. */
export function receiptOf(
  evidence: Uint8Array,
  content: Uint8Array,
  change: Partial<ReceiptStatement> = {},
  by: Signer = signers.publication,
): Uint8Array {
  const statement: ReceiptStatement = {
    case: id(2),
    round: 1,
    document: id(3),
    edition: 1,
    content: nodeCrypto.sha256(content),
    bundle: nodeCrypto.sha256(evidence),
    channel: 'site',
    url: 'http://localhost:3080/xxgk/ndbg/xiangyang/2020/',
    files: [],
    readBackAt: instant('2026-01-20T01:02:00.000Z'),
    ...change,
  };
  return canonicalBytes(sealEnvelope(PAYLOAD_TYPES.receipt, statement, [by]));
}

/** All files of a publication; `index`: the place of its seal in the log, none when left out. */
export function publicationFiles({
  index,
  receipt = true,
  changes = {},
}: { index?: number; receipt?: boolean; changes?: Changes } = {}): PublicFiles & { readonly report: Uint8Array } {
  const report = sampleContent();
  const { bytes: evidence } = buildBundle({ content: report, ...changes });
  return {
    evidence,
    report,
    ...(receipt ? { receipt: receiptOf(evidence, report) } : {}),
    ...(index === undefined ? {} : { inclusion: inclusionFile(evidence, { index }) }),
  };
}

/** Why the sample report was published as an emergency, or withdrawn. */
export const REASON = '录入时数字颠倒。';

/** The evidence that the sample report, or another edition with its case, was published as an emergency, ratified or withdrawn. */
function actOf(kind: 'emergency' | 'ratify' | 'withdraw', edition = 1): { evidence: Uint8Array; content: Uint8Array } {
  const notice =
    kind === 'ratify'
      ? null
      : {
          schema: 'sunward.notice/1' as const,
          kind,
          document: id(3),
          edition,
          replaces: kind === 'withdraw' ? edition : null,
          reason: REASON,
          changes: null,
        };
  const content = sampleContent();
  return {
    evidence: buildBundle(changesFor({ kind, edition, case: id(2), version: 1, content, notice })).bytes,
    content,
  };
}

/** An emergency of the sample report, and what ratified it afterwards, or ratified edition `of` of it. */
export function ratifiedFiles(of = 1): {
  readonly evidence: Uint8Array;
  readonly report: Uint8Array;
  readonly ratification: Uint8Array;
} {
  const { evidence, content: report } = actOf('emergency');
  return { evidence, report, ratification: actOf('ratify', of).evidence };
}

/** The evidence that the sample report was withdrawn, without its text, and the receipt of that with whatever is to be different. */
export function withdrawnFiles(change: Partial<ReceiptStatement> = {}): {
  readonly withdrawal: Uint8Array;
  readonly receipt: Uint8Array;
} {
  const { evidence, content } = actOf('withdraw');
  const withdrawal = withholdContent(evidence, nodeCrypto);
  const { byteLength: sizeBytes } = withdrawal;
  const files = [{ name: 'withdrawal.json', digest: nodeCrypto.sha256(withdrawal), sizeBytes }];
  return {
    withdrawal,
    receipt: receiptOf(evidence, content, { act: 'withdraw', superseded: false, files, ...change }),
  };
}
