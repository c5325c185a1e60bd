import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { SERVICES, type ServiceName } from '#contracts/services';
import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant, plusSeconds } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import { isDefect } from '#evidence/defect';
import { openErasure } from '#evidence/erasure';
import { openByLog } from '#evidence/inclusion';
import { entryBytes, type LedgerEntry, nextEntry, readEntry } from '#evidence/ledger-entry';
import { leafHash } from '#evidence/merkle-tree';
import { nodeCrypto } from '#evidence/node-crypto';
import { auditLedger } from '#ledger/audit/audit-ledger';
import { sweepChains } from '#ledger/audit/audit-sweep';
import { notesNow } from '#ledger/audit/copy-lines';
import type { FaultCode, LedgerFault } from '#ledger/audit/fault';
import { FaultList } from '#ledger/audit/fault-list';
import { eraseBody } from '#ledger/erase-body';
import { happenedTo } from '#ledger/replay';
import { NO_REPORT, recordEntry } from '#ledger/record-entry';
import { dataSourceFor } from '#persistence/data-source';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { addArrivals } from '../../apps/ledger/src/persistence/log.repository.js';
import { administrators, id } from '../support/bundle-builder.js';
import { nodesOver, trustWithLog } from '../support/log-tree.js';
import { freshEpoch, LogWorld } from '../support/log-world.js';
import { schemas } from '../support/schemas.js';

const ALTERATIONS = 1000;
const PRODUCERS = SERVICES.filter((service) => service !== 'ledger');

let world: LogWorld;
let client: pg.Client;
let copies: (string | undefined)[];
const dbs = new Map<ServiceName, DataSource>();
let epoch: string;

/** Random numbers that a failing run can repeat: the seed is in the test's name. */
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
let state = SEED;
function random(below: number): number {
  // mulberry32
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}
const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;

beforeAll(async () => {
  world = await LogWorld.open();
  epoch = freshEpoch();
  for (const service of PRODUCERS) {
    const settings = { service, url: world.database.url(service), ...schemas[service], poolSize: 2 };
    dbs.set(service, await dataSourceFor(settings).initialize());
  }
  const reports = [NO_REPORT, ...Array.from({ length: 4 }, () => randomUUID())];
  for (let batch = 0; batch < 6; batch += 1) {
    for (const service of PRODUCERS) for (const report of reports) await act(service, report, batch);
    await forward();
    await world.sequencer(epoch).turns();
  }
  client = new pg.Client({ connectionString: world.database.adminUrl });
  await client.connect();
  copies = await copiesOutside();
}, 120_000);
afterAll(async () => {
  await client?.end();
  for (const db of dbs.values()) await db.destroy();
  await world?.close();
});

/** One to two entries, half of them with a body. */
async function act(service: ServiceName, report: string, batch: number): Promise<void> {
  const ports = { service, crypto: nodeCrypto, epoch };
  await runInTransaction(dbs.get(service)!, async (tx) => {
    for (let n = 0; n <= random(2); n += 1)
      await recordEntry(tx, ports, {
        report,
        case: null,
        actor: `service:${service}`,
        action: `${service}.act`,
        outcome: random(4) === 0 ? 'not_allowed' : 'accepted',
        body: random(2) === 0 ? null : { events: [{ type: 'done', batch, n, id: randomUUID() }] },
        requestId: randomUUID(),
      });
  });
}

/** Carries what the services announced to the log, as queues do. */
async function forward(): Promise<void> {
  for (const [service, db] of dbs) {
    const sent = await rows<{ body: string }>(
      db,
      `UPDATE outbox SET acked_at = now() WHERE subscriber = 'ledger' AND acked_at IS NULL RETURNING body`,
    );
    const arrivals = sent.map(({ body }) => ({
      leaf: digest((JSON.parse(body) as { leaf: string }).leaf),
      producer: service,
      proof: false,
    }));
    await runInTransaction(world.db, (tx) => addArrivals(tx, arrivals));
  }
}

