import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { isDefect } from '#evidence/defect';
import { toBase64 } from '#evidence/base64';
import { generateKeyPem, nodeCrypto, publicKeyOf } from '#evidence/node-crypto';
import type { Trust } from '#evidence/trust';
import { editionBytes } from '#report/edition';
import { readPlainText } from '#report/readers/plain-text';
import { buildBundle, id, signers, trust } from '../../../../test/support/bundle-builder.js';
import { inclusionFile } from '../../../../test/support/log-builder.js';
import { proveBundle } from './publication-proof.js';

function sealed(): Uint8Array {
  const reading = readPlainText(readFileSync('samples/xiangyang-2020.txt', 'utf8'));
  if (isRefusal(reading)) throw new Error(reading.refused);
  const { report } = reading;
  const { year, format } = report;
  const organ = { code: 'xiangyang', name: '向阳区人民政府', level: 'county' } as const;
  const about = { schema: 'sunward.edition/1', document: id(3), edition: 1, kind: 'annual-report' } as const;
  return buildBundle({ content: editionBytes({ ...about, organ, year, format, report, attachments: [] }) }).bytes;
}

const codeOf = (bytes: Uint8Array, under: Trust, inclusion?: Uint8Array): string => {
  const found = proveBundle(bytes, { trust: under, crypto: nodeCrypto }, inclusion);
  return isDefect(found) ? found.defect : 'proved';
};

describe('what was proved last', () => {
  const bytes = sealed();

  it('is known again by its bytes, wherever they come from', () => {
    const ground = { trust, crypto: nodeCrypto };
    const first = proveBundle(bytes, ground);
    expect(isDefect(first)).toBe(false);
    expect(proveBundle(bytes.slice(), ground)).toBe(first);
  });

  it('says nothing about other bytes of the same length', () => {
    expect(codeOf(bytes, trust)).toBe('proved');
    const text = new TextDecoder().decode(bytes);
    const { signature } = /"sig":"(?<signature>[^"]{20})/.exec(text)?.groups ?? {};
    const forged = new TextEncoder().encode(text.replace(signature ?? '', 'A'.repeat(20)));
    expect(forged).toHaveLength(bytes.length);
    expect(codeOf(forged, trust)).toBe('caller_signature');
  });

  it('says nothing under other keys', () => {
    expect(codeOf(bytes, trust)).toBe('proved');
    const stranger = toBase64(publicKeyOf(generateKeyPem()));
    expect(codeOf(bytes, { ...trust, services: { ...trust.services, approval: stranger } })).not.toBe('proved');
  });

  it('says nothing about another place in the log', () => {
    expect(codeOf(bytes, trust)).toBe('proved');
    const log = inclusionFile(bytes, { index: 2, signer: signers.review });
    expect(codeOf(bytes, trust, log)).not.toBe('proved');
  });
});
