import { randomUUID } from 'node:crypto';
import { getContent } from '#content-store/content-store';
import { digest, isDigest } from '#domain/identifiers';
import { isDefect } from '#evidence/defect';
import { raiseAlarm } from '#outbox/alarm';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { findPointers } from '../persistence/live-pointer.repository.js';
import {
  findJobOfTree,
  findOverdueJobs,
  findPublishedJobs,
  findShownEditions,
  replaceTree,
  type StoredJob,
} from '../persistence/publication-job.repository.js';
import { recordDeed } from '../recorded-deed.js';
import type { ProvenPages } from '../site/proven-pages.js';
import type { SiteAddress, SiteLink } from '../site/site-folder.js';
import { linkWhile, mayStand } from './linking.js';
import { inclusionOf, restoreInclusion, writeCheckpoint } from './log-files.js';
import type { PageFile } from './page-manifest.js';
import { type TreeDefect, treeOf, withdrawalTreeOf } from './page-tree.js';
import type { PublishPorts } from './attempt.js';
import { proveBundle, type ProvenPublication } from './publication-proof.js';
import { standingOf } from './standing-pages.js';

const OVERDUE_SECONDS = 60;

/** R1: rounds released a minute ago and still not public. The publisher goes on trying; people are told. */
export async function sweepOverdue({ db }: PublishPorts): Promise<void> {
  for (const job of await findOverdueJobs(db, OVERDUE_SECONDS))
    await raiseAlarm(db, 'publication_overdue', { ...aboutJob(job), code: job.defect ?? 'not_tried' });
}

/**
 * R2 and R3: everything the site could show is proved again from the disk. Files nobody signed for are taken down at once; signed files
 * whose bytes changed are restored from the content store, or taken down when they cannot be.
 */
export async function sweepPublicPages(ports: PublishPorts, pages: ProvenPages): Promise<void> {
  for (const link of await ports.folder.links()) await checkLink(ports, pages, link);
  await restoreMissing(ports);
}

async function checkLink(ports: PublishPorts, pages: ProvenPages, link: SiteLink): Promise<void> {
  const { db } = ports;
  const job = await findJobOfTree(db, link);
  if (job === undefined || !mayStandAt(job, link)) {
    await takeDown(ports, link, { kind: 'live_without_proof', code: 'no_publication', job: undefined });
    return;
  }
  const found = await pages.defectAt(link);
  if (found === null) return;
  const kind = alarmKind(found);
  const restored = job.state === 'publishing' ? undefined : await rebuild(ports, job);
  if (restored === undefined) {
    await takeDown(ports, link, { kind, code: found.defect, job });
    return;
  }
  if (!(await linkWhile(ports, job, [link], restored, (tx) => mayStand(tx, job, link)))) return;
  await runInTransaction(db, async (tx) => {
    await recordMended(tx, ports, job, { code: found.defect, tree: restored });
    await raiseAlarm(tx, kind, { ...aboutLink(link), code: found.defect, where: found.where, mended: true });
  });
}

/** A withdrawal's page stands at every address up to its edition; an edition's only at its own and at the report's. */
function mayStandAt(job: StoredJob, { edition }: SiteLink): boolean {
  if (edition === null) return true;
  return job.kind === 'withdraw' ? edition <= job.edition : edition === job.edition;
}

// Rows are the truth: an address that lost its link, or names another edition than the pointer, is set right.
async function restoreMissing(ports: PublishPorts): Promise<void> {
  const { db, folder } = ports;
  const pointers = await findPointers(db);
  for (const job of await findPublishedJobs(db)) {
    if (job.organ === null || job.year === null || job.pageTree === null) continue;
    const current = pointers.some(({ case: caseId, round }) => caseId === job.case && round === job.round);
    const editions = job.kind === 'withdraw' ? await withdrawnEditions(ports, job) : [job.edition];
    const addresses = [...editions, ...(current ? [null] : [])];
    for (const edition of addresses) {
      const address: SiteAddress = { organ: job.organ, year: job.year, edition };
      if ((await folder.linkOf(address)) === job.pageTree) continue;
      const tree = await rebuild(ports, job);
      if (tree === undefined) continue;
      // What was read a moment ago may have been replaced or withdrawn since: the rows are asked again, on their lock.
      if (!(await linkWhile(ports, job, [address], tree, (tx) => mayStand(tx, job, address)))) continue;
      await runInTransaction(db, async (tx) => {
        await recordMended(tx, ports, job, { code: 'link_missing', tree });
        await raiseAlarm(tx, 'live_page_missing', { ...aboutLink(address), mended: true });
      });
    }
    if (job.receipt !== null && (await folder.readReceipt(job.pageTree)) === undefined)
      await folder.writeReceipt(job.pageTree, await getContent(db, job.receipt));
    await restoreInclusion(ports, job);
  }
  await writeCheckpoint(ports);
}

