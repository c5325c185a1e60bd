import { spawnSync } from 'node:child_process';
import { chmod, lstat, mkdir, open, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReadingTurns } from '../../apps/publication/src/domain/reading-turns.js';
import { SiteWatch } from '../../apps/publication/src/monitor/site-watch.js';
import { putAsideStrays, type StrayFile } from '../../apps/publication/src/monitor/stray-files.js';
import { sweepPublicPages } from '../../apps/publication/src/publish/proof-sweep.js';
import { ProvenPages } from '../../apps/publication/src/site/proven-pages.js';
import { ORGAN, PATH, PublicationWorld } from '../support/publication-world.js';

const CURRENT = { organ: ORGAN, year: 2020, edition: null };
const NOBODY = 65_534;

let world: PublicationWorld;
let tree: string;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
beforeEach(async () => {
  await world.release(await world.seal());
  await world.publisher().drain();
  tree = world.folder.linkOf(CURRENT) ?? '';
});
afterEach(() => world.clear());
afterAll(() => world?.close());

const at = (...path: string[]): string => join(world.folder.root, ...path);
const status = async (path: string): Promise<number> => (await world.get(path)).status;
const sweep = (): Promise<void> =>
  sweepPublicPages(world.ports(), new ProvenPages(world.folder, world.ports()), new ReadingTurns(100, 1000));
const rethrow = (error: unknown): never => {
  throw error;
};
const watch = (): SiteWatch =>
  new SiteWatch(world.watchGround(), new ReadingTurns(100, 1000), {
    onFault: rethrow,
    onProblem: async () => undefined,
  });

/** What somebody who may write to the disk puts in the place of a file, each of which would keep or mislead whoever reads it. */
const THINGS: Readonly<Record<string, (place: string) => Promise<unknown>>> = {
  'a pipe nobody writes to': async (place) => spawnSync('mkfifo', [place]),
  'a link to another file': (place) => symlink('/etc/hostname', place),
  'a link to itself': (place) => symlink(place, place),
  'a device without an end': (place) => symlink('/dev/zero', place),
  'a folder': (place) => mkdir(place),
  'a file larger than any memory': async (place) => {
    const file = await open(place, 'w');
    await file.truncate(2 ** 41);
    await file.close();
  },
};

async function putInPlace(place: string, thing: string): Promise<void> {
  await rm(place, { force: true });
  await THINGS[thing]?.(place);
  expect((await lstat(place)).isSymbolicLink() || !(await lstat(place)).isFile() || thing.includes('file')).toBe(true);
}

describe.each(Object.keys(THINGS))('%s in the place of a file', (thing) => {
  it('of a page is shown to nobody, taken down by the monitor, and put right by the sweep', async () => {
    for (const name of ['report.json', 'index.html', 'manifest.json']) await putInPlace(at('trees', tree, name), thing);
    await world.reopenSite();
    expect([await status(PATH), await status(`${PATH}report.json`)]).toEqual([503, 503]);
    expect(await status('/xxgk/ndbg/')).toBe(200);
    expect((await watch().round()).problems.map(({ code, isDown }) => [code, isDown])).toEqual([
      ['tree_missing', true],
      ['tree_missing', true],
    ]);
    expect(await status(PATH)).toBe(404);
    await sweep();
    expect([await status(PATH), await status(`${PATH}report.json`)]).toEqual([200, 200]);
    expect(await watch().round()).toMatchObject({ proved: 2, problems: [] });
  });

  it('beside a page is as if it were not there, and put right by the sweep', async () => {
    await putInPlace(at('receipts', `${tree}.json`), thing);
    expect([await status(`${PATH}receipt.json`), await status(PATH)]).toEqual([404, 200]);
    await sweep();
    expect(await status(`${PATH}receipt.json`)).toBe(200);
  });
});

describe('what cannot be walked through', () => {
  const strays = async (onFault: (error: unknown) => void = rethrow): Promise<readonly StrayFile[]> =>
    putAsideStrays(world.folder, onFault);

  it('a link to itself among the organs blinds neither the monitor nor the sweep, and is put aside', async () => {
    await symlink('loop', at('public/xxgk/ndbg/loop'));
    await symlink('loop', at('versions/loop'));
    await sweep();
    expect(await watch().round()).toMatchObject({ proved: 2, problems: [] });
    expect(await strays()).toEqual([
      { path: 'public/xxgk/ndbg/loop', code: 'file_unknown', isDown: true },
      { path: 'versions/loop', code: 'file_unknown', isDown: true },
    ]);
  });

  it('a folder that lets nobody in is told of, and keeps the others from nothing', async () => {
    await mkdir(at('public/xxgk/ndbg/closed/2020'), { recursive: true });
    const faults: unknown[] = [];
    const found = await asNobody(async () => {
      await chmod(at('public/xxgk/ndbg/closed'), 0);
      const told = await strays((error) => faults.push(error));
      expect(await watch().round()).toMatchObject({ proved: 2, problems: [] });
      await expect(sweep()).rejects.toThrow('1 pages not looked at');
      await chmod(at('public/xxgk/ndbg/closed'), 0o755);
      return told;
    });
    // Nobody may move what he may not enter; people are told that it stands there.
    expect(found).toEqual([{ path: 'public/xxgk/ndbg/closed', code: 'file_unknown', isDown: false }]);
    expect(faults).toMatchObject([{ code: 'EACCES' }]);
  });

  it('nothing is moved while the folder of all reports lets nobody in', async () => {
    await asNobody(async () => {
      await chmod(at('public/xxgk'), 0);
      await expect(strays()).rejects.toMatchObject({ code: 'EACCES' });
      await chmod(at('public/xxgk'), 0o755);
    });
    expect(await status(PATH)).toBe(200);
  });
});

/** Does something as a user whom the modes of folders bind. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const isBound = process.getuid?.() !== 0;
  if (isBound) return work();
  spawnSync('chown', ['-R', String(NOBODY), world.folder.root]);
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
