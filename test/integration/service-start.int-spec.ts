import { connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dataSourceFor } from '#persistence/data-source';
import { rows } from '#persistence/sql';
import { Log } from '#service-runtime/log';
import { waitForDatabase } from '#service-runtime/wait-for-database';
import { migrations, tables } from '../../apps/review/src/data-source.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  empty = await testDatabase({ migrated: false });
}, 60_000);
afterAll(async () => {
  await database?.drop();
  await empty?.drop();
});

/** Counts what was said instead of printing it. */
class HeardLog extends Log {
  readonly heard: string[] = [];
  constructor() {
    super('review', 'error');
  }
  override info(message: string): void {
    this.heard.push(message);
  }
  override warn(message: unknown): void {
    this.heard.push(String(message));
  }
}

const heardOnce = async (log: HeardLog, message: string): Promise<void> => {
  while (!log.heard.includes(message)) await new Promise((resolve) => setTimeout(resolve, 5));
};

it('a service started before its database waits, then works', async () => {
  const target = new URL(database.url('review'));
  const door: Server = createServer((socket) => {
    const server = connect(Number(target.port), target.hostname);
    socket.pipe(server).pipe(socket);
    for (const end of [socket, server]) end.on('error', () => end.destroy());
  });
  const port = await new Promise<number>((resolve) => {
    door.listen(0, '127.0.0.1', () => resolve((door.address() as { port: number }).port));
  });
  await new Promise((resolve) => door.close(resolve)); // nobody listens there now
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  const db = dataSourceFor({ service: 'review', url: url.href, tables, migrations });
  const log = new HeardLog();
  const ready = waitForDatabase(db, migrations, log);
  await heardOnce(log, 'waiting_for_database');
  door.listen(port, '127.0.0.1');
  await ready;
  expect(await rows(db, 'select count(*)::int as n from leg_case')).toEqual([{ n: 0 }]);
  await db.destroy();
  await new Promise((resolve) => door.close(resolve));
});

it('a service started before its migrations waits for them', async () => {
  const db = dataSourceFor({ service: 'review', url: empty.adminUrl, tables, migrations });
  const log = new HeardLog();
  const ready = waitForDatabase(db, migrations, log);
  await heardOnce(log, 'waiting_for_database'); // no such table yet
  await empty.sql('create schema review');
  await empty.sql('create table review.schema_migration (name text)');
  await heardOnce(log, 'waiting_for_migrations');
  for (const { name } of migrations) await empty.sql('insert into review.schema_migration values ($1)', [name]);
  await ready;
  await db.destroy();
});
