import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelWorker, sweepChannels } from '../../apps/publication/src/channels/channel-worker.js';
import { FolderChannel } from '../../apps/publication/src/channels/folder-channel.js';
import { nodeCrypto } from '#evidence/node-crypto';
import { row, rows } from '#persistence/sql';
import { letHappen } from '../support/editions.js';
import { ORGAN, PATH, PublicationWorld } from '../support/publication-world.js';

let world: PublicationWorld;
let target: string;
let place: string;
let isMounted = false;
let channel: FolderChannel;
const quiet = { info: () => undefined, warn: () => undefined, fault: () => undefined };

beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
beforeEach(async () => {
  target = await mkdtemp(join(tmpdir(), 'sunward-export-'));
  place = join(target, ORGAN, '2020');
  const title = { zh: '区政府网站', en: 'District website' };
  channel = new FolderChannel(
    { name: 'export', kind: 'folder', title, contact: null, organs: null, backfill: false },
    target,
  );
  world.channels = [channel];
});
afterEach(async () => {
  if (isMounted) spawnSync('umount', ['-l', target]);
  isMounted = false;
  await rm(target, { recursive: true, force: true });
  await world.clear();
});
afterAll(() => world?.close());

const deliver = async (): Promise<void> => {
  await rows(world.db, 'UPDATE channel_delivery SET next_at = clock_timestamp()');
  await new ChannelWorker(world.ports(), channel, quiet).drain();
};
const newest = (): Promise<Record<string, unknown> | undefined> =>
  row(world.db, 'SELECT state, defect, attempts, receipt FROM channel_delivery ORDER BY created_at DESC LIMIT 1');
const current = async (): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(place, 'current.json'), 'utf8')) as Record<string, unknown>;
const publicBytes = async (name: string): Promise<Buffer> =>
  Buffer.from(await (await world.get(`${PATH}${name}`)).arrayBuffer());
/** Folders of editions, and whatever else was left lying about. */
const names = async (): Promise<string[]> =>
  (await readdir(place)).filter((name) => !name.startsWith('current')).toSorted();

