import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Readable } from '../domain/reading-turns.js';
import { isAbsent, isNotGiven } from '../site/plain-file.js';

/** What the disk says of a tree without its files being read. */
export type TreeMark = Omit<Readable, 'key'>;

const ABSENT: TreeMark = { place: '', mark: '', changedMs: 0 };

/**
 * Looks at the folder of a tree and at files that belong to it elsewhere, reading none: names, sizes, times and inodes. `beside`: paths below `root`;
 * which of them there are is part of the place.
 */
export async function markOf(root: string, tree: string, beside: readonly string[] = []): Promise<TreeMark> {
  // A few microseconds each; over the pool's threads they take ten times as long. Whoever else has work gets a turn between two trees.
  await setImmediate();
  const folder = join(root, 'trees', tree);
  const names = tree === '' ? undefined : namesIn(folder);
  if (names === undefined) return ABSENT;
  const paths = ['', ...names].map((name) => join(folder, name));
  const found = [...paths, ...beside.map((path) => join(root, path))].map(statOf);
  const there = beside.filter((_, index) => found[paths.length + index] !== undefined);
  const stats = found.flatMap((one) => (one === undefined ? [] : [one]));
  const lines = stats.map(({ dev, ino, size, mtimeNs, ctimeNs }) => [dev, ino, size, mtimeNs, ctimeNs].join(' '));
  return {
    place: [...names, ...there].join('/'),
    mark: createHash('sha256').update(lines.join('\n')).digest('base64'),
    changedMs: stats.reduce((latest, { ctimeNs }) => Math.max(latest, Number(ctimeNs / 1_000_000n)), 0),
  };
}

/** In the order of their letters; undefined where no folder is, or none that lets anybody in. */
function namesIn(folder: string): readonly string[] | undefined {
  return ifThere(() => readdirSync(folder).toSorted());
}

function statOf(path: string): ReturnType<typeof lstatBig> | undefined {
  return ifThere(() => lstatBig(path));
}

const lstatBig = (path: string) => lstatSync(path, { bigint: true });

function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (!isAbsent(error) && !isNotGiven(error)) throw error;
    return undefined;
  }
}
