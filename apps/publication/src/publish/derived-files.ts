import { LRUCache } from 'lru-cache';
import type { EvidenceCrypto } from '#evidence/crypto';
import { raiseAlarm } from '#outbox/alarm';
import type { Handle } from '#persistence/sql';
import type { FileWriter } from '#report-files/file-writer';
import type { DerivedName } from '#report-files/writers/derived-names';
import { onceForAll } from './once-for-all.js';
import type { PageFile } from './page-manifest.js';
import { QuietTime } from './quiet-time.js';

/** The files made of one edition's signed bytes, and those that could not be made with a stable code for each. */
export interface DerivedSet {
  readonly files: readonly PageFile[];
  readonly missing: readonly { readonly name: DerivedName; readonly code: string; readonly detail: string }[];
}

/** Tells administrators which files beside an edition could not be made, and why; nothing when all were. */
export async function alarmMissing(
  handle: Handle,
  about: { readonly document: string; readonly edition: number },
  { missing }: DerivedSet,
): Promise<void> {
  for (const { name, code } of missing)
    // A process that stops makes nothing more; the next one begins anew.
    if (code !== 'writer_closed') await raiseAlarm(handle, 'file_not_made', { ...about, name, code });
}

/** Bytes of the sets that are kept, some 200 of them: what a city's departments have under sign-off at a time. Of all others only the digests are known. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** No trying again mends these: the signed text itself is why. */
const LASTING = ['glyph_missing'];

/**
 * The files beside the page, made of the signed bytes alone: CSV with its dictionary, Word, PDF, Excel. They carry no signature, so they are proved
 * by making them again and comparing digests. Nothing that was signed ever waits for them.
 */
export class DerivedFiles {
  readonly #sets = new LRUCache<string, DerivedSet>({ maxSize: KEPT_BYTES, sizeCalculation: sizeOf });
  readonly #digests = new Map<string, ReadonlyMap<string, string>>();
  readonly #make = onceForAll((content: string, signed: Uint8Array) => this.make(content, signed));

  constructor(
    private readonly writer: Pick<FileWriter, 'write'>,
    private readonly crypto: Pick<EvidenceCrypto, 'sha256'>,
    private readonly quiet = new QuietTime(),
  ) {}

  /** What is already made of the bytes with this digest. */
  ready(content: string): DerivedSet | undefined {
    return this.#sets.get(content);
  }

  /** Digests by name of what was made of these bytes since this process began, whether the files are still kept or not. */
  digestsOf(content: string): ReadonlyMap<string, string> | undefined {
    return this.#digests.get(content);
  }

  /** Digests by name of what these signed bytes give, for somebody who waits for them; made where they are not known yet. Undefined when the files could not all be made now. */
  async digestsFor(content: string, signed: Uint8Array): Promise<ReadonlyMap<string, string> | undefined> {
    if (!this.#digests.has(content)) await this.quiet.hurry(() => this.of(content, signed));
    return this.#digests.get(content);
  }

  /**
   * Makes the files of an edition, once for all who ask at the same time. Throws RangeError for bytes that do not have the digest they are asked for
   * by: whoever faces the network asks too, and what is made here is put beside pages.
   */
  async of(content: string, signed: Uint8Array): Promise<DerivedSet> {
    const known = this.#sets.get(content);
    if (known !== undefined) return known;
    if (this.crypto.sha256(signed) !== content) throw new RangeError(`other bytes than those of ${content}`);
    return this.#make(content, signed);
  }

  private async make(content: string, signed: Uint8Array): Promise<DerivedSet> {
    const made = await this.writer.write(signed);
    const files = made.flatMap((file) =>
      'bytes' in file ? [{ name: file.name, bytes: file.bytes, digest: this.crypto.sha256(file.bytes) }] : [],
    );
    const missing = made.flatMap((file) => ('bytes' in file ? [] : [file]));
    const set = { files, missing };
    if (missing.every(({ code }) => LASTING.includes(code))) this.keep(content, set);
    return set;
  }

  private keep(content: string, set: DerivedSet): void {
    this.#sets.set(content, set);
    this.#digests.set(content, new Map(set.files.map(({ name, digest }) => [name, digest])));
  }
}

function sizeOf({ files }: DerivedSet): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 1);
}