describe('an export folder', () => {
  it('gets the label of an earlier edition in place of its files, and goes on naming the present one', async () => {
    await letHappen(world, 'publish', 1);
    await deliver();
    const before = await names();
    await letHappen(world, 'correct', 2);
    await sweepChannels(world.ports(), [channel], quiet);
    await deliver();
    const [first = '', second = '', ...more] = await names();
    expect([first.startsWith('v1-'), second.startsWith('v2-'), more]).toEqual([true, true, []]);
    expect(before).not.toContain(first);
    expect(await readFile(join(place, first, 'index.html'))).toEqual(await publicBytes('v1/'));
    expect(await readFile(join(place, first, 'index.html'), 'utf8')).toContain('data-mark="superseded"');
    expect([(await current())['edition'], await readlink(join(place, 'current'))]).toEqual([2, second]);
  });

  it('has exactly the public files with manifest and receipt, named by a link and by digests', async () => {
    await letHappen(world, 'publish', 1);
    await deliver();
    const shown = await current();
    expect(await newest()).toMatchObject({
      state: 'delivered',
      receipt: {
        digest: nodeCrypto.sha256(await readFile(join(place, 'current.json'))),
        place: join(place, String(shown['folder'])),
      },
    });
    expect(shown).toMatchObject({ schema: 'sunward.channel/1', organ: ORGAN, year: 2020, edition: 1, state: 'live' });
    expect(await readlink(join(place, 'current'))).toBe(shown['folder']);
    const files = shown['files'] as { name: string; digest: string; sizeBytes: number }[];
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['index.html', 'report.json', 'report.pdf']));
    for (const { name, digest, sizeBytes } of files) {
      const found = await readFile(join(place, 'current', name));
      expect([nodeCrypto.sha256(found), found.length]).toEqual([digest, sizeBytes]);
    }
    for (const name of ['report.json', 'evidence.json', 'receipt.json'])
      expect(Buffer.compare(await readFile(join(place, 'current', name)), await publicBytes(name))).toBe(0);
    expect(await names()).toEqual([shown['folder']]);
  });

  it('keeps an edition that was corrected beside the one that counts', async () => {
    await letHappen(world, 'publish', 1);
    await deliver();
    const [first] = await names();
    await letHappen(world, 'correct', 2);
    await deliver();
    expect(await current()).toMatchObject({ edition: 2, state: 'live' });
    expect(await names()).toEqual([first, (await current())['folder']]);
  });

  it('keeps nothing of a withdrawn report but that it was withdrawn, and why', async () => {
    await letHappen(world, 'publish', 1);
    await deliver();
    await letHappen(world, 'correct', 2);
    await deliver();
    await letHappen(world, 'withdraw', 2);
    await deliver();
    const shown = await current();
    expect(shown).toMatchObject({ edition: 2, state: 'withdrawn' });
    expect(await names()).toEqual([shown['folder']]);
    expect((await readdir(join(place, 'current'))).toSorted()).toEqual([
      'index.html',
      'manifest.json',
      'receipt.json',
      'withdrawal.json',
    ]);
    expect(await readFile(join(place, 'current', 'index.html'), 'utf8')).toContain('录入时数字颠倒');
  });

  it('is set right when somebody changed a file, and cleaned of what a killed attempt left', async () => {
    await letHappen(world, 'publish', 1);
    await deliver();
    await writeFile(join(place, 'current', 'report.json'), '{}');
    const [job] = await rows<{ case: string }>(world.db, 'SELECT case_id AS "case" FROM channel_delivery');
    await mkdir(join(place, `.incoming-${job!.case}-1`));
    await writeFile(join(place, `.incoming-${job!.case}-1`, 'report.json'), 'half');
    await rows(world.db, `UPDATE channel_delivery SET state = 'waiting'`);
    await deliver();
    expect(await newest()).toMatchObject({ state: 'delivered' });
    expect(
      Buffer.compare(await readFile(join(place, 'current', 'report.json')), await publicBytes('report.json')),
    ).toBe(0);
    expect(await names()).toEqual([(await current())['folder']]);
  });

  it('is not waited for where somebody put a pipe into it, and set right', async () => {
    await letHappen(world, 'publish', 1);
    await deliver();
    const { folder } = await current();
    for (const file of ['current.json', join(String(folder), 'report.json')]) {
      await rm(join(place, file));
      spawnSync('mkfifo', [join(place, file)]);
    }
    await rows(world.db, `UPDATE channel_delivery SET state = 'waiting'`);
    await deliver();
    expect(await newest()).toMatchObject({ state: 'delivered' });
    expect(await readFile(join(place, 'current', 'report.json'))).toEqual(await publicBytes('report.json'));
  });

  it('is left alone when it has a later edition than the one to be sent', async () => {
    await letHappen(world, 'publish', 1);
    await mkdir(place, { recursive: true });
    const later = {
      schema: 'sunward.channel/1',
      document: '00000000-0000-4000-8000-000000000003',
      edition: 9,
      state: 'live',
      folder: 'v9-000000000000',
    };
    await writeFile(join(place, 'current.json'), JSON.stringify(later));
    await deliver();
    expect(await newest()).toMatchObject({ state: 'waiting', defect: 'target_ahead' });
    expect(await current()).toEqual(later);
    expect(await names()).toEqual([]);
  });

  it('that is not mounted is not made, and is written once it is there', async () => {
    await letHappen(world, 'publish', 1);
    await rename(target, `${target}-away`);
    await deliver();
    expect(await newest()).toMatchObject({ state: 'waiting', defect: 'folder_missing' });
    await rename(`${target}-away`, target);
    await deliver();
    expect(await newest()).toMatchObject({ state: 'delivered', defect: null });
  });

  it('on a full disk stays what it was, whole, and goes on when there is room', async () => {
    const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${4 * 1024 * 1024}`, 'tmpfs', target]);
    isMounted = made.status === 0;
    await letHappen(world, 'publish', 1);
    await deliver();
    const before = [await names(), await current()];
    await letHappen(world, 'correct', 2);
    const filler = join(target, 'filler');
    if (isMounted) {
      const { bavail, bsize } = await statfs(target);
      await writeFile(filler, Buffer.alloc((bavail - 4) * bsize));
      await deliver();
      expect(await newest()).toMatchObject({ state: 'waiting', defect: 'disk_full' });
      expect([await names(), await current()]).toEqual(before);
      await rm(filler);
    }
    await deliver();
    expect(await newest()).toMatchObject({ state: 'delivered', defect: null });
    expect(await current()).toMatchObject({ edition: 2 });
  });
});
