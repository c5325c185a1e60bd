import { LRUCache } from 'lru-cache';
import type { DerivedFiles } from '../publish/derived-files.js';
import type { SiteAddress } from '../site/site-folder.js';
import { publisherWord, type PublisherWord, type ReaderQuestion } from './reader.messages.js';

/** Editions whose digests are remembered: what a program makes of the same bytes is always the same. */
const KEPT_DIGESTS = 5_000;

/** The end of a line between two processes, as Node has it. */
export interface LineEnd {
  send(message: ReaderQuestion): void;
  onMessage(heard: (message: unknown) => void): void;
}

type Answer = Extract<PublisherWord, { tell: 'answer' }>;
type Asked = { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void };
type Unnumbered<Q> = Q extends { id: number } ? Omit<Q, 'id'> : never;

/**
 * A reader's line to the publisher: it makes files of signed bytes and may write, a reader does neither. `changed` is called with every address the
 * publisher links or takes down. What is asked when the publisher is gone is never answered; then this process ends as well.
 */
export class PublisherLine implements Pick<DerivedFiles, 'digestsFor'> {
  readonly #asked = new Map<number, Asked>();
  readonly #digests = new LRUCache<string, ReadonlyMap<string, string>>({ max: KEPT_DIGESTS });
  #last = 0;

  constructor(
    private readonly end: LineEnd,
    changed: (address: SiteAddress) => void,
  ) {
    end.onMessage((message) => {
      const word = publisherWord.safeParse(message);
      if (!word.success) return;
      if (word.data.tell === 'changed') changed(word.data.address);
      else this.take(word.data);
    });
  }

  /** Digests by name of what these signed bytes give; undefined when the files could not all be made now. */
  async digestsFor(content: string, signed: Uint8Array): Promise<ReadonlyMap<string, string> | undefined> {
    const known = this.#digests.get(content);
    if (known !== undefined) return known;
    const answer = await this.ask({ ask: 'digests', content, signed });
    if (answer.digests === undefined) return undefined;
    const digests = new Map(Object.entries(answer.digests));
    this.#digests.set(content, digests);
    return digests;
  }

  /** Has an edition's files laid out as this program makes them now, when they are not. */
  async renew(content: string): Promise<void> {
    await this.ask({ ask: 'renew', content });
  }

  private ask(question: Unnumbered<ReaderQuestion>): Promise<Answer> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.end.send({ ...question, id });
    });
  }

  private take(answer: Answer): void {
    const asked = this.#asked.get(answer.id);
    this.#asked.delete(answer.id);
    if (answer.fault === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(`the publisher could not answer: ${answer.fault}`));
  }
}