async function copiesOutside(): Promise<(string | undefined)[]> {
  const files = (await readdir(world.root)).toSorted();
  const notes: (string | undefined)[] = [];
  for await (const note of await notesNow(files.map((name) => join(world.root, name)))) notes.push(note);
  return notes;
}

const all = async <Row extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
  (await client.query<Row>(sql, parameters)).rows;

const open = (note: string): ReturnType<typeof openByLog> => openByLog(note, trustWithLog, nodeCrypto);
const proveErasure = (body: Uint8Array): ReturnType<typeof openErasure> => openErasure(body, trustWithLog, nodeCrypto);
const twoMinutesOn = (): Instant => plusSeconds(instant(new Date()), 120);

/** Audits the whole ledger as the superuser's session sees it, two minutes later unless told otherwise. */
async function audit({ outside = copies, now = twoMinutesOn() } = {}): Promise<readonly LedgerFault[]> {
  return (await findings({ outside, now })).listed;
}

async function findings({ outside = copies, now = twoMinutesOn() } = {}): Promise<FaultList> {
  const faults = new FaultList();
  const about = { copies: outside, now, openNote: open, proveErasure, crypto: nodeCrypto };
  await inTransaction(() =>
    auditLedger(async (sql, parameters) => (await client.query(sql, parameters)).rows as never, about, faults),
  );
  return faults;
}

/** Cursors live in a transaction: that of the alteration, or one of the audit's own. */
async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (isAltering) return work();
  await client.query('BEGIN');
  try {
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}

/** What an alteration must be called, at the least; `where` is the row it hit. */
interface Expected {
  readonly codes: readonly FaultCode[];
  readonly where?: string;
}

interface EntryRow extends pg.QueryResultRow {
  readonly report: string;
  readonly seq: number;
  readonly hash: string;
  readonly bytes: Buffer;
}

const service = (): ServiceName => pick(PRODUCERS);
const rowOf = async <Row extends pg.QueryResultRow>(table: string, order: string): Promise<Row> => {
  const found = await all<Row>(`SELECT * FROM ${table} ORDER BY ${order}`);
  return pick(found);
};
const entryOf = (of: ServiceName): Promise<EntryRow> => rowOf<EntryRow>(`${of}.ledger_entry`, 'report, seq');
const chainOf = (of: ServiceName, report: string): Promise<EntryRow[]> =>
  all<EntryRow>(`SELECT * FROM ${of}.ledger_entry WHERE report = $1 ORDER BY seq`, [report]);
const parsed = (bytes: Uint8Array): LedgerEntry => {
  const entry = readEntry(bytes);
  if (isDefect(entry)) throw new Error(entry.detail);
  return entry;
};
const place = ({ report, seq }: Pick<EntryRow, 'report' | 'seq'>): string => `${report}/${seq}`;
const flip = (bytes: Buffer): Buffer => {
  const flipped = Buffer.from(bytes);
  flipped[random(flipped.length)]! ^= 1 << random(8);
  return flipped;
};
const other = (text: string): string => (text === 'f'.repeat(64) ? '0' : 'f').repeat(64);

/** Writes a chain anew from `from` on, so that it holds together by itself: what a superuser would do who knows how. */
async function rechain(
  of: ServiceName,
  report: string,
  change: (entry: LedgerEntry) => LedgerEntry | null,
): Promise<void> {
  let last: { seq: number; hash: Digest; at: string } | null = null;
  const rewritten: { entry: LedgerEntry; hash: Digest; bytes: Uint8Array }[] = [];
  for (const { bytes } of await chainOf(of, report)) {
    const entry = change(parsed(bytes));
    if (entry === null) continue;
    const { v: _v, seq: _s, prev: _p, ...facts } = entry;
    const next: LedgerEntry = nextEntry(last, facts);
    const written = entryBytes(next);
    const hash = leafHash(written, nodeCrypto);
    rewritten.push({ entry: next, hash, bytes: written });
    last = { seq: next.seq, hash, at: next.at };
  }
  await client.query(`DELETE FROM ${of}.ledger_entry WHERE report = $1`, [report]);
  for (const { entry, hash, bytes } of rewritten)
    await client.query(`INSERT INTO ${of}.ledger_entry VALUES ($1, $2, $3, $4, $5)`, [
      report,
      entry.seq,
      hash,
      bytes,
      entry.at,
    ]);
  await client.query(`UPDATE ${of}.ledger_head SET seq = $2, hash = $3, at = $4 WHERE report = $1`, [
    report,
    last?.seq ?? 0,
    last?.hash ?? null,
    last?.at ?? null,
  ]);
}

