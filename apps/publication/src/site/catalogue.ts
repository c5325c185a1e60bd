import type { KnownOrgans, ProvenFacts, ProvenPages } from './proven-pages.js';
import type { SiteAddress, SiteFolder, SiteLink } from './site-folder.js';

/** One proven address in the lists. */
export interface ListedLink {
  readonly link: SiteLink;
  readonly facts: ProvenFacts;
}

/** What is public now, as far as it proved itself. */
export interface Listing {
  /** Current editions, newest year first, then by organ. */
  readonly reports: readonly ListedLink[];
  /** Every edition and withdrawal, each once, the latest first. */
  readonly acts: readonly ProvenFacts[];
  readonly organs: KnownOrgans | null;
  /** Addresses that are linked and whose files do not prove themselves now. */
  readonly unproved: number;
  /** False while what was found on the disk is still being proved for the first time. */
  readonly isWhole: boolean;
}

/** How old a walk over the whole folder may be: another process's changes show up after it. */
const WALK_MS = 30_000;
/** How long a reader waits for the first walk. */
const PATIENCE_MS = 2_000;

const keyOf = ({ organ, year, edition }: SiteAddress): string => `${organ} ${year} ${edition ?? ''}`;

/**
 * The list of what is public. Changes of this process are in it at once, those of others after the next walk over the
 * folder; it needs no database. What does not prove itself is counted, not listed.
 */
export class Catalogue {
  readonly #known = new Map<string, SiteAddress>();
  readonly #found = new Map<string, ListedLink>();
  readonly #unproved = new Set<string>();
  readonly #changed = new Map<string, SiteAddress>();
  /** How often an address changed: what was read before a change is not noted after it. */
  readonly #changes = new Map<string, number>();
  #walk: Promise<void> | undefined;
  #taking: Promise<void> | undefined;
  #walkedAt = -Infinity;
  #isWhole = false;
  #listing: Listing | undefined;
  readonly #forget: () => void;

  constructor(
    private readonly folder: SiteFolder,
    private readonly pages: ProvenPages,
    private readonly onFault: (error: unknown) => void,
  ) {
    this.#forget = folder.onChange((address) => {
      const key = keyOf(address);
      this.#changed.set(key, address);
      this.#changes.set(key, (this.#changes.get(key) ?? 0) + 1);
    });
  }

  /** Stops listening. */
  close(): void {
    this.#forget();
  }

  /** What is public now. Waits for the first walk at most two seconds, then answers what has been proved by then. */
  async now(): Promise<Listing> {
    if (performance.now() - this.#walkedAt > WALK_MS) this.#walk ??= this.walk();
    if (!this.#isWhole) await Promise.race([this.#walk, patience()]);
    await this.takeChanges();
    return (this.#listing ??= this.listing());
  }

  private async walk(): Promise<void> {
    try {
      const addresses = new Map<string, SiteAddress>(this.#known);
      for (const link of await this.folder.links()) addresses.set(keyOf(link), link);
      for (const address of addresses.values()) await this.look(address);
      this.#isWhole = true;
      this.#walkedAt = performance.now();
    } catch (error) {
      this.onFault(error);
    } finally {
      this.#walk = undefined;
      this.#listing = undefined;
    }
  }

  /** Whoever asks while changes are being taken in waits for them too: a list without them would be older than what was told already. */
  private takeChanges(): Promise<void> {
    return (this.#taking ??= this.takeAll().finally(() => (this.#taking = undefined)));
  }

  private async takeAll(): Promise<void> {
    for (const [key, address] of this.#changed) {
      this.#changed.delete(key);
      await this.look(address);
    }
  }

  private async look({ organ, year, edition }: SiteAddress): Promise<void> {
    const address = { organ, year, edition };
    const key = keyOf(address);
    const before = this.#changes.get(key);
    const tree = this.folder.linkOf(address);
    const link = tree === undefined ? undefined : { ...address, tree };
    const facts = link && (await this.pages.factsAt(link));
    if (this.#changes.get(key) !== before) return;
    this.#listing = undefined;
    this.#unproved.delete(key);
    this.#found.delete(key);
    if (link === undefined) this.#known.delete(key);
    else this.#known.set(key, address);
    if (link !== undefined && facts !== undefined) this.#found.set(key, { link, facts });
    else if (link !== undefined) this.#unproved.add(key);
  }

  private listing(): Listing {
    const { organs } = this.pages;
    return listingOf([...this.#found.values()], { organs, unproved: this.#unproved.size, isWhole: this.#isWhole });
  }
}

/** The lists of what proved itself. */
export function listingOf(
  all: readonly ListedLink[],
  known: Pick<Listing, 'organs' | 'unproved' | 'isWhole'>,
): Listing {
  const reports = all.filter(({ link, facts }) => link.edition === null && facts.shows === 'edition');
  // A withdrawal stands at several addresses; an edition at its own and, while it is current, at the report's.
  const acts = new Map(all.map(({ facts }) => [`${facts.organ} ${facts.year} ${facts.edition} ${facts.shows}`, facts]));
  return {
    reports: reports.toSorted(
      ({ link: a }, { link: b }) => b.year - a.year || (a.organ < b.organ ? -1 : Number(a.organ > b.organ)),
    ),
    acts: [...acts.values()].toSorted((a, b) => (a.at === b.at ? compare(a, b) : a.at < b.at ? 1 : -1)),
    ...known,
  };
}

/** By organ, the later edition of a report first. */
function compare(a: ProvenFacts, b: ProvenFacts): number {
  if (a.organ !== b.organ) return a.organ < b.organ ? -1 : 1;
  return b.year - a.year || (b.edition ?? 0) - (a.edition ?? 0);
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
}
