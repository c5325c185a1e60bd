import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getContent } from '#content-store/content-store';
import { type Digest, digest } from '#domain/identifiers';
import { openCheckpoint } from '#evidence/checkpoint';
import { isDefect } from '#evidence/defect';
import { readInclusionProofs } from '#evidence/inclusion-proofs';
import { readEntry } from '#evidence/ledger-entry';
import { includes, rootOf } from '#evidence/merkle-tree';
import { nodeCrypto } from '#evidence/node-crypto';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { inbound } from '../../apps/ledger/src/inbound.js';
import { lockLog } from '../../apps/ledger/src/persistence/log.repository.js';
import { noteOver, testLog } from '../support/log-tree.js';
import { freshEpoch, LogWorld } from '../support/log-world.js';

const fresh = (count: number): Digest[] =>
  Array.from({ length: count }, () => digest(createHash('sha256').update(randomUUID()).digest('hex')));

let world: LogWorld;
let epoch: string;
beforeEach(async () => {
  world = await LogWorld.open();
  epoch = freshEpoch();
});
afterEach(() => world?.close());

/** Takes turns until all have their places. */
const sequence = (of = epoch): Promise<void> => world.sequencer(of).turns();

describe('the log', () => {
  it('gives each hash one place, in order of arrival, and signs the tree over them', async () => {
    const leaves = fresh(5);
    await world.hear(leaves.slice(0, 3));
    await world.hear(leaves.slice(1, 2));
    await sequence();
    await world.hear([...leaves.slice(2), ...leaves.slice(0, 1)]);
    await sequence();
    await sequence();
    expect(await world.leaves()).toEqual(leaves);
    const heads = await world.checkpoints();
    expect(heads.map(({ size, root }) => [size, root])).toEqual(
      [3, 5].map((size) => [size, rootOf(leaves.slice(0, size), nodeCrypto)]),
    );
    for (const { size, root, note } of heads)
      expect(openCheckpoint(note, testLog, nodeCrypto)).toMatchObject({ size, root, epoch });
    expect(await rows(world.db, 'SELECT 1 FROM log_arrival')).toEqual([]);
    expect(await world.alarms()).toEqual([]);
  });

  it('hears hashes from every service, and knows whose each is', async () => {
    const leaves = fresh(5);
    await runInTransaction(world.db, async (tx) => {
      for (const [at, type] of Object.keys(inbound).entries()) {
        const handler = inbound[type as keyof typeof inbound] as (...args: unknown[]) => Promise<void>;
        await handler(tx, { type, body: { leaf: leaves[at], proof: false } });
      }
    });
    await sequence();
    const found = await rows<{ producer: string }>(world.db, 'SELECT producer FROM log_leaf ORDER BY index');
    expect(found.map(({ producer }) => producer)).toEqual(['gateway', 'drafting', 'review', 'approval', 'publication']);
  });

  it('gives one place to each however many sequencers run at once', async () => {
    const leaves = fresh(60);
    await world.hear(leaves);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const holder = runInTransaction(world.db, async (tx) => {
      await lockLog(tx);
      await held;
    });
    const racing = Promise.all(Array.from({ length: 4 }, () => sequence()));
    const waiting = (): Promise<unknown[]> =>
      world.database.sql(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
    while ((await waiting()).length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    release();
    await Promise.all([holder, racing]);
    expect((await world.leaves()).toSorted()).toEqual(leaves.toSorted());
    expect((await world.checkpoints()).map(({ size }) => size)).toEqual([60]);
  });

  it('proves what was asked for, in a document of the content store', async () => {
    const [wanted, others] = [fresh(3), fresh(4)];
    await world.hear(others);
    await world.hear(wanted, 'approval', true);
    await world.hear(fresh(1), 'publication', true); // it does not hear of proofs, so none is made for it
    await sequence();
    const [told] = await rows<{ subscriber: string; body: string }>(
      world.db,
      `SELECT subscriber, body FROM outbox WHERE type = 'ledger.included'`,
    );
    expect(told!.subscriber).toBe('approval');
    const { proofs } = JSON.parse(told!.body) as { proofs: string };
    const document = readInclusionProofs(await getContent(world.db, proofs));
    if (isDefect(document)) throw new Error(document.detail);
    const head = openCheckpoint(document.checkpoint, testLog, nodeCrypto);
    if (isDefect(head)) throw new Error(head.detail);
    expect(document.proofs.map(({ leaf }) => leaf)).toEqual(wanted);
    for (const { leaf, index, proof } of document.proofs)
      expect(includes(head, index, leaf, proof, nodeCrypto)).toBe(true);
  });

  it('tells publication of every head', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      await world.hear(fresh(1));
      await sequence();
    }
    const told = await rows<{ body: string }>(
      world.db,
      `SELECT body FROM outbox WHERE type = 'ledger.checkpointed' AND subscriber = 'publication' ORDER BY seq`,
    );
    const notes = await Promise.all(
      told.map(async ({ body }) => {
        const { checkpoint } = JSON.parse(body) as { checkpoint: string };
        return Buffer.from(await getContent(world.db, checkpoint)).toString();
      }),
    );
    expect(notes).toEqual((await world.checkpoints()).map(({ note }) => note));
  });
});