/** Makes leaves and subtrees of the log those of these hashes, whole. */
async function relog(hashes: readonly string[], producers: readonly string[]): Promise<void> {
  await client.query('DELETE FROM ledger.log_leaf');
  await client.query('DELETE FROM ledger.log_node');
  for (const [index, hash] of hashes.entries())
    await client.query('INSERT INTO ledger.log_leaf VALUES ($1, $2, $3)', [index, hash, producers[index]]);
  const read = nodesOver(hashes as Digest[]);
  for (let level = 1; 2 ** level <= hashes.length; level += 1)
    for (let index = 0; (index + 1) * 2 ** level <= hashes.length; index += 1)
      await client.query('INSERT INTO ledger.log_node VALUES ($1, $2, $3)', [level, index, read(level, index)]);
}

const leaves = (): Promise<{ index: number; hash: string; producer: string }[]> =>
  all('SELECT index, hash, producer FROM ledger.log_leaf ORDER BY index');

const ALTERATION: Record<string, () => Promise<Expected>> = {
  'an entry’s bytes': async () => {
    const of = service();
    const row = await entryOf(of);
    await client.query(`UPDATE ${of}.ledger_entry SET bytes = $3 WHERE report = $1 AND seq = $2`, [
      row.report,
      row.seq,
      flip(row.bytes),
    ]);
    return { codes: ['entry_altered', 'entry_unreadable'], where: place(row) };
  },
  'an entry’s bytes and hash': async () => {
    const of = service();
    const row = await entryOf(of);
    const bytes = entryBytes({ ...parsed(row.bytes), outcome: 'rewritten' });
    const hash = leafHash(bytes, nodeCrypto);
    await client.query(`UPDATE ${of}.ledger_entry SET bytes = $3, hash = $4 WHERE report = $1 AND seq = $2`, [
      row.report,
      row.seq,
      bytes,
      hash,
    ]);
    return { codes: ['entry_not_logged'], where: place(row) };
  },
  'an entry and its whole chain after it': async () => {
    const of = service();
    const row = await entryOf(of);
    await rechain(of, row.report, (entry) => (entry.seq === row.seq ? { ...entry, outcome: 'rewritten' } : entry));
    return { codes: ['entry_not_logged'], where: place(row) };
  },
  'an entry’s hash': async () => {
    const of = service();
    const row = await entryOf(of);
    await client.query(`UPDATE ${of}.ledger_entry SET hash = $3 WHERE report = $1 AND seq = $2`, [
      row.report,
      row.seq,
      other(row.hash),
    ]);
    return { codes: ['entry_altered'], where: place(row) };
  },
  'an entry’s time': async () => {
    const of = service();
    const row = await entryOf(of);
    await client.query(`UPDATE ${of}.ledger_entry SET at = at - interval '1 hour' WHERE report = $1 AND seq = $2`, [
      row.report,
      row.seq,
    ]);
    return { codes: ['entry_altered'], where: place(row) };
  },
  'an entry away': async () => {
    const of = service();
    const row = await entryOf(of);
    await client.query(`DELETE FROM ${of}.ledger_entry WHERE report = $1 AND seq = $2`, [row.report, row.seq]);
    return { codes: ['leaf_without_entry'] };
  },
  'an entry away and the chain closed up': async () => {
    const of = service();
    const row = await entryOf(of);
    await rechain(of, row.report, (entry) => (entry.seq === row.seq ? null : entry));
    return { codes: ['leaf_without_entry'] };
  },
  'the newest entries away, with their head': async () => {
    const of = service();
    const { report } = await entryOf(of);
    const chain = await chainOf(of, report);
    const kept = random(chain.length);
    await rechain(of, report, (entry) => (entry.seq > kept ? null : entry));
    if (kept === 0) await client.query(`DELETE FROM ${of}.ledger_head WHERE report = $1`, [report]);
    return { codes: ['leaf_without_entry'] };
  },
  'all entries of a service away': async () => {
    const of = service();
    for (const table of ['ledger_entry', 'ledger_head', 'ledger_body']) await client.query(`TRUNCATE ${of}.${table}`);
    return { codes: ['leaf_without_entry'] };
  },
  'an entry more at the end of a chain, with its head': async () => {
    const of = service();
    const { report } = await entryOf(of);
    const last = (await chainOf(of, report)).at(-1)!;
    const { v: _v, seq: _s, prev: _p, ...facts } = parsed(last.bytes);
    const entry = nextEntry({ seq: last.seq, hash: last.hash as Digest }, { ...facts, requestId: randomUUID() });
    const bytes = entryBytes(entry);
    const hash = leafHash(bytes, nodeCrypto);
    await client.query(`INSERT INTO ${of}.ledger_entry VALUES ($1, $2, $3, $4, $5)`, [
      report,
      entry.seq,
      hash,
      bytes,
      entry.at,
    ]);
    await client.query(`UPDATE ${of}.ledger_head SET seq = $2, hash = $3, at = $4 WHERE report = $1`, [
      report,
      entry.seq,
      hash,
      entry.at,
    ]);
    return { codes: ['entry_not_logged'], where: place(entry) };
  },
  'an entry twice': async () => {
    const of = service();
    const row = await entryOf(of);
    const last = (await chainOf(of, row.report)).at(-1)!;
    await client.query(
      `INSERT INTO ${of}.ledger_entry SELECT report, $3, $4, bytes, at FROM ${of}.ledger_entry WHERE report = $1 AND seq = $2`,
      [row.report, row.seq, last.seq + 1, other(row.hash)],
    );
    return { codes: ['entry_misplaced'], where: `${row.report}/${last.seq + 1}` };
  },
  'two entries swapped': async () => {
    const of = service();
    const [one, two] = [await entryOf(of), await entryOf(of)];
    if (one.hash === two.hash) return ALTERATION['an entry’s bytes']!();
    for (const [from, to] of [
      [one, two],
      [two, one],
    ] as const)
      await client.query(`UPDATE ${of}.ledger_entry SET bytes = $3 WHERE report = $1 AND seq = $2`, [
        to.report,
        to.seq,
        from.bytes,
      ]);
    return { codes: ['entry_altered'], where: place(one) };
  },
  'an entry to another service': async () => {
    const [from, to] = [service(), service()];
    const row = await entryOf(from);
    if (from === to) return ALTERATION['an entry’s bytes']!();
    const taken = (await chainOf(to, row.report)).some(({ seq }) => seq === row.seq);
    await client.query(`DELETE FROM ${from}.ledger_entry WHERE report = $1 AND seq = $2`, [row.report, row.seq]);
    if (taken)
      await client.query(`DELETE FROM ${to}.ledger_entry WHERE report = $1 AND seq = $2`, [row.report, row.seq]);
    await client.query(`INSERT INTO ${to}.ledger_entry VALUES ($1, $2, $3, $4, $5)`, [
      row.report,
      row.seq,
      row.hash,
      row.bytes,
      row['at'],
    ]);
    return { codes: ['leaf_of_another'] };
  },
  'a head': async () => {
    const of = service();
    const { report } = await rowOf<EntryRow>(`${of}.ledger_head`, 'report');
    const change = pick([
      `seq = seq + 1`,
      `seq = seq - 1`,
      `hash = repeat('a', 64)`,
      `hash = NULL`,
      `at = at + interval '1 second'`,
    ]);
    await client.query(`UPDATE ${of}.ledger_head SET ${change} WHERE report = $1`, [report]);
    return { codes: ['head_differs'], where: report };
  },
  'a head away': async () => {
    const of = service();
    const { report } = await rowOf<EntryRow>(`${of}.ledger_head`, 'report');
    await client.query(`DELETE FROM ${of}.ledger_head WHERE report = $1`, [report]);
    return { codes: ['head_missing'], where: report };
  },
  'a head more': async () => {
    const report = randomUUID();
    await client.query(`INSERT INTO ${service()}.ledger_head VALUES ($1, 1, repeat('a', 64), now())`, [report]);
    return { codes: ['head_without_entries'], where: report };
  },
  'a body': async () => {
    const of = service();
    const row = await rowOf<{ digest: string; bytes: Buffer } & pg.QueryResultRow>(`${of}.ledger_body`, 'digest');
    await client.query(`UPDATE ${of}.ledger_body SET bytes = $2 WHERE digest = $1`, [row.digest, flip(row.bytes)]);
    return { codes: ['body_altered'], where: row.digest };
  },
  'a body away': async () => {
    const of = service();
    const row = await rowOf<{ digest: string } & pg.QueryResultRow>(`${of}.ledger_body`, 'digest');
    await client.query(`DELETE FROM ${of}.ledger_body WHERE digest = $1`, [row.digest]);
    return { codes: ['body_missing'] };
  },
  'a body more': async () => {
    const bytes = canonicalBytes({ id: randomUUID() });
    const name = nodeCrypto.sha256(bytes);
    await client.query(`INSERT INTO ${service()}.ledger_body VALUES ($1, $2)`, [name, bytes]);
    return { codes: ['body_unowned'], where: name };
  },
  'a leaf': async () => {
    const row = pick(await leaves());
    await client.query('UPDATE ledger.log_leaf SET hash = $2 WHERE index = $1', [row.index, other(row.hash)]);
    return { codes: ['leaf_without_entry'], where: `${row.index}` };
  },
  'a leaf’s origin': async () => {
    const row = pick(await leaves());
    const producer = pick(SERVICES.filter((one) => one !== row.producer));
    await client.query('UPDATE ledger.log_leaf SET producer = $2 WHERE index = $1', [row.index, producer]);
    return { codes: ['leaf_of_another'], where: `${row.index}` };
  },
  'two leaves swapped': async () => {
    const [one, two] = [pick(await leaves()), pick(await leaves())];
    if (one.index === two.index) return ALTERATION['a leaf']!();
    await client.query(`UPDATE ledger.log_leaf SET hash = repeat('0', 64) WHERE index = $1`, [one.index]);
    await client.query('UPDATE ledger.log_leaf SET hash = $2 WHERE index = $1', [two.index, one.hash]);
    await client.query('UPDATE ledger.log_leaf SET hash = $2 WHERE index = $1', [one.index, two.hash]);
    return { codes: ['checkpoint_differs'] };
  },
  'a leaf away': async () => {
    const row = pick(await leaves());
    await client.query('DELETE FROM ledger.log_leaf WHERE index = $1', [row.index]);
    return { codes: ['entry_not_logged'] };
  },
  'a leaf more': async () => {
    const { length } = await leaves();
    await client.query('INSERT INTO ledger.log_leaf VALUES ($1, $2, $3)', [
      length,
      nodeCrypto.sha256(canonicalBytes(randomUUID())),
      service(),
    ]);
    return { codes: ['leaf_without_entry', 'leaf_unsigned'], where: `${length}` };
  },
  'a subtree': async () => {
    const row = await rowOf<{ level: number; index: number; hash: string } & pg.QueryResultRow>(
      'ledger.log_node',
      'level, index',
    );
    await client.query('UPDATE ledger.log_node SET hash = $3 WHERE level = $1 AND index = $2', [
      row.level,
      row.index,
      other(row.hash),
    ]);
    return { codes: ['node_altered'], where: `${row.level}/${row.index}` };
  },
  'a subtree away': async () => {
    const row = await rowOf<{ level: number; index: number } & pg.QueryResultRow>('ledger.log_node', 'level, index');
    await client.query('DELETE FROM ledger.log_node WHERE level = $1 AND index = $2', [row.level, row.index]);
    return { codes: ['node_missing'], where: `${row.level}/${row.index}` };
  },
  'a subtree more': async () => {
    const index = 1000 + random(1000);
    await client.query(`INSERT INTO ledger.log_node VALUES (1, $1, repeat('a', 64))`, [index]);
    return { codes: ['node_inserted'], where: `1/${index}` };
  },
  'a checkpoint': async () => {
    const { size } = await rowOf<{ size: number } & pg.QueryResultRow>('ledger.log_checkpoint', 'size');
    const change = pick([
      `root = repeat('a', 64)`,
      `size = size + 1000`,
      `at = at + interval '1 second'`,
      `note = replace(note, 'time', 'Time')`,
      `note = 'nothing'`,
      `epoch = gen_random_uuid()`,
    ]);
    await client.query(`UPDATE ledger.log_checkpoint SET ${change} WHERE size = $1`, [size]);
    return { codes: ['checkpoint_altered'] };
  },
  'a checkpoint away': async () => {
    const { size } = await rowOf<{ size: number } & pg.QueryResultRow>('ledger.log_checkpoint', 'size');
    await client.query('DELETE FROM ledger.log_checkpoint WHERE size = $1', [size]);
    return { codes: ['checkpoint_missing'], where: `${epoch}/${size}` };
  },
  'the log cut back to an earlier head': async () => {
    const sizes = (await all<{ size: number }>('SELECT size FROM ledger.log_checkpoint ORDER BY size')).map(
      ({ size }) => size,
    );
    const size = pick([0, ...sizes.slice(0, -1)]);
    const kept = (await leaves()).slice(0, size);
    await relog(
      kept.map(({ hash }) => hash),
      kept.map(({ producer }) => producer),
    );
    await client.query('DELETE FROM ledger.log_checkpoint WHERE size > $1', [size]);
    return { codes: ['log_truncated'] };
  },
  'everything back to an earlier head': async () => {
    await everythingBack();
    return { codes: ['log_truncated'] };
  },
  'the whole history anew, with every hash right': async () => {
    const of = service();
    const row = await entryOf(of);
    const before = (await chainOf(of, row.report)).map(({ hash }) => hash);
    await rechain(of, row.report, (entry) => (entry.seq === row.seq ? { ...entry, outcome: 'rewritten' } : entry));
    const after = (await chainOf(of, row.report)).map(({ hash }) => hash);
    const anew = new Map(before.map((hash, at) => [hash, after[at]!]));
    const log = await leaves();
    await relog(
      log.map(({ hash }) => anew.get(hash) ?? hash),
      log.map(({ producer }) => producer),
    );
    return { codes: ['checkpoint_differs'] };
  },
};

