import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildBundle, trust } from '../../../test/support/bundle-builder.js';
import { toBase64 } from './base64.js';
import { canonicalBytes } from './canonical.js';
import { type Envelope, sealEnvelope } from './dsse.js';
import { generateKeyPem, nodeCrypto, signerFromPem } from './node-crypto.js';
import { type Verdict, verifyBundle } from './verify-bundle.js';

const stranger = signerFromPem(generateKeyPem());
const codeOf = (verdict: Verdict): string => (verdict.ok ? 'ok' : verdict.defect.code);

/** One byte of so many is tried in turn, and any by chance; prime, so every place within base64 groups comes up. */
const STRIDE = 11;

describe('no part of a bundle can be altered unseen', () => {
  const { bundle, bytes } = buildBundle();

  it('whichever envelope is exchanged for another, or its statement re-signed by a stranger', () => {
    const paths = envelopePaths(bundle);
    expect(paths.length).toBe(5 + 2 * 5);
    for (const path of paths) {
      const envelope = leafAt(bundle, path) as Envelope;
      const payload = JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as Record<string, unknown>;
      const resigned = sealEnvelope(envelope.payloadType as never, payload, [stranger]);
      expect([path, codeOf(verifyValue(replaced(bundle, path, resigned)))]).not.toContain('ok');
      for (const field of Object.keys(payload)) {
        const altered = { ...payload, [field]: typeof payload[field] === 'string' ? `${payload[field]}0` : 'x' };
        const unsigned = { ...envelope, payload: toBase64(canonicalBytes(altered)) };
        expect([path, field, codeOf(verifyValue(replaced(bundle, path, unsigned)))]).not.toContain('ok');
      }
      for (const swapped of paths.filter((one) => one !== path))
        expect([path, swapped, codeOf(verifyValue(replaced(bundle, path, leafAt(bundle, swapped))))]).not.toContain(
          'ok',
        );
    }
  });

  it('whichever byte is changed: one bit in turn, any bits by chance', () => {
    const survivors: number[] = [];
    for (let index = 0; index < bytes.length; index += STRIDE) {
      if (codeOf(verifyBundle(flipped(index, 1 << (index % 8)), trust, nodeCrypto)) === 'ok') survivors.push(index);
    }
    expect(survivors).toEqual([]);
    const anyFlip = fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, mask) => {
      expect(codeOf(verifyBundle(flipped(index, mask), trust, nodeCrypto))).not.toBe('ok');
    });
    fc.assert(anyFlip, { numRuns: 300 });
  }, 60_000);

  function flipped(index: number, mask: number): Uint8Array {
    const copy = bytes.slice();
    copy[index]! ^= mask;
    return copy;
  }
});

const verifyValue = (value: object): Verdict => verifyBundle(canonicalBytes(value), trust, nodeCrypto);

type Path = readonly (string | number)[];

function envelopePaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('payloadType' in value) return [path];
  return Object.entries(value).flatMap(([key, child]) => envelopePaths(child, [...path, key]));
}

function leafAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], value);
}

function replaced(value: object, path: Path, leaf: unknown): object {
  const copy = structuredClone(value);
  (leafAt(copy, path.slice(0, -1)) as Record<string, unknown>)[path.at(-1)!] = leaf;
  return copy;
}
