import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';
import { type Digest, digest } from '#domain/identifiers';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** No bytes are stored under this digest. */
export class ContentMissing extends Error {
  constructor(readonly wanted: string) {
    super(`content store holds nothing under ${wanted}`);
    this.name = 'ContentMissing';
  }
}

/** The stored bytes are not the ones that were put: the row was altered behind the store's back. */
export class ContentCorrupt extends Error {
  constructor(
    readonly wanted: string,
    readonly found: string,
  ) {
    super(`content store: bytes under ${wanted} hash to ${found}`);
    this.name = 'ContentCorrupt';
  }
}

const sha256 = (bytes: Uint8Array): Digest => digest(createHash('sha256').update(bytes).digest('hex'));

/** What a transaction has put; until it commits nobody else may take it for stored. */
const putIn = new WeakMap<Handle, Set<string>>();

/** Stores exact bytes and answers their SHA-256. Putting the same bytes again changes nothing. */
export async function putContent(tx: Tx, bytes: Uint8Array, mediaType: string): Promise<Digest> {
  const name = sha256(bytes);
  putIn.set(tx, (putIn.get(tx) ?? new Set()).add(name));
  await rows(
    tx,
    'insert into content.blob (digest, media_type, size_bytes, bytes) values ($1, $2, $3, $4) on conflict (digest) do nothing',
    [name, mediaType, bytes.byteLength, Buffer.from(bytes)],
  );
  return name;
}

/** Bytes of the blobs read last that a process keeps. */
const KEPT_BYTES = 16 * 1024 * 1024;
const keptOf = new WeakMap<DataSource, LRUCache<string, Uint8Array>>();

function keptFor(handle: Handle): LRUCache<string, Uint8Array> {
  const source = handle instanceof DataSource ? handle : handle.dataSource;
  const kept =
    keptOf.get(source) ?? new LRUCache({ maxSize: KEPT_BYTES, sizeCalculation: (bytes) => Math.max(1, bytes.length) });
  keptOf.set(source, kept);
  return kept;
}

/**
 * The bytes under a digest, hashed before they are handed out for the first time. Blobs are never changed or removed once they are committed, so
 * those read last are known: a case's route, directory and evidence are asked for at every step. Throws ContentMissing or ContentCorrupt.
 */
export async function getContent(handle: Handle, name: string): Promise<Uint8Array> {
  const kept = keptFor(handle);
  const known = kept.get(name);
  if (known !== undefined) return known;
  const bytes = await readContent(handle, name);
  if (putIn.get(handle)?.has(name) !== true) kept.set(name, bytes);
  return bytes;
}

async function readContent(handle: Handle, name: string): Promise<Uint8Array> {
  const found = await row<{ bytes: Buffer }>(handle, 'select bytes from content.blob where digest = $1', [name]);
  if (!found) throw new ContentMissing(name);
  const actual = sha256(found.bytes);
  if (actual !== name) throw new ContentCorrupt(name, actual);
  return new Uint8Array(found.bytes);
}
