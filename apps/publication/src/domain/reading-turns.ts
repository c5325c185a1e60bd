/** Something that is to be read again and again, as a look that reads nothing finds it. */
export interface Readable {
  readonly key: string;
  /** What stands there by name; empty when nothing does. Another place than the proved one is always looked at. */
  readonly place: string;
  /** What the disk says of its files without their being read. Whoever may write them can keep it as it was, so the same mark proves nothing. */
  readonly mark: string;
  /** When it was changed last as the disk says, in milliseconds since 1970. */
  readonly changedMs: number;
}

/** `proved`: what it looked like before the reading in which it proved itself last; null when the last reading did not, or none was. */
interface Turn {
  readonly proved: Pick<Readable, 'place' | 'mark'> | null;
  /** Since when it waits, by the clock of the turns. */
  readonly sinceMs: number;
}

/** How long an alteration may stay unseen. `total`: what there is to read, `budget`: of it, how much a round reads in turn. */
export interface TurnFigures {
  readonly total: number;
  readonly budget: number;
  /** Seconds after which even an alteration that leaves no trace on the disk has been found: a bound, from counts and the time between rounds. */
  readonly worstSeconds: number;
  /** Seconds since which that waits which waits longest. */
  readonly oldestSeconds: number;
}

/** Rounds until everything has been read once more, with one for the round that was under way. */
export function worstRounds(total: number, budget: number): number {
  return Math.ceil(total / budget) + 1;
}

/**
 * Who is read in which round. Everybody waits in one queue and goes to its end when read; newcomers stand behind those who wait, so nobody who comes
 * or changes keeps another waiting longer than `worstRounds`. Beside those whose turn it is, as many again are read ahead of their turn: what
 * changed as the disk says or did not prove itself last time, the newest first. What stands elsewhere than it was proved, or does not stand at all,
 * is read in every round, past every budget: that costs no reading to see.
 *
 * The queue lives in memory. A process begins with an order of its own drawing, so that one which is started anew often begins with others each time.
 */
export class ReadingTurns {
  readonly #queue = new Map<string, Turn>();
  #present: ReadonlyMap<string, Readable> = new Map();
  #beganMs: number | undefined;
  #periodMs: number;
  /** Those in turn in this round that were not read yet, and how many a round reads of them. */
  readonly #unread = new Set<string>();
  #perRound: number;

  /** `budget`: how many a round reads in turn; `everyMs`: between two rounds; `random`: at least 0 and less than 1. */
  constructor(
    readonly budget: number,
    private readonly everyMs: number,
    private readonly clock: () => number = () => performance.now(),
    private readonly random: () => number = Math.random,
  ) {
    this.#periodMs = everyMs;
    this.#perRound = budget;
  }

  /** Begins a round over what there is now; answers the keys to read, the most urgent first. */
  begin(present: readonly Readable[]): ReadonlySet<string> {
    const now = this.clock();
    // A round may take longer than the time that should be between two.
    if (this.#beganMs !== undefined) this.#periodMs = Math.max(this.everyMs, now - this.#beganMs);
    this.#beganMs = now;
    this.#present = new Map(present.map((one) => [one.key, one]));
    for (const key of this.#queue.keys()) if (!this.#present.has(key)) this.#queue.delete(key);
    const newcomers = [...this.#present.keys()].filter((key) => !this.#queue.has(key));
    for (const key of shuffled(newcomers, this.random)) this.#queue.set(key, { proved: null, sinceMs: now });
    return this.due();
  }

  /** Notes that something was read in this round, and whether it proved itself. What is due and not noted keeps its turn. */
  read(key: string, isProved: boolean): void {
    const found = this.#present.get(key);
    if (found === undefined || !this.#queue.delete(key)) return;
    this.#unread.delete(key);
    this.#queue.set(key, { proved: isProved ? found : null, sinceMs: this.clock() });
  }

  /** Ends a round that may have been cut short. The bound is made of what such a round takes and reads, until another one ends. */
  end(): void {
    const now = this.clock();
    this.#periodMs = Math.max(this.#periodMs, now - (this.#beganMs ?? now));
    const inTurn = Math.min(this.budget, this.#queue.size);
    this.#perRound = this.#unread.size === 0 ? this.budget : Math.max(1, inTurn - this.#unread.size);
  }

  /** True for what proved itself when it was read last. */
  hasProved(key: string): boolean {
    return this.#queue.get(key)?.proved != null;
  }

  /** The bound and how it stands now. */
  figures(): TurnFigures {
    const total = this.#queue.size;
    // Whoever goes to the end of the queue goes there last, so the first waits longest.
    const [first] = this.#queue.values();
    const seconds = (ms: number): number => Math.ceil(ms / 1000);
    return {
      total,
      budget: this.#perRound,
      worstSeconds: seconds(worstRounds(total, this.#perRound) * this.#periodMs),
      oldestSeconds: first === undefined ? 0 : seconds(this.clock() - first.sinceMs),
    };
  }

  private due(): ReadonlySet<string> {
    const waiting = [...this.#queue].flatMap(([key, { proved }]) => {
      const found = this.#present.get(key);
      return found === undefined ? [] : [{ ...found, proved }];
    });
    const displaced = waiting.filter(
      ({ place, proved }) => place === '' || (proved !== null && proved.place !== place),
    );
    const changed = waiting
      .slice(this.budget)
      .filter(({ mark, proved }) => proved?.mark !== mark)
      .toSorted((a, b) => b.changedMs - a.changedMs)
      .slice(0, this.budget);
    const inTurn = waiting.slice(0, this.budget);
    this.#unread.clear();
    for (const { key } of inTurn) this.#unread.add(key);
    // By turns, so that a round which is cut short keeps neither waiting for ever.
    const both = inTurn.flatMap((one, index) => [...changed.slice(index, index + 1), one]);
    return new Set([...displaced, ...both].map(({ key }) => key));
  }
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