/** A backup restored without anybody's word: every table as it was at an earlier head. */
async function everythingBack(): Promise<void> {
  const [{ size } = { size: 0 }] = await all<{ size: number }>(
    'SELECT size FROM ledger.log_checkpoint ORDER BY size LIMIT 1 OFFSET 2',
  );
  const kept = (await leaves()).slice(0, size);
  const known = new Set(kept.map(({ hash }) => hash));
  for (const schema of PRODUCERS)
    for (const { report } of await all<{ report: string }>(`SELECT DISTINCT report FROM ${schema}.ledger_entry`)) {
      const chain = await chainOf(schema, report);
      const gone = chain.filter(({ hash }) => !known.has(hash));
      for (const { seq, bytes } of gone) {
        await client.query(`DELETE FROM ${schema}.ledger_entry WHERE report = $1 AND seq = $2`, [report, seq]);
        await client.query(`DELETE FROM ${schema}.ledger_body WHERE digest = $1`, [
          parsed(bytes).digests['events'] ?? '',
        ]);
      }
      const last = chain.filter(({ hash }) => known.has(hash)).at(-1);
      if (last === undefined) await client.query(`DELETE FROM ${schema}.ledger_head WHERE report = $1`, [report]);
      else
        await client.query(`UPDATE ${schema}.ledger_head SET seq = $2, hash = $3, at = $4 WHERE report = $1`, [
          report,
          last.seq,
          last.hash,
          last['at'],
        ]);
    }
  await relog(
    kept.map(({ hash }) => hash),
    kept.map(({ producer }) => producer),
  );
  await client.query('DELETE FROM ledger.log_checkpoint WHERE size > $1', [size]);
}

