import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyFrontier, frontierOf, rootOf } from '#evidence/merkle-tree';
import { nodeCrypto } from '#evidence/node-crypto';
import { nodesOver, strangeLeaf } from '../../../../test/support/log-tree.js';
import { grow, type StoredNode } from './log-growth.js';

it('a log grown in any portions is the tree over all its leaves, and stores every full subtree once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 12 }), (portions) => {
      const total = portions.reduce((sum, one) => sum + one, 0);
      const all = Array.from({ length: total }, (_, at) => strangeLeaf(at));
      const stored: StoredNode[] = [];
      let size = 0;
      for (const portion of portions) {
        const leaves = all.slice(size, size + portion);
        const growth = grow(frontierOf(size, nodesOver(all.slice(0, size))), leaves, nodeCrypto);
        expect(growth.leaves.map(({ index }) => index)).toEqual(leaves.map((_, at) => size + at));
        stored.push(...growth.nodes);
        size += portion;
        expect([growth.size, growth.root]).toEqual([size, rootOf(all.slice(0, size), nodeCrypto)]);
      }
      const read = nodesOver(all);
      for (const { level, index, hash } of stored) expect(hash).toBe(read(level, index));
      expect(new Set(stored.map(({ level, index }) => `${level}/${index}`)).size).toBe(stored.length);
      let full = 0;
      for (let span = 2; span <= total; span *= 2) full += Math.floor(total / span);
      expect(stored).toHaveLength(full);
    }),
  );
});

it('nothing added leaves the log as it was', () => {
  expect(grow(emptyFrontier, [], nodeCrypto)).toMatchObject({ leaves: [], nodes: [], size: 0 });
});
