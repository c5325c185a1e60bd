import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '#evidence/checkpoint';
import { type Defect, isDefect } from '#evidence/defect';
import type { Instant } from '#domain/instant';
import { noteIn, notesNow } from '#ledger/audit/copy-lines';

/** A copy of a checkpoint outside the database; `checkpoint` is what its note says, proved by the log's key. */
export interface OutsideCopy {
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

/** Holds some dozens of notes. */
const TAIL_BYTES = 16_384;
const FILE = /^\d{4}-\d{2}-\d{2}\.jsonl$/;

/**
 * Signed heads of the log in a folder no database role reaches: one file a day, one line a note (as a JSON string), only ever appended to. A
 * line a power cut left half is no note, and is left behind.
 */
export class CheckpointFolder {
  constructor(
    readonly root: string,
    /** Opens a note of this log, by the key it had then. */
    private readonly openNote: (note: string) => Checkpoint | Defect,
  ) {}

  /** Appends a note and waits until it is on the disk. Throws RangeError for what is no note of this log. */
  async append(note: string, at: Instant): Promise<void> {
    const checkpoint = this.openNote(note);
    if (isDefect(checkpoint)) throw new RangeError(`not a checkpoint of this log: ${checkpoint.defect}`);
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    const place = join(this.root, `${at.slice(0, 10)}.jsonl`);
    const file = await open(place, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      const torn = size > 0 && (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] !== 0x0a;
      await file.appendFile(`${torn ? '\n' : ''}${JSON.stringify(note)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    const folder = await open(this.root, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** The copy written last, or undefined when there is none. Lines that are no note of this log are passed over. */
  async newest(): Promise<OutsideCopy | undefined> {
    for (const name of (await this.files()).toReversed()) {
      const found = this.lastIn(await this.tailOf(name)) ?? this.lastIn(await readFile(join(this.root, name), 'utf8'));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Every line of every file as they are now, in order; undefined for one that holds no note. */
  async all(): Promise<AsyncIterable<string | undefined>> {
    return notesNow((await this.files()).map((name) => join(this.root, name)));
  }

  private lastIn(text: string): OutsideCopy | undefined {
    for (const line of text.split('\n').toReversed()) {
      const note = noteIn(line);
      const checkpoint = note === undefined ? undefined : this.openNote(note);
      if (note !== undefined && checkpoint !== undefined && !isDefect(checkpoint)) return { note, checkpoint };
    }
    return undefined;
  }

  private async files(): Promise<string[]> {
    const names = await readdir(this.root).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => FILE.test(name)).toSorted();
  }

  /** The last lines of a file; the first of them may be cut. */
  private async tailOf(name: string): Promise<string> {
    const file = await open(join(this.root, name), 'r');
    try {
      const { size } = await file.stat();
      const from = Math.max(0, size - TAIL_BYTES);
      const { buffer } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
      return buffer.toString('utf8');
    } finally {
      await file.close();
    }
  }
}