let isAltering = false;

/** Alters, looks, and puts everything back. */
async function altered<T>(alter: () => Promise<T>, look: (expected: T) => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  isAltering = true;
  try {
    await client.query('SET LOCAL session_replication_role = replica');
    await look(await alter());
  } finally {
    isAltering = false;
    await client.query('ROLLBACK');
  }
}

describe('the audit', () => {
  it('finds nothing in a ledger nobody touched', async () => {
    expect(await audit()).toEqual([]);
    expect((await leaves()).length).toBeGreaterThan(100);
  });

  it(`finds and names each of ${ALTERATIONS} alterations by a superuser (seed ${SEED})`, async () => {
    const kinds = Object.keys(ALTERATION);
    const missed: string[] = [];
    for (let n = 0; n < ALTERATIONS; n += 1) {
      const kind = n < kinds.length ? kinds[n]! : pick(kinds);
      await altered(ALTERATION[kind]!, async ({ codes, where }) => {
        const faults = await audit();
        const named = faults.some(
          (fault) => codes.includes(fault.code) && (where === undefined || fault.where === where),
        );
        if (!named)
          missed.push(`${n}: ${kind}: ${JSON.stringify(faults.slice(0, 3))}, wanted ${codes.join(' or ')} at ${where}`);
      });
    }
    expect(missed).toEqual([]);
    expect(await audit()).toEqual([]);
  }, 600_000);

  it('without the copies outside the database would not see that everything was put back to an earlier day', async () => {
    await altered(everythingBack, async () => {
      expect(await audit({ outside: [], now: instant(new Date(0)) })).toEqual([]);
      expect((await audit()).map(({ code }) => code)).toContain('log_truncated');
    });
  });

  it('says what it cannot read among the copies, and what has no copy', async () => {
    const torn = await audit({ outside: [...copies, undefined, 'nothing'] });
    expect(torn.map(({ code }) => code)).toEqual(['copy_unreadable', 'copy_unreadable']);
    const fewer = await audit({ outside: copies.slice(1) });
    expect(fewer.map(({ code }) => code)).toEqual(['checkpoint_not_copied']);
  });

  it('lets what is younger than a minute be under way', async () => {
    const at = instant(new Date());
    await act('review', randomUUID(), 99);
    expect(await audit({ now: at })).toEqual([]);
    expect((await audit()).map(({ code }) => code)).toContain('entry_not_logged');
    await forward();
    await world.sequencer(epoch).turns();
    copies = await copiesOutside();
    expect(await audit()).toEqual([]);
  });

  it('accepts a restore an operator confirmed, and nothing beyond it', async () => {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    await everythingBack();
    await client.query('COMMIT');
    expect((await audit()).map(({ code }) => code)).toContain('log_truncated');
    epoch = freshEpoch();
    await world.sequencer(epoch).turns();
    copies = await copiesOutside();
    expect(await audit()).toEqual([]);
    await altered(ALTERATION['two leaves swapped']!, async () => expect(await audit()).not.toEqual([]));
  }, 60_000);

  describe('of what two administrators had erased', () => {
    const why = { reason: '当事人要求删除其个人信息', ground: '个人信息保护法第四十七条' };
    const withBody = async (): Promise<EntryRow> => {
      const found = await all<EntryRow>('SELECT * FROM review.ledger_entry ORDER BY report, seq');
      const kept = new Set((await all<{ digest: string }>('SELECT digest FROM review.ledger_body')).map((one) => one.digest));
      return pick(found.filter(({ bytes }) => kept.has(parsed(bytes).digests['events'] ?? '') && parsed(bytes).action === 'review.act'));
    }; // prettier-ignore
    let owner: DataSource;
    beforeAll(async () => {
      const settings = { service: 'review', url: world.database.adminUrl, tables: [], migrations: [] } as const;
      owner = await dataSourceFor(settings).initialize();
    });
    afterAll(() => owner?.destroy());
    const erase = ({ report, seq }: Pick<EntryRow, 'report' | 'seq'>, by = administrators): Promise<unknown> =>
      runInTransaction(owner, (tx) =>
        eraseBody(tx, { service: 'review', crypto: nodeCrypto, epoch }, { report, seq, ...why }, by),
      );
    const settle = async (): Promise<void> => {
      await forward();
      await world.sequencer(epoch).turns();
      copies = await copiesOutside();
    };

    it('names who, why and on what ground, and no damage; nothing else may be removed', async () => {
      const row = await withBody();
      const { events } = parsed(row.bytes).digests;
      expect(await erase(row)).toMatchObject({ service: 'review', erased: events, ...why });
      await settle();
      const { listed, erased } = await findings();
      expect(listed).toEqual([]);
      const by = [`administrator:${id(91)}`, `administrator:${id(92)}`];
      expect(erased).toEqual([{ in: 'review', where: place(row), by, ...why, at: expect.any(String) }]);
      const told = await happenedTo(dbs.get('review')!, row.report);
      expect(told.filter((one) => one.erased).map(({ entry }) => entry.seq)).toEqual(parsed(row.bytes).outcome === 'accepted' ? [row.seq] : []);
      expect(told.at(-1)).toMatchObject({ entry: { action: 'review.erase', digests: { erased: events } }, erased: false });
      await expect(client.query('DELETE FROM review.ledger_body')).rejects.toThrow('append-only');
      expect(await erase(row)).toMatchObject({ refused: 'erased_already' });
      expect(await erase({ ...row, seq: 99_999 })).toMatchObject({ refused: 'no_entry' });
      await expect(client.query('DELETE FROM review.ledger_body')).rejects.toThrow('append-only');
    }); // prettier-ignore

    it('is damage when one administrator agreed alone, or when nobody did', async () => {
      const row = await withBody();
      const { events } = parsed(row.bytes).digests;
      await erase(row, administrators.slice(0, 1));
      await settle();
      expect(await audit()).toEqual([{ code: 'erasure_unproved', in: 'review', where: place(row) }]);
      await altered(ALTERATION['a body away']!, async () =>
        expect((await audit()).map(({ code }) => code)).toContain('body_missing'),
      );
      await altered(
        () => client.query(`INSERT INTO review.ledger_body VALUES ($1, '')`, [events]),
        async () => expect((await audit()).map(({ code }) => code)).toEqual(['body_altered', 'erasure_undone']),
      );
    });
  });

  it('is taken by each service of its own chains, and raises an alarm', async () => {
    const db = dbs.get('review')!;
    const alarms = (): Promise<{ detail: object }[]> =>
      rows(db, `SELECT detail FROM alarm WHERE kind = 'ledger_altered'`);
    await sweepChains(db, 'review', { crypto: nodeCrypto, trust: trustWithLog });
    // What one administrator erased alone stays an alarm; what two did is none.
    expect((await alarms()).map(({ detail }) => (detail as LedgerFault).code)).toEqual(['erasure_unproved']);
    const row = await entryOf('review');
    await world.tamper(`UPDATE review.ledger_entry SET at = at - interval '1 day' WHERE hash = '${row.hash}'`);
    await sweepChains(db, 'review', { crypto: nodeCrypto, trust: trustWithLog });
    expect(await alarms()).toContainEqual({ detail: { code: 'entry_altered', where: place(row), in: 'review' } });
  });
});
