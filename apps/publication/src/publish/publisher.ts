import { randomUUID } from 'node:crypto';
import { runInTransaction, type Tx } from '#persistence/transaction';
import type { EditionDocument } from '#report/edition';
import type { ServicePorts } from '#service-runtime/ports';
import { retrySeconds } from '../domain/publication-job.js';
import { findPointer, withdrawPointer } from '../persistence/live-pointer.repository.js';
import {
  findJob,
  holdJob,
  leaseDueJob,
  type LeasedJob,
  lockDocument,
  postponeJob,
  stillLeased,
} from '../persistence/publication-job.repository.js';
import { announceHeld } from '../use-cases/note-message.use-case.js';
import { writeTrail } from '../persistence/publication-step.repository.js';
import type { AttemptDefect, PublishPorts } from './attempt.js';
import { AttemptTrail } from './attempt-trail.js';
import { codeOf, stepDefectOf, thrownDefectOf } from './step-defects.js';
import { QuietTime } from './quiet-time.js';
import { linkWhile } from './linking.js';
import { completeFiles } from './complete-files.js';
import { publishJob } from './publish-job.js';
import { followAddress } from './search-follow.js';

/** Longer than any attempt takes, and how long a killed publisher holds its job up; the token fences a slow one. */
const LEASE_SECONDS = 15;
const POLL_MS = 1_000;
/** Most of an attempt is waiting for the disk, the database and the site. */
const AT_ONCE = 4;

/**
 * Publishes what was released. Any number may run: a job is leased, worked on outside every transaction, and recorded with the lease's
 * token. Woken by `wake`, and by itself once a second, so a lost notification delays and loses nothing. `quiet` is told when it is at work.
 */
export class Publisher {
  #timer: NodeJS.Timeout | undefined;
  #leasing: Promise<void> | undefined;
  #again = false;
  #stopped = true;
  readonly #attempts = new Set<Promise<void>>();
  readonly #following = new Set<Promise<void>>();

  constructor(
    private readonly ports: PublishPorts,
    private readonly log: ServicePorts['log'],
    private readonly quiet = new QuietTime(),
  ) {}

  /** Begins to look for due jobs. */
  start(): void {
    this.#stopped = false;
    this.#timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  /** Looks now; while it is looking, once more afterwards. */
  wake(): void {
    if (!this.#stopped) void this.leaseDue();
  }

  /** Takes no further job and waits for those at work. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#leasing;
    await Promise.all(this.#attempts);
    await Promise.all(this.#following);
  }

  /** Publishes until nothing is due, and adds the files that follow. */
  async drain(): Promise<void> {
    do {
      await this.leaseDue();
      await Promise.all(this.#attempts);
      await Promise.all(this.#following);
    } while (this.#again);
  }

  private leaseDue(): Promise<void> {
    this.#again = true;
    this.#leasing ??= this.takeJobs()
      .catch((error: unknown) => this.log.fault('publisher_cannot_look', error))
      .finally(() => (this.#leasing = undefined));
    return this.#leasing;
  }

  /** Leases what is due, up to as many as may be at work; each that ends looks for the next. */
  private async takeJobs(): Promise<void> {
    while (this.#again && this.#attempts.size < AT_ONCE) {
      this.#again = false;
      const job = await runInTransaction(this.ports.db, (tx) => leaseDueJob(tx, randomUUID(), LEASE_SECONDS));
      if (job === undefined) continue;
      this.#again = true;
      const attempt = this.quiet
        .during(() => this.attempt(job))
        .finally(() => {
          this.#attempts.delete(attempt);
          this.wake();
        });
      this.#attempts.add(attempt);
    }
  }

  private async attempt(job: LeasedJob): Promise<void> {
    const about = { case: job.case, round: job.round, document: job.document, attempt: job.attempts };
    const trail = new AttemptTrail(job.leasedMs);
    try {
      const attempt = await publishJob(this.ports, job, trail);
      if ('defect' in attempt) trail.fail(stepDefectOf(attempt.defect));
      if (!('defect' in attempt)) {
        this.log.info(`publication_${attempt.outcome}`, about);
        if (attempt.outcome === 'live') this.follow(job, 'files_not_added', () => this.addFiles(job));
        if (attempt.outcome !== 'lost') this.search(job, attempt.shown);
      } else if (attempt.outcome === 'held') {
        await this.hold(job, attempt.defect, trail);
      } else {
        await this.postpone(job, attempt.defect.defect, trail);
      }
    } catch (error) {
      // Network, disk, database: nothing is known to be wrong with what was signed, so it is tried again for as long as it takes.
      this.log.fault('publication_attempt_failed', error, about);
      trail.fail(thrownDefectOf(error));
      // Where not even that can be noted, the lease ends by itself and whoever comes next tries again.
      await this.postpone(job, codeOf(error), trail).catch((unnoted: unknown) =>
        this.log.fault('publication_attempt_not_noted', unnoted, about),
      );
    }
  }

  /** Does what follows an effect. Not part of the attempt: nothing that was signed waits for it, and a sweep tries again. */
  private follow({ case: caseId, round }: LeasedJob, fault: string, work: () => Promise<void>): void {
    const following = work()
      .catch((error: unknown) => this.log.fault(fault, error, { case: caseId, round }))
      .then(() => void this.#following.delete(following));
    this.#following.add(following);
  }

  /** Adds the files that were not made in time. */
  private async addFiles({ case: caseId, round }: LeasedJob): Promise<void> {
    const job = await findJob(this.ports.db, caseId, round);
    const found = job === undefined ? null : await completeFiles(this.ports, job);
    if (found !== null) this.log.info('files_follow_later', { case: caseId, code: found.defect });
  }

  private search(job: LeasedJob, shown?: EditionDocument): void {
    this.follow(job, 'search_not_written', () => followAddress(this.ports.db, job, shown));
  }

  private postpone(job: LeasedJob, code: string, trail: AttemptTrail): Promise<void> {
    return runInTransaction(this.ports.db, async (tx) => {
      if (await postponeJob(tx, job, code, retrySeconds(job.attempts))) await writeTrail(tx, job, trail);
    });
  }

  /** Nothing that failed its proof stays public: the address goes back to the edition before, or down. */
  private async hold(job: LeasedJob, defect: AttemptDefect, trail: AttemptTrail): Promise<void> {
    this.log.error('publication_held', { case: job.case, round: job.round, code: defect.defect, where: defect.where });
    const pointed = await runInTransaction(this.ports.db, async (tx) => {
      await lockDocument(tx, job.document);
      if (!(await stillLeased(tx, job))) return undefined;
      const tree = (await findJob(tx, job.case, job.round))?.pageTree ?? null;
      const standing = await withdrawPointer(tx, job);
      await holdJob(tx, job, defect.defect);
      await writeTrail(tx, job, trail);
      await announceHeld(tx, { ...job, state: 'held', defect: defect.defect }, job.correlationId, this.ports);
      return { tree, standing };
    });
    if (pointed === undefined || pointed.tree === null) return;
    await this.takeDown(job, pointed.tree, pointed.standing?.tree);
  }

  private async takeDown(job: LeasedJob, tree: string, before: string | undefined): Promise<void> {
    const { folder } = this.ports;
    for (const link of (await folder.links()).filter((candidate) => candidate.tree === tree)) {
      const isPointedTo = async (tx: Tx): Promise<boolean> => (await findPointer(tx, job.document))?.tree === before;
      if (link.edition === null && before !== undefined) await linkWhile(this.ports, job, [link], before, isPointedTo);
      else await folder.unlink(link);
    }
  }
}
