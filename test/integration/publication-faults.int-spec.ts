import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { PageTree } from '../../apps/publication/src/publish/page-tree.js';
import { ReadingTurns } from '../../apps/publication/src/domain/reading-turns.js';
import { sweepPublicPages } from '../../apps/publication/src/publish/proof-sweep.js';
import { Publisher } from '../../apps/publication/src/publish/publisher.js';
import { ProvenPages } from '../../apps/publication/src/site/proven-pages.js';
import { SiteFolder } from '../../apps/publication/src/site/site-folder.js';
import { nodeCrypto } from '#evidence/node-crypto';
import { rows } from '#persistence/sql';
import { Log } from '#service-runtime/log';
import { releaseYear, sealYear } from '../support/many-reports.js';
import { ORGAN, PATH, PublicationWorld } from '../support/publication-world.js';

const NEXT = `/xxgk/ndbg/${ORGAN}/2021/`;

let world: PublicationWorld;
let isMounted = false;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
afterEach(async () => {
  if (isMounted) spawnSync('umount', ['-l', world.folder.root]);
  isMounted = false;
  await world.clear();
});
afterAll(() => world?.close());

const jobs = (): Promise<{ year: number; state: string; defect: string | null; attempts: number }[]> =>
  rows(world.db, 'SELECT year, state, defect, attempts FROM publication_job ORDER BY year');
const digestAt = async (path: string): Promise<string> =>
  nodeCrypto.sha256(new Uint8Array(await (await world.get(path)).arrayBuffer()));

/** A disk of this many bytes under the site's folder; false where this user may mount none. */
function mountSmallDisk(bytes: number): boolean {
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', world.folder.root]);
  isMounted = made.status === 0;
  return isMounted;
}

/** A disk that is full whenever a tree is written. */
class FullDisk extends SiteFolder {
  override writeTree(): Promise<void> {
    return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
  }
}

describe('a full disk', () => {
  it('delays the next report, leaves the public one whole, and nothing half-written where readers look', async () => {
    const isReal = mountSmallDisk(4 * 1024 * 1024);
    await world.release(await world.seal());
    await world.publisher().drain();
    const before = await digestAt(PATH);
    const trees = await readdir(join(world.folder.root, 'trees'));
    await releaseYear(world, await sealYear(world, 2021));

    const filler = join(world.folder.root, 'filler');
    if (isReal) {
      const { bavail, bsize } = await statfs(world.folder.root);
      await writeFile(filler, Buffer.alloc((bavail - 4) * bsize));
    }
    const ports = world.ports();
    const full = isReal ? ports : { ...ports, folder: new FullDisk(world.folder.root) };
    await new Publisher(full, new Log('publication', 'error')).drain();
    expect(await jobs()).toMatchObject([
      { year: 2020, state: 'live' },
      { year: 2021, state: 'publishing', defect: 'enospc', attempts: 1 },
    ]);
    expect([(await world.get(PATH)).status, await digestAt(PATH)]).toEqual([200, before]);
    expect((await world.get(NEXT)).status).toBe(404);
    expect(await readdir(join(world.folder.root, 'trees'))).toEqual(trees);

    await rm(filler, { force: true });
    await world.due();
    await world.publisher().drain();
    expect(await jobs()).toMatchObject([{ state: 'live' }, { state: 'live', defect: null, attempts: 2 }]);
    expect((await world.get(NEXT)).status).toBe(200);
    expect(await readdir(join(world.folder.root, 'tmp'))).toEqual([]);
    expect(await world.alarms()).toEqual([]);
  });
});

