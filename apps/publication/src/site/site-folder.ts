import { randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { nodeCrypto } from '#evidence/node-crypto';
import { errorCode } from '../domain/error-code.js';
import { filesNamed } from '../publish/page-manifest.js';
import { syncFolder, writeDurably, writeTogether } from './durable-files.js';
import { isAbsent, isNotGiven, readPlain } from './plain-file.js';
import type { PageTree } from '../publish/page-tree.js';

/** A public address on the disk: a report's current files, or those of one edition. */
export interface SiteAddress {
  readonly organ: string;
  readonly year: number;
  readonly edition: number | null;
}

/** An address that exists, and the tree its link names. */
export interface SiteLink extends SiteAddress {
  readonly tree: string;
}

const DIGEST = /^[0-9a-f]{64}$/;
/** Longer than anything takes to be written. */
const LEFT_MS = 3_600_000;

/**
 * The files behind the public site. `trees/<digest>/` hold files and never change; `public/xxgk/ndbg/<organ>/<year>` and
 * `versions/<organ>/<year>/v<edition>` are links to them; `receipts/<tree>.json` and `inclusions/<bundle>.json` stand beside, in `aside/` what the monitor took out of readers' reach. Every change is a rename, so a reader or
 * a power cut sees the old or the new, whole.
 */
export class SiteFolder {
  readonly #listeners = new Set<(address: SiteAddress) => void>();

  readonly root: string;

  constructor(root: string) {
    this.root = resolve(root);
  }

  /** Calls `changed` with every address this process links or takes down, or is told of; answers how to stop that. */
  onChange(changed: (address: SiteAddress) => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** Tells who listens here that an address changed; also of what another process changed. */
  tell(address: SiteAddress): void {
    for (const changed of this.#listeners) changed(address);
  }

  /** Writes a tree unless the same bytes stand there. Replaces one whose bytes differ. */
  async writeTree(tree: PageTree): Promise<void> {
    const place = join(this.root, 'trees', tree.digest);
    const standing = await this.readTree(tree.digest);
    if (standing !== undefined && sameTree(standing, tree)) return;
    const fresh = await this.temporary('tree');
    const aside = await this.temporary('replaced');
    try {
      await mkdir(fresh, { recursive: true });
      await mkdir(dirname(place), { recursive: true });
      await writeTogether(fresh, [...tree.files, { name: 'manifest.json', bytes: tree.manifest }]);
      await syncFolder(fresh);
      if (await exists(place)) await rename(place, aside);
      await rename(fresh, place).catch((error: unknown) => {
        // Another publisher made the same tree first: its bytes are the same, ours are not needed.
        if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
      });
      await syncFolder(dirname(place));
    } finally {
      await rm(fresh, { recursive: true, force: true });
      await rm(aside, { recursive: true, force: true });
    }
  }

  /** The bytes of a tree as they are on the disk now, unproved; undefined when it is not there or not whole, or the disk does not give all of it. */
  async readTree(digest: string): Promise<PageTree | undefined> {
    if (!DIGEST.test(digest)) return undefined;
    const folder = join(this.root, 'trees', digest);
    try {
      const manifest = await readPlain(join(folder, 'manifest.json'));
      const names = manifest && filesNamed(manifest);
      if (manifest === undefined || names === undefined) return undefined;
      const found = await Promise.all(
        names.map(async (name) => {
          const bytes = await readPlain(join(folder, name));
          return bytes === undefined ? [] : [{ name, bytes, digest: nodeCrypto.sha256(bytes) }];
        }),
      );
      const files = found.flat();
      return files.length === names.length ? { digest, manifest, files } : undefined;
    } catch (error) {
      // It is then written anew from the signed bytes, as one that is not there.
      if (isNotGiven(error)) return undefined;
      throw error;
    }
  }

  /** The files a tree's manifest lists, as it is on the disk now; undefined without a manifest of a tree. The files themselves are not read. */
  async namesIn(tree: string): Promise<readonly string[] | undefined> {
    const manifest = DIGEST.test(tree) ? await readPlain(join(this.root, 'trees', tree, 'manifest.json')) : undefined;
    return manifest && filesNamed(manifest);
  }

  /** The report in a tree as it is on the disk now, unproved; undefined when there is none. */
  async readReport(tree: string): Promise<Uint8Array | undefined> {
    return DIGEST.test(tree) ? readPlain(join(this.root, 'trees', tree, 'report.json')) : undefined;
  }

  /** Points an address at a tree, in one step. */
  async link(address: SiteAddress, tree: string): Promise<void> {
    const place = this.placeOf(address);
    await this.replace(place, 'link', (fresh) => symlink(`${wayToTrees(address)}${tree}`, fresh));
    this.tell(address);
    await syncFolder(dirname(place));
  }

  /** Takes an address down. */
  async unlink(address: SiteAddress): Promise<void> {
    const place = this.placeOf(address);
    await rm(place, { recursive: true, force: true });
    this.tell(address);
    if (await exists(dirname(place))) await syncFolder(dirname(place));
  }

  /** The tree an address names; undefined when nothing is public there, `''` when what stands there is no link to a tree. */
  linkOf(address: SiteAddress): string | undefined {
    try {
      // Asked for every page a reader gets: the call takes a microsecond and a half, the way over a thread of the pool twenty.
      const target = readlinkSync(this.placeOf(address));
      const way = wayToTrees(address);
      const tree = target.slice(way.length);
      return target.startsWith(way) && DIGEST.test(tree) ? tree : '';
    } catch (error) {
      if (isAbsent(error)) return undefined;
      if (errorCode(error) === 'EINVAL') return '';
      throw error;
    }
  }

  /** Every address that exists. `onDenied`: told of a folder the disk does not give, while the others are read all the same; thrown when left out. */
  async links(onDenied: (error: unknown) => void = rethrow): Promise<SiteLink[]> {
    const found: SiteLink[] = [];
    const add = (address: SiteAddress): void => {
      try {
        const tree = this.linkOf(address);
        if (tree !== undefined) found.push({ ...address, tree });
      } catch (error) {
        onDenied(error);
      }
    };
    const reports = join(this.root, 'public', 'xxgk', 'ndbg');
    for (const organ of await namesIn(reports, onDenied))
      for (const year of await namesIn(join(reports, organ), onDenied))
        add({ organ, year: Number(year), edition: null });
    const versions = join(this.root, 'versions');
    for (const organ of await namesIn(versions, onDenied))
      for (const year of await namesIn(join(versions, organ), onDenied))
        for (const edition of await namesIn(join(versions, organ, year), onDenied))
          add({ organ, year: Number(year), edition: Number(edition.slice(1)) });
    return found;
  }

  /** The addresses of an organ's reports, without those of single editions. */
  async reportsOf(organ: string): Promise<SiteLink[]> {
    const found: SiteLink[] = [];
    for (const name of await namesIn(join(this.root, 'public', 'xxgk', 'ndbg', organ), rethrow)) {
      const address = { organ, year: Number(name), edition: null };
      const tree = this.linkOf(address);
      if (tree !== undefined) found.push({ ...address, tree });
    }
    return found;
  }

  /** Stores the receipt of a tree. */
  writeReceipt(tree: string, bytes: Uint8Array): Promise<void> {
    return this.writeFile(this.receiptOf(tree), bytes);
  }

  /** The receipt of a tree, or undefined. */
  readReceipt(tree: string): Promise<Uint8Array | undefined> {
    return readPlain(this.receiptOf(tree));
  }

  /** Stores the proof that the entry of a bundle's last signature is in the log. */
  writeInclusion(bundle: string, bytes: Uint8Array): Promise<void> {
    return this.writeFile(this.inclusionOf(bundle), bytes);
  }

  /** The proof of inclusion of a bundle, unproved, or undefined. */
  readInclusion(bundle: string): Promise<Uint8Array | undefined> {
    return readPlain(this.inclusionOf(bundle));
  }

  /** Stores the newest signed head of the log. */
  writeCheckpoint(bytes: Uint8Array): Promise<void> {
    return this.writeFile(join(this.root, 'checkpoint'), bytes);
  }

  /** The newest signed head of the log, unproved, or undefined. */
  readCheckpoint(): Promise<Uint8Array | undefined> {
    return readPlain(join(this.root, 'checkpoint'));
  }

  /** Stores what the monitor found. */
  writeWatch(bytes: Uint8Array): Promise<void> {
    return this.writeFile(join(this.root, 'monitor.json'), bytes);
  }

  /** What the monitor found last, unread; undefined without a monitor. */
  readWatch(): Promise<Uint8Array | undefined> {
    return readPlain(join(this.root, 'monitor.json'));
  }

  /** Moves something out of readers' reach into `aside/`, where people can look at it; false when it is not there any more. `path`: below the root. */
  async putAside(path: string): Promise<boolean> {
    const aside = join(this.root, 'aside');
    await mkdir(aside, { recursive: true });
    try {
      await rename(join(this.root, path), join(aside, `${randomUUID()}-${path.slice(path.lastIndexOf('/') + 1)}`));
      await syncFolder(aside);
      return true;
    } catch (error) {
      if (isAbsent(error)) return false;
      throw error;
    }
  }

  /** Removes what killed processes were writing; what is younger than an hour may be somebody's who is at work. */
  async removeLeftovers(): Promise<void> {
    const folder = join(this.root, 'tmp');
    for (const name of await namesIn(folder, rethrow)) {
      const found = await lstat(join(folder, name)).catch(ifAbsent);
      if (found !== undefined && Date.now() - found.ctimeMs > LEFT_MS)
        await rm(join(folder, name), { recursive: true, force: true });
    }
  }

  private async writeFile(place: string, bytes: Uint8Array): Promise<void> {
    await this.replace(place, 'file', (fresh) => writeDurably(fresh, bytes));
    await syncFolder(dirname(place));
  }

  private async replace(place: string, what: string, make: (fresh: string) => Promise<void>): Promise<void> {
    await mkdir(dirname(place), { recursive: true });
    const fresh = await this.temporary(what);
    try {
      await make(fresh);
      await putInPlace(fresh, place);
    } catch (error) {
      // A full disk must not be filled further by every attempt.
      await rm(fresh, { force: true });
      throw error;
    }
  }

  private inclusionOf(bundle: string): string {
    return join(this.root, 'inclusions', `${bundle}.json`);
  }

  private receiptOf(tree: string): string {
    return join(this.root, 'receipts', `${tree}.json`);
  }

  private placeOf({ organ, year, edition }: SiteAddress): string {
    return edition === null
      ? `${this.root}/public/xxgk/ndbg/${organ}/${year}`
      : `${this.root}/versions/${organ}/${year}/v${edition}`;
  }

  private async temporary(what: string): Promise<string> {
    const folder = join(this.root, 'tmp');
    await mkdir(folder, { recursive: true });
    return join(folder, `${what}-${randomUUID()}`);
  }
}

function sameTree(a: PageTree, b: PageTree): boolean {
  return (
    Buffer.compare(a.manifest, b.manifest) === 0 &&
    a.files.every(({ bytes }, index) => Buffer.compare(bytes, b.files[index]?.bytes ?? new Uint8Array()) === 0)
  );
}

/** Puts a file or link where it belongs, in one step. A folder in its place, which nobody of ours makes, is removed first. */
async function putInPlace(fresh: string, place: string): Promise<void> {
  try {
    await rename(fresh, place);
  } catch (error) {
    if (errorCode(error) !== 'EISDIR') throw error;
    await rm(place, { recursive: true, force: true });
    await rename(fresh, place);
  }
}

/** What a link at this address begins with, relative to the folder it stands in. */
function wayToTrees({ edition }: SiteAddress): string {
  return edition === null ? '../../../../trees/' : '../../../trees/';
}

async function namesIn(folder: string, onDenied: (error: unknown) => void): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (!isAbsent(error)) onDenied(error);
    return [];
  }
}

function rethrow(error: unknown): never {
  throw error;
}

async function exists(place: string): Promise<boolean> {
  return (await lstat(place).catch(ifAbsent)) !== undefined;
}

function ifAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}
