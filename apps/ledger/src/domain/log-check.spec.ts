import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Digest } from '#domain/identifiers';
import type { Checkpoint } from '#evidence/checkpoint';
import { rootOf } from '#evidence/merkle-tree';
import { nodeCrypto } from '#evidence/node-crypto';
import { id } from '../../../../test/support/bundle-builder.js';
import { nodesOver, strangeLeaf } from '../../../../test/support/log-tree.js';
import { standingOf, whyNotContained } from './log-check.js';

const leaves = (size: number): Digest[] => Array.from({ length: size }, (_, at) => strangeLeaf(at));
const headOf = (of: readonly Digest[]): { size: number; root: Digest } => ({
  size: of.length,
  root: rootOf(of, nodeCrypto),
});
const faultOf = (signed: readonly Digest[], found: readonly Digest[]): string | null =>
  whyNotContained(headOf(signed), headOf(found), nodesOver(found), nodeCrypto)?.fault ?? null;
const sizes = fc.integer({ min: 1, max: 70 });

describe('a log contains what was signed', () => {
  it('when it only grew', () => {
    fc.assert(
      fc.property(sizes, fc.nat(70), (size, more) => expect(faultOf(leaves(size), leaves(size + more))).toBeNull()),
    );
  });

  it('not when its newest leaves are gone', () => {
    fc.assert(
      fc.property(sizes, sizes, (size, less) =>
        expect(faultOf(leaves(size), leaves(Math.max(0, size - less)))).toBe('log_smaller'),
      ),
    );
  });

  it('not when any leaf of it is another, however it grew since', () => {
    fc.assert(
      fc.property(sizes, fc.nat(40), fc.nat(), (size, more, at) => {
        const found = leaves(size + more).with(at % size, strangeLeaf(1_000_000));
        expect(faultOf(leaves(size), found)).toBe('log_differs');
      }),
    );
  });

  it('not when a subtree is missing', () => {
    const read = (): Digest => {
      throw new RangeError('gone');
    };
    const head = headOf(leaves(7));
    expect(whyNotContained(headOf(leaves(5)), head, read, nodeCrypto)?.fault).toBe('log_differs');
  });
});

describe('before anything is added', () => {
  const signed: Checkpoint = { ...headOf(leaves(5)), origin: 'x', at: null, epoch: id(8), extensions: [] };
  const fault = { fault: 'log_smaller', signed: 5, found: 3 } as const;
  const bad = (): typeof fault => fault;
  const good = (): null => null;

  it.each([
    ['a log without copies is sound', undefined, { epoch: id(8), opened: false }, bad, { is: 'sound' }],
    ['a log that contains the newest copy is sound', signed, { epoch: id(8), opened: true }, good, { is: 'sound' }],
    ['one that does not was rolled back', signed, { epoch: id(8), opened: true }, bad, { is: 'rolled-back', fault }],
    [
      'nobody but an operator says it was restored',
      signed,
      { epoch: id(8), opened: false },
      bad,
      { is: 'rolled-back', fault },
    ],
    ['in a new epoch it was restored', signed, { epoch: id(9), opened: false }, bad, { is: 'restored', signed }],
    ['and says so once', signed, { epoch: id(9), opened: true }, bad, { is: 'sound' }],
  ] as const)('%s', (_what, newest, present, found, standing) => {
    expect(standingOf(newest, present, found)).toEqual(standing);
  });
});
