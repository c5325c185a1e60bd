import { nodeCrypto } from '#evidence/node-crypto';
import { type Channel, type ChannelFacts, ConfiguredChannel, type DeliveryReceipt, type Parcel } from './channel.js';
import { ChannelFault } from './channel-fault.js';
import { checkNotAhead, currentBytes, folderOf, staleFolders } from './current-file.js';
import { mirroredFiles } from './mirrored-files.js';
import type { Outbound } from './outbound.js';
import { type Bucket, S3Client } from './s3-client.js';

const MOST_CURRENT_BYTES = 64 * 1024;
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * An S3-compatible object store. `<organ>/<year>/v<edition>-<tree>/` holds the files and is written only where nothing is;
 * `current.json` names what counts and is replaced only over what was read, so two writers never undo each other.
 */
export class S3Channel extends ConfiguredChannel implements Channel {
  readonly mirrors = true;
  readonly byHand = false;

  constructor(
    facts: ChannelFacts,
    private readonly target: { readonly bucket: Bucket; readonly prefix: string },
    private readonly outbound: Outbound,
  ) {
    super(facts);
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<DeliveryReceipt> {
    const store = new S3Client(this.target.bucket, this.outbound, signal);
    const place = `${this.target.prefix}${parcel.organ}/${parcel.year}/`;
    const standing = await store.get(`${place}current.json`, MOST_CURRENT_BYTES);
    checkNotAhead(standing?.bytes, parcel);
    await this.placeFiles(store, `${place}${folderOf(parcel)}/`, parcel);
    const wanted = currentBytes(parcel);
    const isPointed = standing !== undefined && Buffer.compare(standing.bytes, wanted) === 0;
    if (parcel.isCurrent && !isPointed) {
      const condition =
        standing === undefined ? ({ over: 'nothing' } as const) : ({ over: 'etag', etag: standing.etag } as const);
      if (!(await store.put(`${place}current.json`, wanted, TYPES['json'] ?? '', condition)))
        throw new ChannelFault('target_changed', { status: 412 });
    }
    for (const key of await staleKeys(store, place, parcel)) await store.delete(key);
    return this.readBack(store, place, parcel);
  }

  close(): Promise<void> {
    return this.outbound.close();
  }

  private async placeFiles(store: S3Client, folder: string, parcel: Parcel): Promise<void> {
    for (const { name, bytes } of mirroredFiles(parcel)) {
      const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
      if (await store.put(`${folder}${name}`, bytes, type, { over: 'nothing' })) continue;
      // Something stands there: an earlier attempt's file, or one that somebody changed.
      if (await isStored(store, `${folder}${name}`, bytes)) continue;
      await store.put(`${folder}${name}`, bytes, type, { over: 'anything' });
    }
  }

  private async readBack(store: S3Client, place: string, parcel: Parcel): Promise<DeliveryReceipt> {
    const folder = `${place}${folderOf(parcel)}/`;
    const files = mirroredFiles(parcel);
    for (const { name, bytes } of files)
      if (!(await isStored(store, `${folder}${name}`, bytes)))
        throw new ChannelFault('digest_differs', { where: name });
    if (parcel.isCurrent && !(await isStored(store, `${place}current.json`, currentBytes(parcel))))
      throw new ChannelFault('digest_differs', { where: 'current.json' });
    const [left] = await staleKeys(store, place, parcel);
    if (left !== undefined) throw new ChannelFault('still_there', { where: left });
    const { base } = this.target.bucket;
    return { digest: nodeCrypto.sha256(currentBytes(parcel)), place: `${base.href}${folder}`, files: files.length };
  }
}

async function isStored(store: S3Client, key: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const found = await store.get(key, bytes.byteLength + MOST_CURRENT_BYTES);
    return found !== undefined && nodeCrypto.sha256(found.bytes) === nodeCrypto.sha256(bytes);
  } catch (error) {
    // So much longer than what should stand there that it is not read to its end.
    if (error instanceof ChannelFault && error.reason === 'answer_too_large') return false;
    throw error;
  }
}

async function staleKeys(store: S3Client, place: string, parcel: Parcel): Promise<readonly string[]> {
  const keys = await store.list(place);
  const folderIn = (key: string): string => key.slice(place.length).split('/', 1)[0] ?? '';
  const stale = new Set(staleFolders([...new Set(keys.map(folderIn))], parcel));
  return keys.filter((key) => stale.has(folderIn(key)));
}
