import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, oncePerKey } from '#persistence/command.repository';
import { dataSourceFor } from '#persistence/data-source';
import { row, rows } from '#persistence/sql';
import { gather, runInTransaction, type Tx } from '#persistence/transaction';
import { MessageWorld } from '../support/message-world.js';

describe('transactions and stored answers', () => {
  let world: MessageWorld;
  beforeAll(async () => {
    world = await MessageWorld.open('postgres');
    await rows(world.review, 'create table account (id integer primary key, balance integer)');
  });
  afterAll(() => world.close());

  const once = (key: string, act: () => Promise<Answer>, requestHash = 'a'): Promise<unknown> =>
    runInTransaction(world.review, (tx) => oncePerKey(tx, { actor: ACTOR, key, requestHash }, act));
  const ACTOR = randomUUID();

  it('refuses another request under a used key', async () => {
    const key = randomUUID();
    await once(key, async () => ({ status: 201, body: {} }));
    const second = await once(key, async () => ({ status: 201, body: {} }), 'b');
    expect(second).toMatchObject({ refused: 'key_reused' });
  });

  it('acts once when the same command arrives eight times at one moment, and answers all alike', async () => {
    const key = randomUUID();
    let acted = 0;
    const act = async (): Promise<Answer> => {
      acted += 1;
      return { status: 201, body: { number: acted } };
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => once(key, act)));
    expect(acted).toBe(1);
    expect(answers).toEqual(Array.from({ length: 8 }, () => ({ status: 201, body: { number: 1 } })));
  });

  it('keeps no answer of a command whose transaction failed', async () => {
    const key = randomUUID();
    const failing = once(key, async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await once(key, async () => ({ status: 200, body: null }), 'b')).toEqual({ status: 200, body: null });
  });

  it('write what was gathered once, at their end and inside, and nothing of it when they fail', async () => {
    await rows(world.review, 'create table gathered (id integer primary key)');
    const written: (readonly number[])[] = [];
    const save = async (tx: Tx, ids: readonly number[]): Promise<void> => {
      written.push(ids);
      await rows(tx, 'insert into gathered select id from unnest($1::int[]) as id', [ids]);
    };
    const ids = async (): Promise<unknown[]> =>
      (await rows<{ id: number }>(world.review, 'select id from gathered order by id')).map(({ id }) => id);
    await runInTransaction(world.review, async (tx) => {
      gather(tx, save, 902);
      gather(tx, save, 901);
      expect(written).toEqual([]);
    });
    expect([written, await ids()]).toEqual([[[902, 901]], [901, 902]]);
    const failing = runInTransaction(world.review, async (tx) => {
      gather(tx, save, 903);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await expect(runInTransaction(world.review, async (tx) => gather(tx, save, 901))).rejects.toThrow(/duplicate key/);
    expect(await ids()).toEqual([901, 902]);
  });

  it('are READ COMMITTED whatever the database takes for the default', async () => {
    const name = new URL(world.database.url).pathname.slice(1);
    await rows(world.review, `alter database ${name} set default_transaction_isolation to 'serializable'`);
    const fresh = await dataSourceFor({
      service: 'review',
      url: world.database.url,
      tables: [],
      migrations: [],
    }).initialize();
    try {
      const level = await runInTransaction(fresh, (tx) => row(tx, 'show transaction_isolation'));
      expect(level).toEqual({ transaction_isolation: 'read committed' });
    } finally {
      await fresh.destroy();
    }
  });

  it('runs a transaction again that lost a deadlock, and both take effect', async () => {
    await rows(world.review, 'insert into account values (1, 0), (2, 0)');
    let reached = 0;
    let open: () => void = () => undefined;
    const bothHoldOne = new Promise<void>((resolve) => (open = resolve));
    const add = (first: number, second: number): Promise<void> =>
      runInTransaction(world.review, async (tx) => {
        await rows(tx, 'update account set balance = balance + 1 where id = $1', [first]);
        reached += 1;
        if (reached === 2) open();
        await bothHoldOne;
        await rows(tx, 'update account set balance = balance + 1 where id = $1', [second]);
      });
    await Promise.all([add(1, 2), add(2, 1)]);
    expect(reached).toBe(3);
    expect(await rows(world.review, 'select balance from account order by id')).toEqual([
      { balance: 2 },
      { balance: 2 },
    ]);
  });

  it('answers the rows of every kind of statement', async () => {
    const insert = 'insert into account values (3, 7), (4, 8) returning id';
    expect(await rows(world.review, insert)).toEqual([{ id: 3 }, { id: 4 }]);
    expect(await rows(world.review, 'update account set balance = 9 where id > 2 returning balance')).toHaveLength(2);
    expect(await rows(world.review, 'delete from account where id > 2 returning id')).toHaveLength(2);
    expect(await row(world.review, 'select id from account where id = 3')).toBeUndefined();
  });
});
