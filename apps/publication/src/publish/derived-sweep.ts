import { getContent } from '#content-store/content-store';
import { defect, type Defect, isDefect } from '#evidence/defect';
import { raiseAlarm } from '#outbox/alarm';
import { runInTransaction } from '#persistence/transaction';
import { findPublishedJobs, type StoredJob } from '../persistence/publication-job.repository.js';
import { receiptedFiles } from '../site/edition-files.js';
import type { PublishPorts } from './attempt.js';
import { completeFiles } from './complete-files.js';
import { recordMended } from './proof-sweep.js';
import { provenOf, standingFiles, standingOf, updatePage } from './standing-pages.js';

/** How many editions one sweep may make files of, so that a sweep of thousands after a start takes many short turns. */
const MADE_PER_SWEEP = 20;

/**
 * The files beside the pages: each must be what the signed bytes give, made again here; one that is not is replaced, one that is missing is added. A
 * file that was read back when its edition went live, as the signed receipt says, is only laid out otherwise by this release of the program; any
 * other that differs is an alarm.
 */
export async function sweepDerivedFiles(ports: PublishPorts): Promise<void> {
  let left = MADE_PER_SWEEP;
  for (const job of await findPublishedJobs(ports.db)) {
    if (job.kind === 'withdraw' || job.pageTree === null) continue;
    if (ports.derived.digestsOf(job.content) === undefined) {
      if (left === 0) continue;
      left -= 1;
    }
    const found = await findDerivedDefect(ports, job);
    if (found === null) await completeFiles(ports, job);
    else await replaceFiles(ports, job, found);
  }
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