describe('heads leave the database', () => {
  const copies = async (): Promise<number[]> => {
    const newest = await world.folder().newest();
    return newest === undefined ? [] : [newest.checkpoint.size];
  };

  it('each before the next is signed, also what a crash left uncopied', async () => {
    const nowhere = join(world.root, 'nowhere');
    await symlink(join(world.root, 'not', 'there'), nowhere);
    await world.hear(fresh(2));
    const stuck = world.sequencer(epoch, world.folder(nowhere));
    await expect(stuck.turns()).rejects.toThrow();
    await world.hear(fresh(2));
    await expect(stuck.turns()).rejects.toThrow();
    expect((await world.checkpoints()).map(({ size }) => size)).toEqual([2]);
    expect(await world.alarms()).toEqual(['checkpoint_not_copied']);
    await sequence();
    expect((await world.checkpoints()).map(({ size }) => size)).toEqual([2, 4]);
    expect(await copies()).toEqual([4]);
  });

  it('and while the folder cannot be read, nothing is signed and people are told', async () => {
    const file = join(world.root, 'file');
    await writeFile(file, 'no folder');
    await world.hear(fresh(2));
    await expect(world.sequencer(epoch, world.folder(file)).turns()).rejects.toThrow('ENOTDIR');
    expect(await world.checkpoints()).toEqual([]);
    expect(await world.alarms()).toEqual(['checkpoints_unreadable']);
  });

  it('and half a line that a power cut left is passed over', async () => {
    await world.hear(fresh(2));
    await sequence();
    const [name] = await readdir(world.root);
    await appendFile(join(world.root, name!), '"sunward.log');
    expect(await copies()).toEqual([2]);
    await world.hear(fresh(1));
    await sequence();
    expect(await copies()).toEqual([3]);
  });

  it('and when all copies are gone they are written again, with an alarm', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await world.hear(fresh(1));
      await sequence();
    }
    for (const name of await readdir(world.root)) await rm(join(world.root, name));
    await sequence();
    expect(await copies()).toEqual([3]);
    expect(await world.alarms()).toEqual(['checkpoint_copies_lost']);
  });

  it('but no note that another key signed, or that was altered in the database', async () => {
    await world.hear(fresh(2));
    await sequence();
    await world.tamper(
      `INSERT INTO ledger.log_checkpoint SELECT epoch, 9, root, at, note || 'x' FROM ledger.log_checkpoint`,
    );
    await expect(sequence()).rejects.toThrow('not a checkpoint of this log');
    expect(await copies()).toEqual([2]);
  });
});

