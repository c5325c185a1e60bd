import { randomUUID } from 'node:crypto';
import { getContent } from '#content-store/content-store';
import { digest, isDigest } from '#domain/identifiers';
import { isDefect } from '#evidence/defect';
import { raiseAlarm } from '#outbox/alarm';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { replaceTree, type StoredJob } from '../persistence/publication-job.repository.js';
import { recordDeed } from '../recorded-deed.js';
import type { SiteAddress, SiteLink } from '../site/site-folder.js';
import type { PublishPorts } from './attempt.js';
import { inclusionOf, restoreInclusion } from './log-files.js';
import type { PageFile } from './page-manifest.js';
import { treeOf, withdrawalTreeOf } from './page-tree.js';
import { proveBundle, type ProvenPublication } from './publication-proof.js';
import { standingOf } from './standing-pages.js';

/**
 * Makes a job's files again from the signed bytes and answers their tree; undefined when the bundle no longer proves itself. What was laid out anew
 * meanwhile stays what the rows name: then the tree may stand nowhere.
 */
export async function rebuild(ports: PublishPorts, job: StoredJob): Promise<string | undefined> {
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

/** Puts a job's receipt beside its page unless it stands there as it was signed. */
export async function restoreReceipt({ db, folder, crypto }: PublishPorts, job: StoredJob): Promise<void> {
  if (job.receipt === null || job.pageTree === null) return;
  const standing = await folder.readReceipt(job.pageTree);
  if (standing !== undefined && crypto.sha256(standing) === job.receipt) return;
  await folder.writeReceipt(job.pageTree, await getContent(db, job.receipt));
}

interface Unproved {
  readonly kind: string;
  readonly code: string;
  /** Undefined for files nobody signed for. */
  readonly job: StoredJob | undefined;
}

/** No entry, no action: that a page is taken down is written before it is. */
export async function takeDown(ports: PublishPorts, link: SiteLink, { kind, code, job }: Unproved): Promise<void> {
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
  if (folder.linkOf(link) === link.tree) await folder.unlink(link);
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

/** What an alarm says of an address. */
export function aboutLink({ organ, year, edition }: SiteAddress): Record<string, unknown> {
  return { organ, year, edition };
}
