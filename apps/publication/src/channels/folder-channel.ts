import { mkdir, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeCrypto } from '#evidence/node-crypto';
import { errorCode } from '../domain/error-code.js';
import { syncFolder, writeDurably } from '../site/durable-files.js';
import { readPlain } from '../site/plain-file.js';
import { type Channel, type ChannelFacts, ConfiguredChannel, type DeliveryReceipt, type Parcel } from './channel.js';
import { ChannelFault } from './channel-fault.js';
import { checkNotAhead, currentBytes, folderOf, staleFolders } from './current-file.js';
import { mirroredFiles } from './mirrored-files.js';

const FAULTS = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EACCES: 'folder_denied',
  EPERM: 'folder_denied',
  EROFS: 'folder_denied',
} as const;

/**
 * A folder others copy from or serve. `<organ>/<year>/v<edition>-<tree>/` holds the files with `manifest.json` and the own site's
 * `receipt.json` and never changes; the link `current` and `current.json` name the folder that counts. Every change is a rename, so
 * whoever copies sees the old or the new, whole.
 */
export class FolderChannel extends ConfiguredChannel implements Channel {
  readonly mirrors = true;
  readonly byHand = false;

  constructor(
    facts: ChannelFacts,
    private readonly root: string,
  ) {
    super(facts);
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<DeliveryReceipt> {
    try {
      return await this.write(parcel, signal);
    } catch (error) {
      const reason = FAULTS[errorCode(error) as keyof typeof FAULTS];
      throw reason === undefined ? error : new ChannelFault(reason, {}, error);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async write(parcel: Parcel, signal: AbortSignal): Promise<DeliveryReceipt> {
    // The folder itself is the operator's: making it would fill the disk beneath a mount that is away.
    const isThere = await stat(this.root).then((found) => found.isDirectory(), isMissing);
    if (!isThere) throw new ChannelFault('folder_missing');
    const place = join(this.root, parcel.organ, String(parcel.year));
    await mkdir(place, { recursive: true });
    checkNotAhead(await readPlain(join(place, 'current.json')), parcel);
    const folder = folderOf(parcel);
    if ((await this.findDifference(join(place, folder), parcel, signal)) !== null)
      await this.placeFiles(place, parcel, signal);
    signal.throwIfAborted();
    if (parcel.isCurrent) await this.point(place, parcel);
    for (const name of staleFolders(await readdir(place), parcel))
      await rm(join(place, name), { recursive: true, force: true });
    return this.readBack(place, parcel, signal);
  }

  private async placeFiles(place: string, parcel: Parcel, signal: AbortSignal): Promise<void> {
    // One name for all attempts at a delivery: what a killed one left behind is removed by the next.
    const fresh = join(place, `.incoming-${parcel.case}-${parcel.round}`);
    try {
      await rm(fresh, { recursive: true, force: true });
      await mkdir(fresh);
      // One after the other: a disk far away that stops answering keeps one thread of this process, and not all of them.
      for (const { name, bytes } of mirroredFiles(parcel)) await writeDurably(join(fresh, name), bytes);
      signal.throwIfAborted();
      await syncFolder(fresh);
      await rm(join(place, folderOf(parcel)), { recursive: true, force: true });
      await rename(fresh, join(place, folderOf(parcel)));
      await syncFolder(place);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }

  private async point(place: string, parcel: Parcel): Promise<void> {
    const fresh = join(place, `.pointing-${parcel.case}-${parcel.round}`);
    await rm(fresh, { recursive: true, force: true });
    await symlink(folderOf(parcel), fresh);
    await rename(fresh, join(place, 'current'));
    await writeDurably(fresh, currentBytes(parcel));
    await rename(fresh, join(place, 'current.json'));
    await syncFolder(place);
  }

  /** The name of the first file that is not as it was sent, or null. */
  private async findDifference(folder: string, parcel: Parcel, signal: AbortSignal): Promise<string | null> {
    for (const { name, bytes } of mirroredFiles(parcel)) {
      signal.throwIfAborted();
      const found = await readPlain(join(folder, name));
      if (found === undefined || Buffer.compare(found, bytes) !== 0) return name;
    }
    return null;
  }

  private async readBack(place: string, parcel: Parcel, signal: AbortSignal): Promise<DeliveryReceipt> {
    const { isCurrent } = parcel;
    const shown = isCurrent ? 'current' : folderOf(parcel);
    const different = await this.findDifference(join(place, shown), parcel, signal);
    if (different !== null) throw new ChannelFault('digest_differs', { where: different });
    const current = await readPlain(join(place, 'current.json'));
    if (isCurrent && (current === undefined || Buffer.compare(current, currentBytes(parcel)) !== 0))
      throw new ChannelFault('digest_differs', { where: 'current.json' });
    const [left] = staleFolders(await readdir(place), parcel);
    if (left !== undefined) throw new ChannelFault('still_there', { where: left });
    const names = mirroredFiles(parcel).length;
    return { digest: nodeCrypto.sha256(currentBytes(parcel)), place: join(place, folderOf(parcel)), files: names };
  }
}

function isMissing(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
}
