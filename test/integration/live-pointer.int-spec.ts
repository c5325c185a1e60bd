import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import * as publication from '../../apps/publication/src/data-source.js';
import {
  findPointer,
  type LivePointer,
  movePointer,
} from '../../apps/publication/src/persistence/live-pointer.repository.js';
import { dataSourceFor } from '#persistence/data-source';
import { runInTransaction } from '#persistence/transaction';
import { testDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let db: DataSource;

beforeAll(async () => {
  database = await testDatabase();
  db = dataSourceFor({ service: 'publication', url: database.url('publication'), ...publication });
  await db.initialize();
}, 60_000);
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const move = (to: LivePointer) => runInTransaction(db, (tx) => movePointer(tx, to));
let year = 2020;
const pointer = (): LivePointer => ({
  document: randomUUID(), organ: 'xiangyang', year: (year += 1), state: 'live', edition: 2, case: randomUUID(), round: 1, tree: 'a'.repeat(64),
}); // prettier-ignore

// The law has judged before; this is what holds when somebody forgot to ask it.
describe('the pointer of a public address', () => {
  it('goes upward only, whoever moves it', async () => {
    const standing = pointer();
    expect(await move(standing)).toBeNull();
    for (const edition of [1, 2])
      expect(await move({ ...standing, edition, case: randomUUID() })).toBe('pointer_moved_on');
    expect(await findPointer(db, standing.document)).toEqual(standing);
    expect(await move({ ...standing, tree: 'b'.repeat(64) })).toBeNull();
    expect(await move({ ...standing, edition: 3, case: randomUUID() })).toBeNull();
  });

  it('is moved by one of two who move it at once', async () => {
    const standing = pointer();
    await move(standing);
    const next = [randomUUID(), randomUUID()].map((id) => ({ ...standing, edition: 3, case: id }));
    const refused = await Promise.all(next.map(move));
    expect(new Set(refused)).toEqual(new Set(['pointer_moved_on', null]));
  });

  it('never shows again what was withdrawn, and is nobody else’s', async () => {
    const standing = pointer();
    await move(standing);
    expect(await move({ ...standing, state: 'withdrawn', case: randomUUID() })).toBeNull();
    expect(await move({ ...standing, case: randomUUID() })).toBe('pointer_moved_on');
    expect(await move({ ...standing, document: randomUUID(), edition: 9 })).toBe('address_taken');
  });
});
