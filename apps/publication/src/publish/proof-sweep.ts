import { raiseAlarm } from '#outbox/alarm';
import { runInTransaction } from '#persistence/transaction';
import type { Readable, ReadingTurns } from '../domain/reading-turns.js';
import { findPointers } from '../persistence/live-pointer.repository.js';
import {
  findJobOfTree,
  findOverdueJobs,
  findPublishedJobs,
  findShownEditions,
  findStandingJobs,
  type StoredJob,
} from '../persistence/publication-job.repository.js';
import type { ProvenPages } from '../site/proven-pages.js';
import type { SiteAddress, SiteLink } from '../site/site-folder.js';
import type { PublishPorts } from './attempt.js';
import { halfTime } from './half-time.js';
import { linkWhile, mayStand } from './linking.js';
import { restoreInclusion, writeCheckpoint } from './log-files.js';
import { aboutLink, rebuild, recordMended, restoreReceipt, takeDown } from './mending.js';
import type { TreeDefect } from './page-tree.js';
import { markOf } from './tree-marks.js';

const OVERDUE_SECONDS = 60;

/** R1: rounds released a minute ago and still not public. The publisher goes on trying; people are told. */
export async function sweepOverdue({ db }: PublishPorts): Promise<void> {
  for (const job of await findOverdueJobs(db, OVERDUE_SECONDS))
    await raiseAlarm(db, 'publication_overdue', { ...aboutJob(job), code: job.defect ?? 'not_tried' });
}

/**
 * R2 and R3: everything the site could show is compared with the rows in every round, and proved again from the disk in its turn. Files nobody signed
 * for are taken down at once; signed files whose bytes changed are restored from the content store, or taken down when they cannot be. `turns`: by the
 * digests of trees. Throws, once the others are looked at, what looking at one of them threw.
 */
export async function sweepPublicPages(ports: PublishPorts, pages: ProvenPages, turns: ReadingTurns): Promise<void> {
  await new PageRound(ports, pages, turns).run();
}

/** One round over links and rows. */
class PageRound {
  readonly #faults: unknown[] = [];
  /** Trees whose files were read in this round, and whether everything about them was well. */
  readonly #read = new Map<string, boolean>();
  #due: ReadonlySet<string> = new Set();

  constructor(
    private readonly ports: PublishPorts,
    private readonly pages: ProvenPages,
    private readonly turns: ReadingTurns,
  ) {}

