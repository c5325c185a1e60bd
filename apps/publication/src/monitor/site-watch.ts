import type { Readable, ReadingTurns } from '../domain/reading-turns.js';
import { halfTime } from '../publish/half-time.js';
import type { TreeDefect } from '../publish/page-tree.js';
import type { ProofGround } from '../publish/publication-proof.js';
import { markOf, type TreeMark } from '../publish/tree-marks.js';
import type { ProvenPages } from '../site/proven-pages.js';
import type { SiteAddress, SiteFolder, SiteLink } from '../site/site-folder.js';
import { addressUrl, fetchCopy } from './public-copy.js';

/** What is wrong at a public address. `isDown`: its link was removed, because the stored files prove nothing either; `at`: when it was found. */
export interface WatchProblem extends SiteAddress {
  readonly code: string;
  readonly where: string;
  readonly isDown: boolean;
  readonly at?: string;
}

/** What one round found. `addresses`: all there are; `looked`: those looked at in this round. */
export interface WatchRound {
  readonly addresses: number;
  readonly looked: number;
  readonly proved: number;
  /** Addresses that gave no answer, or said that they show nothing now: nothing false is shown there. */
  readonly silent: number;
  readonly problems: readonly WatchProblem[];
}

/**
 * What the watch needs: the folder the site is made of, where readers find it, what proofs are checked against, and what it has proved. `renew`: sees
 * whether proofs are to be checked against something newer by now.
 */
export interface WatchGround extends ProofGround {
  readonly folder: SiteFolder;
  readonly pages: ProvenPages;
  readonly origin: string;
  renew(): Promise<unknown>;
}

/** Who hears of a round while it goes on. */
export interface WatchListener {
  /** Told what looking at an address threw; the others are looked at all the same. */
  onFault(error: unknown, address: SiteAddress): void;
  /** Told of a problem before anything is done about it, and again when its link was removed; waited for, whatever comes of it. */
  onProblem(problem: WatchProblem): Promise<void>;
}

type Look =
  { readonly found: 'proved' | 'silent' | 'changed' } | { readonly found: 'wrong'; readonly defect: TreeDefect };

/** Milliseconds after which a round looks at no further address: what it found must be told, however slowly the site answers. */
const LOOKING_MS = 150_000;

/** How often an address is looked at anew when its link changed, or once more before anything is said against it. */
const LOOKS = 3;

/**
 * Looks at the public site from outside: fetches what readers get at every linked address and proves it from those bytes, every
 * signature and every figure. It writes no row and moves no pointer; all it may do is remove a link, after which the address
 * shows nothing until publication, by its rows and a proof of its own, links it again.
 */
export class SiteWatch {
  /** `turns`: which addresses a round looks at. `lookingMs`: after which it leaves those that remain to the next. */
  constructor(
    private readonly ground: WatchGround,
    private readonly turns: ReadingTurns,
    private readonly listener: WatchListener,
    private readonly lookingMs = LOOKING_MS,
  ) {}

  /** One round: sees which links there are and where they lead, and looks at the addresses whose turn it is. */
  async round(): Promise<WatchRound> {
    const { folder } = this.ground;
    // Of a folder that cannot be read, whoever looks for strays tells.
    const readable = await folder.links(() => undefined);
    const links = new Map(readable.map((link) => [keyOf(link), link]));
    const present: Readable[] = [];
    for (const [key, { tree }] of links) present.push(markedAs(key, tree, await markOf(folder.root, tree)));
    const found = { looked: 0, proved: 0, silent: 0, problems: [] as WatchProblem[] };
    const began = performance.now();
    for (const key of this.turns.begin(present)) {
      const link = links.get(key);
      if (link === undefined) continue;
      if (found.looked > 0 && performance.now() - began >= this.lookingMs) break;
      try {
        const look = await halfTime(() => this.settledLook(link));
        if (look.found === 'proved') found.proved += 1;
        else if (look.found === 'wrong') found.problems.push(await this.answer(link, look.defect));
        else found.silent += 1;
        this.turns.read(key, look.found === 'proved');
      } catch (error) {
        this.turns.read(key, false);
        this.listener.onFault(error, link);
      }
      found.looked += 1;
    }
    this.turns.end();
    return { addresses: links.size, ...found };
  }

  /** Looks until the link stood still during a look; what is wrong must be wrong twice, the second time by the newest keys. */
  private async settledLook(address: SiteAddress): Promise<Look> {
    let last: Look = { found: 'changed' };
    for (let looks = 0; looks < LOOKS; looks += 1) {
      const look = await this.look(address);
      if (look.found === 'proved' || look.found === 'silent') return look;
      if (look.found === 'wrong' && last.found === 'wrong') return look;
      if (look.found === 'wrong') await this.ground.renew();
      last = look;
    }
    return last;
  }

  private async look({ organ, year, edition }: SiteAddress): Promise<Look> {
    const { folder, origin, crypto } = this.ground;
    const address = { organ, year, edition };
    const digest = folder.linkOf(address);
    if (digest === undefined) return { found: 'changed' };
    const tree = await folder.readTree(digest);
    if (tree === undefined) return this.unless(address, digest, missing(digest));
    const copy = await fetchCopy(addressUrl(origin, address), tree, crypto);
    if (copy.kind === 'elsewhere') return this.unless(address, digest, redirected(copy.name));
    if (copy.kind !== 'copy') return { found: 'silent' };
    const defect = await this.ground.pages.defectOf({ ...tree, digest, files: copy.files }, address);
    return defect === null ? { found: 'proved' } : this.unless(address, digest, defect);
  }

  /** A defect counts only for what the link still names. */
  private async unless(address: SiteAddress, digest: string, defect: TreeDefect): Promise<Look> {
    return this.ground.folder.linkOf(address) === digest ? { found: 'wrong', defect } : { found: 'changed' };
  }

  /**
   * Removes the link when the stored files prove nothing either: then readers are shown what nobody signed, and it ends here.
   * Where the stored files are well, somebody between the site and its readers alters them; no link could mend that.
   */
  private async answer({ organ, year, edition, tree }: SiteLink, found: TreeDefect): Promise<WatchProblem> {
    const { folder, pages } = this.ground;
    const address = { organ, year, edition };
    const digest = folder.linkOf(address) ?? tree;
    const stored = await folder.readTree(digest);
    const isStoredWell = stored !== undefined && (await pages.defectOf(stored, address)) === null;
    const problem = { ...address, code: found.defect, where: found.where, at: new Date().toISOString() };
    // Said first: a process that ends between the two would leave a missing link nobody was told of.
    await this.listener.onProblem({ ...problem, isDown: false });
    if (isStoredWell) return { ...problem, isDown: false };
    await folder.unlink(address);
    await this.listener.onProblem({ ...problem, isDown: true });
    return { ...problem, isDown: true };
  }
}

function keyOf({ organ, year, edition }: SiteAddress): string {
  return `${organ} ${year} ${edition ?? ''}`;
}

/** A link that leads to another tree stands elsewhere, whatever that tree is like. */
function markedAs(key: string, tree: string, mark: TreeMark): Readable {
  return { key, ...mark, place: mark.place === '' ? '' : `${tree}/${mark.place}` };
}

function missing(digest: string): TreeDefect {
  return { kind: 'bytes_differ', defect: 'tree_missing', where: digest, detail: 'no whole tree under this digest' };
}

function redirected(where: string): TreeDefect {
  return { kind: 'bytes_differ', defect: 'redirected', where, detail: 'readers are sent to another address' };
}
