import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isDefect } from '#evidence/defect';
import { readEntry } from '#evidence/ledger-entry';
import { nodeCrypto } from '#evidence/node-crypto';
import { rows } from '#persistence/sql';
import { ReadingTurns } from '../../apps/publication/src/domain/reading-turns.js';
import { onCheckpoint, onInclusion } from '../../apps/publication/src/publish/due-signal.js';
import { writeCheckpoint } from '../../apps/publication/src/publish/log-files.js';
import { sweepPublicPages } from '../../apps/publication/src/publish/proof-sweep.js';
import { ProvenPages } from '../../apps/publication/src/site/proven-pages.js';
import { id } from '../support/bundle-builder.js';
import { inclusionFile, sealEntry, inclusionOf } from '../support/log-builder.js';
import { noteOver, strangeLeaf } from '../support/log-tree.js';
import { canonicalBytes } from '#evidence/canonical';
import { DOCUMENT, PATH, PublicationWorld, type Sealed } from '../support/publication-world.js';

let world: PublicationWorld;
let sealed: Sealed;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
beforeEach(async () => {
  sealed = await world.seal();
  await world.release(sealed);
});
afterEach(() => world.clear());
afterAll(() => world?.close());

const sweep = (): Promise<void> =>
  sweepPublicPages(world.ports(), new ProvenPages(world.folder, world.ports()), new ReadingTurns(100, 1000));
const shown = async (path: string): Promise<[number, string]> => {
  const answer = await world.get(path);
  return [answer.status, await answer.text()];
};

/** Tells publication that the entry of the last signature is in the log, as approval does. */
async function include(bytes = inclusionFile(sealed.evidence, { index: 4 })): Promise<Uint8Array> {
  await world.hear('approval.included', { ...sealed.released, inclusion: await world.put(bytes) });
  return bytes;
}

const entriesOf = async (
  report: string,
): Promise<{ action: string; digests: Record<string, string>; outcome: string }[]> =>
  (
    await rows<{ bytes: Buffer }>(world.db, 'SELECT bytes FROM ledger_entry WHERE report = $1 ORDER BY seq', [report])
  ).map(({ bytes }) => {
    const entry = readEntry(bytes);
    if (isDefect(entry)) throw new Error(entry.detail);
    return entry;
  });
/** Actions written down about the document since `before`; entries outlive every test. */
const since = async (before: number): Promise<string[]> =>
  (await entriesOf(DOCUMENT)).slice(before).map(({ action }) => action);

describe('a proof of inclusion', () => {
  it('is not there before it comes, then stands beside the page and its edition, exactly as it was proved', async () => {
    await world.publisher().drain();
    expect((await shown(`${PATH}inclusion.json`))[0]).toBe(404);
    const written = new Promise<void>((resolve) => {
      const stop = onInclusion(({ bundle, bytes }) => {
        stop();
        void world.folder.writeInclusion(bundle, bytes).then(resolve);
      });
    });
    const bytes = await include();
    await written;
    for (const path of [PATH, `${PATH}v1/`])
      expect(await shown(`${path}inclusion.json`)).toEqual([200, Buffer.from(bytes).toString()]);
  });

  it('that comes before the page is live is there with it', async () => {
    const bytes = await include();
    await world.publisher().drain();
    await sweep();
    expect(await shown(`${PATH}inclusion.json`)).toEqual([200, Buffer.from(bytes).toString()]);
  });

  it('is not shown once its file was altered, and put right by the sweep', async () => {
    const bytes = await include();
    await world.publisher().drain();
    await sweep();
    const place = join(world.folder.root, 'inclusions', `${nodeCrypto.sha256(sealed.evidence)}.json`);
    for (const spoil of [() => writeFile(place, inclusionFile(Buffer.from('other'), { index: 4 })), () => rm(place)]) {
      await spoil();
      expect((await shown(`${PATH}inclusion.json`))[0]).toBe(404);
      await sweep();
      expect(await shown(`${PATH}inclusion.json`)).toEqual([200, Buffer.from(bytes).toString()]);
    }
  });

  it.each<[string, (evidence: Uint8Array) => Uint8Array, string]>([
    ['of another bundle', () => inclusionFile(Buffer.from('other'), { index: 4 }), 'inclusion_other'],
    [
      'that leads nowhere',
      (of) => canonicalBytes({ ...inclusionOf(sealEntry(of), { index: 4 }), index: 5 }),
      'inclusion_proof',
    ],
    ['that is no proof', () => Buffer.from('{}'), 'inclusion_unreadable'],
  ])('%s changes nothing and raises an alarm', async (_what, make, code) => {
    await include(make(sealed.evidence));
    const [alarm] = await rows<{ detail: { code: string } }>(world.db, `SELECT detail FROM alarm`);
    expect(alarm?.detail.code).toBe(code);
    expect(await world.job()).toMatchObject({ inclusion: null });
  });

  it('of a bundle nobody granted changes nothing and raises an alarm', async () => {
    const inclusion = await world.put(inclusionFile(sealed.evidence, { index: 4 }));
    await world.hear('approval.included', { ...sealed.released, round: 7, inclusion });
    expect(await world.alarms()).toEqual(['inclusion_not_proved']);
  });
});

