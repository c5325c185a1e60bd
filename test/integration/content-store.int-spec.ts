import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ContentCorrupt, ContentMissing, getContent, putContent } from '#content-store/content-store';
import { CreateContent1790000000000 } from '#content-store/content.migration';
import type { Digest } from '#domain/identifiers';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { MessageWorld } from '../support/message-world.js';

describe('the content store', () => {
  let world: MessageWorld;
  beforeAll(async () => {
    world = await MessageWorld.open('postgres');
    await rows(world.review, 'create schema content');
    const runner = world.review.createQueryRunner();
    await new CreateContent1790000000000().up(runner);
    await runner.release();
  });
  afterAll(() => world.close());

  const put = (bytes: Uint8Array): Promise<Digest> =>
    runInTransaction(world.review, (tx) => putContent(tx, bytes, 'application/octet-stream'));

  it('says which bytes are missing', async () => {
    const nobody = 'f'.repeat(64);
    await expect(getContent(world.review, nobody)).rejects.toThrow(new ContentMissing(nobody));
  });

  it.each([
    ['text', new TextEncoder().encode('向阳区人民政府')],
    ['no bytes', new Uint8Array()],
    ['every byte', Uint8Array.from({ length: 256 }, (_, at) => at)],
  ])('gives back exactly what was put: %s', async (_name, bytes) => {
    const name = await put(bytes);
    expect(await put(bytes)).toBe(name);
    expect(await getContent(world.review, name)).toEqual(bytes);
  });

  it('names bytes by SHA-256', async () => {
    const abc = await put(new TextEncoder().encode('abc'));
    expect(abc).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'); // FIPS 180-4, example
  });

  it('stores concurrent puts of the same bytes once', async () => {
    const bytes = new TextEncoder().encode('at one moment');
    const names = await Promise.all(Array.from({ length: 6 }, () => put(bytes)));
    expect(await rows(world.review, 'select 1 from content.blob where digest = $1', [names[0]])).toHaveLength(1);
  });

  it.each(["update content.blob set bytes = '\\x00'", 'delete from content.blob', 'truncate content.blob'])(
    'refuses to change anything: %s',
    async (sql) => {
      await put(new TextEncoder().encode('kept'));
      await expect(rows(world.review, sql)).rejects.toThrow('append-only');
    },
  );

  it('forgets bytes with the transaction that put them, though it has read them', async () => {
    let name = '';
    const rolledBack = runInTransaction(world.review, async (tx) => {
      name = await putContent(tx, new TextEncoder().encode('taken back'), 'text/plain');
      expect(await getContent(tx, name)).toHaveLength(10);
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await expect(getContent(world.review, name)).rejects.toThrow(new ContentMissing(name));
  });

  it('hands out no bytes that were altered behind its back', async () => {
    const name = await put(new TextEncoder().encode('original'));
    await rows(world.review, 'alter table content.blob disable trigger append_only');
    await rows(world.review, `update content.blob set bytes = 'other' where digest = $1`, [name]);
    await expect(getContent(world.review, name)).rejects.toThrow(ContentCorrupt);
  });
});