describe('what is written beside the pages', () => {
  it('leaves nothing half-written behind, however often the disk refuses it', async () => {
    await mkdir(join(world.folder.root, 'monitor.json', 'kept'), { recursive: true });
    await mkdir(join(world.folder.root, 'tmp'), { recursive: true });
    const folder = new SiteFolder(world.folder.root);
    await folder.writeWatch(new Uint8Array(8));
    expect(await folder.readWatch()).toHaveLength(8);
    await writeFile(join(world.folder.root, 'receipts'), 'a file where a folder should be');
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(folder.writeReceipt('0'.repeat(64), new Uint8Array(8))).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readdir(join(world.folder.root, 'tmp'))).toEqual([]);
  });

  it('is removed when a killed process left it, and not while one may be writing it', async () => {
    const left = join(world.folder.root, 'tmp', 'tree-left');
    await mkdir(left, { recursive: true });
    await writeFile(join(left, 'report.json'), 'half of i');
    await world.folder.removeLeftovers();
    expect(await readdir(join(world.folder.root, 'tmp'))).toEqual(['tree-left']);
    jest.useFakeTimers({ now: Date.now() + 2 * 3_600_000, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
    await world.folder.removeLeftovers();
    jest.useRealTimers();
    expect(await readdir(join(world.folder.root, 'tmp'))).toEqual([]);
  });
});

describe('a disk that fills up between what is recorded and the file of the receipt', () => {
  /** A disk on which no receipt can be written. */
  class NoReceipt extends SiteFolder {
    override writeReceipt(): Promise<void> {
      return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    }
  }

  it('leaves the edition live and announced once, and the sweep puts the receipt beside it', async () => {
    await world.release(await world.seal());
    const folder = new NoReceipt(world.folder.root);
    await new Publisher({ ...world.ports(), folder }, new Log('publication', 'error')).drain();
    expect(await jobs()).toMatchObject([{ state: 'live', defect: null, attempts: 1 }]);
    expect(await world.announced()).toEqual({ 'publication.live': 1 });
    expect([(await world.get(PATH)).status, (await world.get(`${PATH}receipt.json`)).status]).toEqual([200, 404]);
    const ports = world.ports();
    await sweepPublicPages(ports, new ProvenPages(world.folder, ports), new ReadingTurns(100, 1000));
    expect((await world.get(`${PATH}receipt.json`)).status).toBe(200);
    expect(await world.announced()).toEqual({ 'publication.live': 1 });
    expect(await world.alarms()).toEqual([]);
  });
});

describe('a database that goes away while a report is being published', () => {
  /** A disk during whose writing the publisher loses its database. */
  class LosesDatabase extends SiteFolder {
    db: DataSource | undefined;

    override async writeTree(tree: PageTree): Promise<void> {
      await this.db?.destroy();
      return super.writeTree(tree);
    }
  }

  it('ends neither the publisher nor the site, and the report goes live once it is back', async () => {
    await world.release(await world.seal());
    const folder = new LosesDatabase(world.folder.root);
    folder.db = await world.otherConnection();
    const publisher = new Publisher({ ...world.ports(), folder, db: folder.db }, new Log('publication', 'error'));
    await publisher.drain();
    expect((await world.get('/xxgk/ndbg/')).status).toBe(200);
    expect(await jobs()).toMatchObject([{ state: 'publishing', attempts: 1 }]);
    await world.due();
    await world.publisher().drain();
    expect(await jobs()).toMatchObject([{ state: 'live', attempts: 2 }]);
  });
});

describe('a public address that answers errors', () => {
  /** A server in the site's place that answers every request like this. */
  async function answering(answer: (response: ServerResponse) => void): Promise<{ origin: string; close: () => void }> {
    const server = createServer((_, response) => answer(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = (): void => {
      server.close().closeAllConnections();
    };
    return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
  }

  it.each<[string, (response: ServerResponse) => void]>([
    ['500', (response) => response.writeHead(500).end('broken')],
    ['404', (response) => response.writeHead(404).end()],
    ['a redirect elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['nothing, and hangs up', (response) => response.destroy()],
    [
      'half of what it promised',
      (response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('half', () => response.destroy());
      },
    ],
  ])('%s: proves nothing, so the publication is tried again and announced once', async (_, answer) => {
    await world.release(await world.seal());
    const target = await answering(answer);
    await world.publisher(target.origin).drain();
    target.close();
    expect(await jobs()).toMatchObject([{ state: 'publishing', defect: 'address_unreachable', attempts: 1 }]);
    expect(await world.announced()).toEqual({});
    await world.due();
    await world.publisher().drain();
    expect(await jobs()).toMatchObject([{ state: 'live', defect: null }]);
    expect(await world.announced()).toMatchObject({ 'publication.live': 1 });
    expect(await world.alarms()).toEqual([]);
  });

  it('an answer without an end is read no further than shows that it is longer than what was written', async () => {
    await world.release(await world.seal());
    let sent = 0;
    const target = await answering((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024))) sent += 1;
        sent += 1;
      };
      response.on('drain', more);
      more();
    });
    await world.publisher(target.origin).drain();
    target.close();
    expect(await jobs()).toMatchObject([{ state: 'held', defect: 'public_bytes_differ' }]);
    // Eleven files, of each what the sockets hold between two reads.
    expect(sent).toBeLessThan(200);
  });
});