  async run(): Promise<void> {
    const { db, folder } = this.ports;
    const links = await folder.links((error) => void this.#faults.push(error));
    const standing = await this.jobsByPlace();
    this.#due = this.turns.begin(await this.marksOf(standing.values()));
    for (const link of this.mostUrgentFirst(links))
      await this.trying(link.tree, () => this.checkLink(link, standing.get(placeOf(link))));
    const pointed = new Set((await findPointers(db)).map(roundOf));
    for (const job of await findPublishedJobs(db))
      await this.trying(job.pageTree ?? '', () => this.restoreMissing(job, pointed.has(roundOf(job))));
    for (const tree of this.#due) this.turns.read(tree, this.#read.get(tree) === true);
    await writeCheckpoint(this.ports);
    if (this.#faults.length > 0) throw new AggregateError(this.#faults, `${this.#faults.length} pages not looked at`);
  }

  private async trying(tree: string, look: () => Promise<void>): Promise<void> {
    try {
      await look();
    } catch (error) {
      this.#read.set(tree, false);
      this.#faults.push(error);
    }
  }

  private async jobsByPlace(): Promise<ReadonlyMap<string, StoredJob>> {
    const jobs = await findStandingJobs(this.ports.db);
    return new Map(jobs.map((job) => [placeOf({ tree: job.pageTree, organ: job.organ, year: job.year }), job]));
  }

  private async marksOf(jobs: Iterable<StoredJob>): Promise<readonly Readable[]> {
    const found = new Map<string, Readable>();
    for (const { pageTree: key, bundle } of jobs) {
      if (key === null || found.has(key)) continue;
      const beside = [`receipts/${key}.json`, ...(bundle === null ? [] : [`inclusions/${bundle}.json`])];
      found.set(key, { key, ...(await markOf(this.ports.folder.root, key, beside)) });
    }
    return [...found.values()];
  }

  private mostUrgentFirst(links: readonly SiteLink[]): readonly SiteLink[] {
    const place = new Map([...this.#due].map((tree, index) => [tree, index]));
    const placeIn = ({ tree }: SiteLink): number => place.get(tree) ?? place.size;
    return links.toSorted((a, b) => placeIn(a) - placeIn(b));
  }

  private async checkLink(link: SiteLink, known: StoredJob | undefined): Promise<void> {
    const { db, folder } = this.ports;
    const isKnown = known !== undefined && mayStandAt(known, link);
    const job = isKnown ? known : await findJobOfTree(db, link);
    if (job === undefined || !mayStandAt(job, link)) {
      // It may have been pointed elsewhere since the links were read.
      if (folder.linkOf(link) === link.tree)
        await takeDown(this.ports, link, { kind: 'live_without_proof', code: 'no_publication', job: undefined });
      return;
    }
    const found = await this.defectAt(link);
    if (found !== null) await this.mend(link, job, found);
  }

  /** From the bytes when it is the tree's turn; else from what is remembered of those that proved themselves. */
  private async defectAt(link: SiteLink): Promise<TreeDefect | null> {
    const { tree } = link;
    const isDue = this.#due.has(tree);
    const isProved = isDue ? this.#read.get(tree) === true : this.turns.hasProved(tree);
    if (!isDue && !isProved) return null;
    // What proved itself is remembered, so that this reads nothing: is it at an address it was signed for?
    if (isProved && (await this.pages.factsAt(link)) !== undefined) return null;
    const found = await halfTime(() => this.pages.defectAt(link));
    this.#read.set(tree, found === null && this.#read.get(tree) !== false);
    return found;
  }

  private async mend(link: SiteLink, job: StoredJob, found: TreeDefect): Promise<void> {
    const kind = found.kind === 'bytes_differ' ? 'live_bytes_differ' : 'live_without_proof';
    const restored = job.state === 'publishing' ? undefined : await rebuild(this.ports, job);
    if (restored === undefined) {
      await takeDown(this.ports, link, { kind, code: found.defect, job });
      return;
    }
    if (!(await linkWhile(this.ports, job, [link], restored, (tx) => mayStand(tx, job, link, restored)))) return;
    await runInTransaction(this.ports.db, async (tx) => {
      await recordMended(tx, this.ports, job, { code: found.defect, tree: restored });
      await raiseAlarm(tx, kind, { ...aboutLink(link), code: found.defect, where: found.where, mended: true });
    });
  }

  // Rows are the truth: an address that lost its link, or names another edition than the pointer, is set right.
  private async restoreMissing(job: StoredJob, isCurrent: boolean): Promise<void> {
    const { ports } = this;
    if (job.organ === null || job.year === null || job.pageTree === null) return;
    const editions = job.kind === 'withdraw' ? await withdrawnEditions(ports, job) : [job.edition];
    for (const edition of [...editions, ...(isCurrent ? [null] : [])]) {
      const address: SiteAddress = { organ: job.organ, year: job.year, edition };
      if (ports.folder.linkOf(address) === job.pageTree) continue;
      const tree = await rebuild(ports, job);
      if (tree === undefined) continue;
      // What was read a moment ago may have been replaced or withdrawn since: the rows are asked again, on their lock.
      if (!(await linkWhile(ports, job, [address], tree, (tx) => mayStand(tx, job, address, tree)))) continue;
      await runInTransaction(ports.db, async (tx) => {
        await recordMended(tx, ports, job, { code: 'link_missing', tree });
        await raiseAlarm(tx, 'live_page_missing', { ...aboutLink(address), mended: true });
      });
    }
    if (!this.#due.has(job.pageTree)) return;
    await restoreReceipt(ports, job);
    await restoreInclusion(ports, job);
  }
}

/** A withdrawal's page stands at every address up to its edition; an edition's only at its own and at the report's. */
function mayStandAt(job: StoredJob, { edition }: SiteLink): boolean {
  if (edition === null) return true;
  return job.kind === 'withdraw' ? edition <= job.edition : edition === job.edition;
}

async function withdrawnEditions({ db }: PublishPorts, job: StoredJob): Promise<number[]> {
  const shown = await findShownEditions(db, job.document);
  return shown
    .filter(({ state, edition }) => state === 'withdrawn' && edition <= job.edition)
    .map(({ edition }) => edition);
}

function roundOf({ case: caseId, round }: { readonly case: string; readonly round: number }): string {
  return `${caseId} ${round}`;
}

function placeOf({ tree, organ, year }: Record<'tree' | 'organ', string | null> & { year: number | null }): string {
  return `${tree} ${organ} ${year}`;
}

function aboutJob(job: StoredJob): Record<string, unknown> {
  return { case: job.case, round: job.round, document: job.document };
}
