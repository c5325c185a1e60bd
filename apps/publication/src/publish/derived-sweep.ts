import { getContent } from '#content-store/content-store';
import { defect, type Defect, isDefect } from '#evidence/defect';
import { raiseAlarm } from '#outbox/alarm';
import { runInTransaction } from '#persistence/transaction';
import type { Readable, ReadingTurns } from '../domain/reading-turns.js';
import { findPublishedJobs, type StoredJob } from '../persistence/publication-job.repository.js';
import { receiptedFiles } from '../site/edition-files.js';
import type { PublishPorts } from './attempt.js';
import { completeFiles } from './complete-files.js';
import { recordMended } from './mending.js';
import { provenOf, standingFiles, standingOf, updatePage } from './standing-pages.js';
import { markOf } from './tree-marks.js';

/** How many editions a sweep looks at in turn: files of each may have to be made, so that a sweep of thousands after a start takes many short turns. */
export const FILES_PER_SWEEP = 20;

/**
 * The files beside the pages: each must be what the signed bytes give, made again here; one that is not is replaced, one that is missing is added. A
 * file that was read back when its edition went live, as the signed receipt says, is only laid out otherwise by this release of the program; any
 * other that differs is an alarm. Editions are read in their turns. Throws, once the others are looked at, what one of them threw.
 */
export async function sweepDerivedFiles(ports: PublishPorts, turns: ReadingTurns): Promise<void> {
  const jobs = new Map<string, StoredJob & { readonly pageTree: string }>();
  for (const { pageTree, ...job } of await findPublishedJobs(ports.db))
    if (job.kind !== 'withdraw' && pageTree !== null) jobs.set(pageTree, { ...job, pageTree });
  const present: Readable[] = [];
  for (const key of jobs.keys()) present.push({ key, ...(await markOf(ports.folder.root, key)) });
  const faults: unknown[] = [];
  for (const tree of turns.begin(present)) {
    const job = jobs.get(tree);
    if (job === undefined) continue;
    try {
      turns.read(tree, await lookAt(ports, job));
    } catch (error) {
      turns.read(tree, false);
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `the files beside ${faults.length} pages were not looked at`);
}

/** True when nothing is left to do: every file that can be made is there and is what it must be. */
async function lookAt(ports: PublishPorts, job: StoredJob): Promise<boolean> {
  const found = await findDerivedDefect(ports, job);
  if (found === null) await completeFiles(ports, job);
  else await replaceFiles(ports, job, found);
  return found === null && ports.derived.digestsOf(job.content) !== undefined;
}

/** The first standing file that is not what the signed bytes give; null when none, or when it cannot be told now. */
async function findDerivedDefect(ports: PublishPorts, job: StoredJob): Promise<Defect | null> {
  const standing = await standingFiles(ports, job);
  if (standing === undefined || standing.length === 0) return null;
  const digests = ports.derived.digestsOf(job.content) ?? (await madeDigests(ports, job));
  const wrong = standing.find(({ name, digest }) => digests !== null && digests.get(name) !== digest);
  return wrong === undefined ? null : defect('derived_differs', wrong.name, wrong.digest);
}

async function madeDigests(ports: PublishPorts, job: StoredJob): Promise<ReadonlyMap<string, string> | null> {
  const proven = await provenOf(ports, job);
  if (proven === null) return null;
  await ports.derived.of(job.content, proven.reportBytes);
  return ports.derived.digestsOf(job.content) ?? null;
}

/** Lays the files beside the public edition with these signed bytes out as this program makes them now, when they are not: what the sweep would do in its turn. */
export async function renewFiles(ports: PublishPorts, content: string): Promise<void> {
  for (const job of await findPublishedJobs(ports.db, content)) {
    if (job.kind === 'withdraw' || job.pageTree === null) continue;
    const found = await findDerivedDefect(ports, job);
    if (found !== null) await replaceFiles(ports, job, found);
  }
}

async function replaceFiles(ports: PublishPorts, job: StoredJob, found: Defect): Promise<void> {
  const proven = await provenOf(ports, job);
  if (proven === null) return;
  const receipt = job.receipt === null ? undefined : await getContent(ports.db, job.receipt);
  const isOurs = receiptedFiles(receipt, proven, ports).get(found.where) === found.detail;
  const { files } = await ports.derived.of(job.content, proven.reportBytes);
  const updated = await updatePage(ports, job, await standingOf(ports, job), files);
  if (isDefect(updated)) return;
  await runInTransaction(ports.db, async (tx) => {
    await recordMended(tx, ports, job, { code: found.defect, tree: updated.tree.digest });
    const { document, edition } = job;
    if (!isOurs) await raiseAlarm(tx, 'derived_file_differs', { document, edition, name: found.where, mended: true });
  });
}
