import { describe, expect, it } from '@jest/globals';
import { buildBundle, id, trust } from '../../../test/support/bundle-builder.js';
import { changesFor } from '../../../test/support/kinds-of-bundle.js';
import { toBase64 } from './base64.js';
import { canonicalBytes } from './canonical.js';
import { isDefect } from './defect.js';
import { nodeCrypto } from './node-crypto.js';
import { verifyBundle } from './verify-bundle.js';
import {
  readWithheld,
  restoreContent,
  verifyWithheld,
  withholdContent,
  type WithheldBundle,
} from './withheld-bundle.js';

const content = canonicalBytes({ text: '误发的内容，含个人信息' });
const notice = {
  schema: 'sunward.notice/1',
  kind: 'withdraw',
  document: id(3),
  edition: 1,
  replaces: 1,
  reason: '误发。',
  changes: null,
} as const;
const about = { kind: 'withdraw', edition: 1, case: id(2), version: 1, content, notice } as const;
const full = buildBundle(changesFor(about)).bytes;
const withheld = withholdContent(full, nodeCrypto);
const read = (): WithheldBundle => {
  const found = readWithheld(withheld);
  if (isDefect(found)) throw new Error(found.detail);
  return found;
};

describe('evidence without its content', () => {
  it('has nothing of the text, and proves the same', () => {
    expect(Buffer.from(withheld).includes(toBase64(content).slice(0, 30))).toBe(false);
    expect(verifyWithheld(withheld, trust, nodeCrypto)).toEqual(verifyBundle(full, trust, nodeCrypto));
  });

  it('becomes the whole evidence again with the bytes that were signed, and with no others', () => {
    expect(Buffer.from(restoreContent(read(), content)).equals(full)).toBe(true);
    const other = restoreContent(read(), canonicalBytes({ text: '另一份' }));
    expect(verifyBundle(other, trust, nodeCrypto)).toMatchObject({ ok: false, defect: { code: 'content_digest' } });
  });

  it.each<[string, () => Uint8Array, string]>([
    ['another digest of the content', () => canonicalBytes({ ...read(), content: 'a'.repeat(64) }), 'content_digest'],
    ['the stand-in for it', () => canonicalBytes({ ...read(), content: 'content' }), 'bad_shape'],
    ['another notice', () => canonicalBytes({ ...read(), notice: toBase64(content) }), 'notice_digest'],
    [
      'a decision less',
      () => canonicalBytes({ ...read(), approval: { ...read().approval, decisions: [] } }),
      'decision_missing',
    ],
    ['whole evidence in its place', () => full, 'bad_shape'],
    ['bytes that are no JSON', () => new Uint8Array([1, 2]), 'not_canonical'],
  ])('with %s is refused', (_what, make, code) => {
    expect(verifyWithheld(make(), trust, nodeCrypto)).toMatchObject({ ok: false, defect: { code } });
  });

  it('is not made of evidence in the first form, which has no withdrawals', () => {
    expect(() => withholdContent(buildBundle().bytes, nodeCrypto)).toThrow(RangeError);
  });
});