describe('a log that was rolled back', () => {
  async function grown(): Promise<Digest[]> {
    const leaves = fresh(7);
    await world.hear(leaves.slice(0, 4));
    await sequence();
    await world.hear(leaves.slice(4));
    await sequence();
    return leaves;
  }

  it.each<[string, () => Promise<void>, string]>([
    ['its newest leaves are gone', () => world.rollBack(4), 'log_smaller'],
    ['all of it is gone', () => world.rollBack(0), 'log_smaller'],
    [
      'another log of the same size stands there',
      () => world.tamper(`UPDATE ledger.log_node SET hash = repeat('a', 64)`),
      'log_differs',
    ],
    ['a subtree is missing', () => world.tamper('DELETE FROM ledger.log_node WHERE level = 2'), 'log_differs'],
    [
      'the newest leaf is another',
      () => world.tamper(`UPDATE ledger.log_leaf SET hash = repeat('b', 64) WHERE index = 6`),
      'log_differs',
    ],
  ])('gets nothing more, is not ready and says what to do: %s', async (_what, tamper, fault) => {
    await grown();
    await tamper();
    await world.hear(fresh(2));
    const before = await world.leaves();
    const sequencer = world.sequencer(epoch);
    await sequencer.turns();
    expect(await world.leaves()).toEqual(before);
    expect(await world.alarms()).toEqual(['log_rolled_back']);
    expect(sequencer.unfit).toMatchObject({ code: 'log_rolled_back' });
    expect(sequencer.unfit?.en).toContain(fault);
    expect(sequencer.unfit?.en).toContain('--new-epoch');
  });

  it('is told also when new leaves have made it as large again', async () => {
    await grown();
    await world.rollBack(4);
    await rm(world.root, { recursive: true });
    const copy = noteOver(fresh(7), epoch);
    await world.folder().append(copy, '2026-01-01T00:00:00.000Z' as never);
    await world.hear(fresh(9));
    const sequencer = world.sequencer(epoch);
    await sequencer.turns();
    expect(sequencer.unfit).toMatchObject({ code: 'log_rolled_back' });
  });

  it('goes on once an operator confirmed a restore, with an entry that names what had been signed', async () => {
    const leaves = await grown();
    const signed = (await world.folder().newest())!;
    await world.rollBack(4);
    await world.hear(fresh(1));
    const next = freshEpoch();
    const sequencer = world.sequencer(next);
    await sequencer.turns();
    await sequencer.turns();
    expect(sequencer.unfit).toBeNull();
    const now = await world.leaves();
    expect(now.slice(0, 4)).toEqual(leaves.slice(0, 4));
    expect(now).toHaveLength(6);
    const [{ bytes, hash } = { bytes: Buffer.alloc(0), hash: '' }] = await rows<{ bytes: Buffer; hash: string }>(
      world.db,
      'SELECT bytes, hash FROM ledger_entry',
    );
    expect(hash).toBe(now[4]);
    expect(readEntry(bytes)).toMatchObject({
      action: 'ledger.restore',
      epoch: next,
      digests: { checkpoint: nodeCrypto.sha256(Buffer.from(signed.note)) },
    });
    expect(await world.alarms()).toEqual(['log_restored']);
    expect((await world.folder().newest())?.checkpoint).toMatchObject({ size: 6, epoch: next });
  });

  it('is rolled back for the new epoch too, from its own first head on', async () => {
    await grown();
    await world.rollBack(4);
    const next = freshEpoch();
    await sequence(next);
    await world.hear(fresh(3));
    await sequence(next);
    await world.rollBack(5);
    const sequencer = world.sequencer(next);
    await sequencer.turns();
    expect(sequencer.unfit).toMatchObject({ code: 'log_rolled_back' });
  });

  it('is found at the start, before anything was heard', async () => {
    await grown();
    await world.rollBack(4);
    const sequencer = world.sequencer(epoch);
    await sequencer.start();
    await sequencer.stop();
    expect(sequencer.unfit).toMatchObject({ code: 'log_rolled_back' });
  });
});

it('a copy lies outside whatever folder there is, made for its owner alone', async () => {
  const root = join(await mkdtemp(join(tmpdir(), 'sunward-copies-')), 'deep', 'er');
  await world.folder(root).append(noteOver(fresh(1)), '2026-01-01T00:00:00.000Z' as never);
  expect(await readdir(root)).toEqual(['2026-01-01.jsonl']);
  await rm(root, { recursive: true });
});