async function withdrawnEditions({ db }: PublishPorts, job: StoredJob): Promise<number[]> {
  const shown = await findShownEditions(db, job.document);
  return shown
    .filter(({ state, edition }) => state === 'withdrawn' && edition <= job.edition)
    .map(({ edition }) => edition);
}

/** Makes a job's files again from the signed bytes and answers their tree; undefined when the bundle no longer proves itself. */
async function rebuild(ports: PublishPorts, job: StoredJob): Promise<string | undefined> {
  if (job.bundle === null) return undefined;
  await restoreInclusion(ports, job);
  const proven = proveBundle(await getContent(ports.db, job.bundle), ports, await inclusionOf(ports, job));
  if (isDefect(proven) || proven.seal.content !== job.content || proven.seal.case !== job.case) return undefined;
  const tree =
    proven.seal.kind === 'withdraw'
      ? withdrawalTreeOf(proven, ports)
      : treeOf(proven, ports, ports.ahead, await standingOf(ports, job), await filesOf(ports, proven));
  await ports.folder.writeTree(tree);
  if (tree.digest !== job.pageTree) {
    // The page is laid out anew by a later release of this program; the signed files in it are the same.
    await runInTransaction(ports.db, (tx) => replaceTree(tx, job, tree.digest));
    if (job.receipt !== null) await ports.folder.writeReceipt(tree.digest, await getContent(ports.db, job.receipt));
  }
  return tree.digest;
}

async function filesOf(
  { derived }: PublishPorts,
  { seal, reportBytes }: ProvenPublication,
): Promise<readonly PageFile[]> {
  return (await derived.of(seal.content, reportBytes)).files;
}

interface Unproved {
  readonly kind: string;
  readonly code: string;
  /** Undefined for files nobody signed for. */
  readonly job: StoredJob | undefined;
}

/** No entry, no action: that a page is taken down is written before it is. */
async function takeDown(ports: PublishPorts, link: SiteLink, { kind, code, job }: Unproved): Promise<void> {
  const { db, folder } = ports;
  await runInTransaction(db, async (tx) => {
    await recordDeed(tx, ports, {
      job,
      action: 'publication.take-down',
      digests: isDigest(link.tree) ? { tree: link.tree } : {},
      event: { type: 'taken-down', code, ...aboutLink(link) },
      correlationId: job?.correlationId ?? randomUUID(),
    });
    await raiseAlarm(tx, kind, { ...aboutLink(link), tree: link.tree, code, mended: false });
  });
  if ((await folder.linkOf(link)) === link.tree) await folder.unlink(link);
}

/** Writes that something public was set right by itself, and why it had to be. */
export function recordMended(
  tx: Tx,
  ports: PublishPorts,
  job: StoredJob,
  { code, tree }: { readonly code: string; readonly tree: string },
): Promise<void> {
  const digests = { tree: digest(tree) };
  const { correlationId } = job;
  return recordDeed(tx, ports, {
    job,
    action: 'publication.restore',
    digests,
    event: { type: 'restored', code },
    correlationId,
  });
}

function alarmKind(found: TreeDefect): 'live_bytes_differ' | 'live_without_proof' {
  return found.kind === 'bytes_differ' ? 'live_bytes_differ' : 'live_without_proof';
}

function aboutLink({ organ, year, edition }: SiteAddress): Record<string, unknown> {
  return { organ, year, edition };
}

function aboutJob(job: StoredJob): Record<string, unknown> {
  return { case: job.case, round: job.round, document: job.document };
}
