import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isDefect } from '#evidence/defect';
import { type LedgerEntry, readEntry } from '#evidence/ledger-entry';
import { leafHash } from '#evidence/merkle-tree';
import { nodeCrypto } from '#evidence/node-crypto';
import { ACCEPTED, type LedgerPorts, NO_REPORT, type RecordedAct, recordEntry } from '#ledger/record-entry';
import { dataSourceFor } from '#persistence/data-source';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { migrations, tables } from '../../apps/drafting/src/data-source.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { barrier } from '../support/gate.js';

let database: TestDatabase;
let db: ReturnType<typeof dataSourceFor>;
beforeAll(async () => {
  database = await testDatabase();
  db = await dataSourceFor({ service: 'drafting', url: database.url('drafting'), tables, migrations }).initialize();
}, 60_000);
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const ports: LedgerPorts = { service: 'drafting', crypto: nodeCrypto, epoch: randomUUID() };
const person = randomUUID();
const act = (report: string, over: Partial<RecordedAct> = {}): RecordedAct => ({
  report,
  case: null,
  actor: person,
  action: 'drafting.save',
  outcome: ACCEPTED,
  requestId: randomUUID(),
  ...over,
});
const record = (one: RecordedAct): Promise<string> => runInTransaction(db, (tx) => recordEntry(tx, ports, one));

interface Kept {
  readonly entry: LedgerEntry;
  readonly hash: string;
}

async function chainOf(report: string): Promise<Kept[]> {
  const kept = await rows<{ seq: number; hash: string; bytes: Buffer }>(
    db,
    'SELECT seq, hash, bytes FROM ledger_entry WHERE report = $1 ORDER BY seq',
    [report],
  );
  return kept.map(({ seq, hash, bytes }) => {
    const entry = readEntry(bytes);
    if (isDefect(entry)) throw new Error(entry.detail);
    expect([entry.report, entry.seq, leafHash(bytes, nodeCrypto)]).toEqual([report, seq, hash]);
    return { entry, hash };
  });
}

describe('an entry', () => {
  it('follows the last one of its report, and the head names it', async () => {
    const report = randomUUID();
    const hashes = [await record(act(report)), await record(act(report, { outcome: 'not_allowed' }))];
    const chain = await chainOf(report);
    expect(chain.map(({ hash }) => hash)).toEqual(hashes);
    expect(chain.map(({ entry }) => [entry.seq, entry.prev, entry.outcome])).toEqual([
      [1, null, 'accepted'],
      [2, hashes[0], 'not_allowed'],
    ]);
    expect(chain[1]!.entry.at >= chain[0]!.entry.at).toBe(true);
    expect(chain[0]!.entry).toMatchObject({ epoch: ports.epoch, actor: person, case: null, digests: {} });
    const [head] = await rows(db, 'SELECT seq, hash FROM ledger_head WHERE report = $1', [report]);
    expect(head).toEqual({ seq: 2, hash: hashes[1] });
  });

  it('names what happened by its digest only, and keeps equal bodies once', async () => {
    const report = randomUUID();
    const body = { events: [{ type: 'returned', reason: '表二有误' }] };
    const content = nodeCrypto.sha256(new Uint8Array([1]));
    await record(act(report, { body, digests: { content } }));
    await record(act(report, { body }));
    const [first, second] = (await chainOf(report)).map(({ entry }) => entry);
    expect(first!.digests).toEqual({ content, events: second!.digests['events'] });
    const stored = await rows<{ bytes: Buffer }>(db, 'SELECT bytes FROM ledger_body WHERE digest = $1', [
      first!.digests['events'],
    ]);
    expect(stored.map(({ bytes }) => JSON.parse(bytes.toString('utf8')))).toEqual([body]);
    expect(JSON.stringify(first)).not.toContain('表二');
  });

  it('is not there when its transaction rolls back, nor does it leave a gap', async () => {
    const report = randomUUID();
    const fails = runInTransaction(db, async (tx) => {
      await recordEntry(tx, ports, act(report));
      throw new Error('rolled back');
    });
    await expect(fails).rejects.toThrow('rolled back');
    await record(act(report));
    expect((await chainOf(report)).map(({ entry }) => entry.seq)).toEqual([1]);
  });

  it.each<[string, Partial<RecordedAct>]>([
    ['a name for an actor', { actor: '张三' }],
    ['a sentence for an outcome', { outcome: '退回，请改表二' }],
    ['a report that is no id', { report: 'xiangyang' }],
  ])('with %s is not written, and the act fails with it', async (_what, over) => {
    const report = randomUUID();
    const attempt = runInTransaction(db, async (tx) => {
      await recordEntry(tx, ports, act(report));
      await recordEntry(tx, ports, act(report, over));
    });
    await expect(attempt).rejects.toThrow();
    expect(await chainOf(report)).toEqual([]);
  });

  it('of many at once, on a new report and on nothing known, has its own place', async () => {
    for (const report of [randomUUID(), NO_REPORT]) {
      const before = (await chainOf(report)).length;
      const open = barrier(8);
      await Promise.all(
        Array.from({ length: 8 }, () =>
          runInTransaction(db, async (tx) => {
            await open();
            await recordEntry(tx, ports, act(report));
          }),
        ),
      );
      const chain = await chainOf(report);
      expect(chain.map(({ entry }) => entry.seq)).toEqual(Array.from({ length: before + 8 }, (_, at) => at + 1));
      chain.forEach(({ entry }, at) => expect(entry.prev).toBe(chain[at - 1]?.hash ?? null));
    }
  });
});

describe('nothing of the ledger can be rewritten', () => {
  const refusalOf = async (sql: (statement: string) => Promise<unknown>, statement: string): Promise<string> => {
    try {
      await sql(statement);
      return 'done';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const FORBIDDEN = [
    `update ledger_entry set at = now()`,
    `delete from ledger_entry`,
    `truncate ledger_entry`,
    `update ledger_body set bytes = ''`,
    `delete from ledger_body`,
    `truncate ledger_body`,
    `delete from ledger_head`,
    `truncate ledger_head`,
    `update ledger_head set seq = seq - 1`,
    `update ledger_head set seq = seq + 2`,
    `update ledger_head set hash = repeat('0', 64)`,
    `update ledger_head set at = at - interval '1 second'`,
  ];

  it.each(FORBIDDEN)('%s', async (statement) => {
    await record(act(randomUUID(), { body: { events: [] } }));
    expect(await refusalOf((text) => rows(db, text), statement)).toMatch(/permission denied|append-only|moves one/);
    // The owner has the rights; the triggers stop him too.
    const asOwner = statement.replace('ledger_', 'drafting.ledger_');
    expect(await refusalOf((text) => database.sql(text), asOwner)).toMatch(/append-only|moves one/);
  });
});