describe('going live', () => {
  it('does not wait for the log', async () => {
    await world.publisher().drain();
    expect((await shown(PATH))[0]).toBe(200);
  });

  it('waits for it where the office demands that, and goes on when it has proved the last signature', async () => {
    const publisher = world.publisher(world.origin, true);
    await publisher.drain();
    expect((await shown(PATH))[0]).toBe(404);
    expect(await world.job()).toMatchObject({ state: 'publishing', defect: 'inclusion_missing' });
    await include();
    await publisher.drain();
    expect((await shown(PATH))[0]).toBe(200);
    expect(await world.job()).toMatchObject({ state: 'live' });
  });
});

describe('the newest head of the log', () => {
  const ADDRESS = '/.well-known/sunward/checkpoint';
  const head = async (size: number, epoch = id(8)): Promise<string> => {
    const note = noteOver(
      Array.from({ length: size }, (_, at) => strangeLeaf(at)),
      epoch,
    );
    await world.hear('ledger.checkpointed', { size, checkpoint: await world.put(Buffer.from(note)) });
    return note;
  };

  it('is public as it was signed; an older one never replaces it, one of a new epoch does', async () => {
    expect((await shown(ADDRESS))[0]).toBe(404);
    let signals = 0;
    const stop = onCheckpoint(() => (signals += 1));
    await head(3);
    const newest = await head(5);
    await head(4);
    await writeCheckpoint(world.ports());
    expect(await shown(ADDRESS)).toEqual([200, newest]);
    const other = await head(2, id(9));
    await writeCheckpoint(world.ports());
    expect(await shown(ADDRESS)).toEqual([200, other]);
    expect(signals).toBe(3);
    stop();
  });

  it('is not shown once its file was altered, and put right by the sweep', async () => {
    const note = await head(3);
    await writeCheckpoint(world.ports());
    await writeFile(join(world.folder.root, 'checkpoint'), note.replace('\n3\n', '\n9\n'));
    expect((await shown(ADDRESS))[0]).toBe(503);
    await sweep();
    expect(await shown(ADDRESS)).toEqual([200, note]);
  });

  it('that the key of the log did not sign is not taken in', async () => {
    const note = noteOver([strangeLeaf(1)]).replace('sunward.log/1\n1\n', 'sunward.log/1\n2\n');
    await world.hear('ledger.checkpointed', { size: 2, checkpoint: await world.put(Buffer.from(note)) });
    expect(await world.alarms()).toEqual(['checkpoint_not_proved']);
    expect(await rows(world.db, 'SELECT 1 FROM public_checkpoint')).toEqual([]);
  });
});

describe('what publication does stands in the ledger', () => {
  it('going live once, with what is public by digest', async () => {
    const before = (await entriesOf(DOCUMENT)).length;
    await world.publisher().drain();
    await world.publisher().drain();
    expect(await since(before)).toEqual(['publication.publish']);
    const entry = (await entriesOf(DOCUMENT)).at(-1)!;
    const job = await world.job();
    expect(entry.digests).toMatchObject({
      content: job!['content'],
      bundle: job!['bundle'],
      receipt: job!['receipt'],
      tree: job!['page_tree'],
    });
  });

  it('holding it once', async () => {
    await world.clear();
    const other = await world.seal({ seal: (seal) => ({ ...seal, contributors: [] }) });
    await world.release(other);
    const before = (await entriesOf(DOCUMENT)).length;
    await world.publisher().drain();
    expect(await world.job()).toMatchObject({ state: 'held' });
    expect(await since(before)).toEqual(['publication.hold']);
  });

  it('putting a page right, and taking one down', async () => {
    await world.publisher().drain();
    const before = (await entriesOf(DOCUMENT)).length;
    const tree = String((await world.job())!['page_tree']);
    await writeFile(join(world.folder.root, 'trees', tree, 'index.html'), 'other');
    await sweep();
    expect(await since(before)).toContain('publication.restore');
    const nobodys = (await entriesOf('00000000-0000-0000-0000-000000000000')).length;
    await world.folder.link({ organ: 'elsewhere', year: 2020, edition: null }, tree);
    await sweep();
    const added = (await entriesOf('00000000-0000-0000-0000-000000000000')).slice(nobodys);
    expect(added.map(({ action }) => action)).toEqual(['publication.take-down']);
    expect((await shown('/xxgk/ndbg/elsewhere/2020/'))[0]).toBe(404);
  });

  it('and a page is not taken down without its entry', async () => {
    await world.publisher().drain();
    const tree = String((await world.job())!['page_tree']);
    await rows(world.db, 'ALTER TABLE ledger_entry ADD CONSTRAINT nothing_more CHECK (false) NOT VALID');
    try {
      await world.folder.link({ organ: 'elsewhere', year: 2020, edition: null }, tree);
      const refused = { message: expect.stringContaining('nothing_more') };
      await expect(sweep()).rejects.toMatchObject({ errors: [refused] });
      expect(world.folder.linkOf({ organ: 'elsewhere', year: 2020, edition: null })).toBe(tree);
    } finally {
      await rows(world.db, 'ALTER TABLE ledger_entry DROP CONSTRAINT nothing_more');
    }
  });
});
