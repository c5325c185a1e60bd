import { realpath } from 'node:fs/promises';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { isDefect } from '#evidence/defect';
import { provenTrust } from '#evidence/key-changes';
import type { Trust } from '#evidence/trust';
import { continuityDefect } from '#evidence/trust-continuity';
import { readPlain } from '../site/plain-file.js';
import { causeOf, type FailureCode, type WatchFailure } from './watch-failure.js';

/** Bytes of a trust file: room for a thousand changes of keys. */
const MOST_BYTES = 1024 * 1024;

/**
 * The trust file of a process that goes on while keys are changed. What the operator gave it at its start is the ground of everything later: another file
 * takes its place only when signed changes lead from the keys held to it (`continuityDefect`). Whoever can write the file, and no more, can thus
 * neither bring a key in nor bring a lost one back; nor can he switch the watch off by breaking the file, for then the keys held go on counting,
 * for taking down as for proving. Anything else that an operator may mean, as another installation's file or a holder who came with a later release, begins
 * with a new start.
 */
export class TrustFile {
  #held: Trust;
  /** The text that was judged last, and what was found against it. */
  #judged: { readonly text: string; readonly failure: WatchFailure | undefined } | undefined;

  constructor(
    private readonly path: string,
    held: Trust,
    private readonly crypto: EvidenceCrypto,
  ) {
    this.#held = held;
  }

  /** What counts now; the same object as long as the file says the same. */
  get held(): Trust {
    return this.#held;
  }

  /** Reads the file and, when it changed, judges it. Answers why it is not what counts; undefined when it is. */
  async look(): Promise<WatchFailure | undefined> {
    let text: string;
    try {
      text = await this.read();
    } catch (error) {
      return this.failure('trust_unreadable', causeOf(error));
    }
    if (this.#judged?.text !== text) this.#judged = { text, failure: this.judge(text) };
    return this.#judged.failure;
  }

  private async read(): Promise<string> {
    // A file that is mounted into a container is often a link.
    const bytes = await readPlain(await realpath(this.path), MOST_BYTES);
    if (bytes === undefined) throw new RangeError(`no plain file of at most ${MOST_BYTES} bytes`);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  }

  private judge(text: string): WatchFailure | undefined {
    let next: Trust;
    try {
      next = provenTrust(JSON.parse(text), this.crypto);
    } catch (error) {
      return this.failure(error instanceof SyntaxError ? 'trust_unreadable' : 'trust_unproved', causeOf(error));
    }
    const defect = continuityDefect(this.#held, next);
    if (isDefect(defect)) return this.failure(defect.defect as FailureCode, `${defect.where}: ${defect.detail}`);
    if (!sameTrust(this.#held, next)) this.#held = next;
    return undefined;
  }

  private failure(code: FailureCode, cause: string): WatchFailure {
    return { look: 'trust', where: this.path, code, cause };
  }
}

function sameTrust(a: Trust, b: Trust): boolean {
  return Buffer.compare(canonicalBytes(a), canonicalBytes(b)) === 0;
}
