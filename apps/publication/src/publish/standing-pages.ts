import { getContent } from '#content-store/content-store';
import { type Defect, defect, isDefect } from '#evidence/defect';
import type { Tx } from '#persistence/transaction';
import { effectiveAt } from '../pages/date-in-china.js';
import { findPointer } from '../persistence/live-pointer.repository.js';
import {
  findJob,
  findRatification,
  findShownEdition,
  findShownEditions,
  type LeasedJob,
  replaceTree,
  type StoredJob,
} from '../persistence/publication-job.repository.js';
import { isPointedAt, linkWhile, mayStand } from './linking.js';
import { inclusionOf } from './log-files.js';
import { isDerived, type PageFile } from './page-manifest.js';
import type { Standing } from './facts-of.js';
import { findBytesDefect, type PageTree, treeOf } from './page-tree.js';
import { proveBundle, type ProvenPublication } from './publication-proof.js';
import type { PublishPorts } from './attempt.js';

/** What has become of a job's edition since it was published, and since when the report has been public, by the rows and the bundles behind them. */
export async function standingOf(ports: PublishPorts, job: StoredJob): Promise<Standing> {
  const pointer = await findPointer(ports.db, job.document);
  const isPassed = pointer?.state === 'live' && pointer.edition > job.edition;
  const newer = isPassed ? await provenOf(ports, await findJob(ports.db, pointer.case, pointer.round)) : null;
  const ratification = await findRatification(ports.db, job.document, job.edition);
  return {
    newer: newer === null ? null : { edition: newer.seal.edition, at: effectiveAt(newer.seal) },
    firstPublishedAt: await firstPublishedAt(ports, job),
    ratification: ratification === undefined ? null : await provenOf(ports, ratification),
  };
}

/** Since when a report has been public, by the bundle of its first edition: null for that edition, and when the first is not, or is no longer, shown. */
export async function firstPublishedAt(
  ports: PublishPorts,
  { document, edition }: Pick<StoredJob, 'document' | 'edition'>,
): Promise<string | null> {
  const first = edition === 1 ? undefined : await findShownEdition(ports.db, document, 1);
  const proven = first?.state === 'withdrawn' ? null : await provenOf(ports, first);
  return proven === null ? null : effectiveAt(proven.seal);
}

/** What a job's bundle proves; null when it has none or it proves nothing any more. */
export async function provenOf(ports: PublishPorts, job: StoredJob | undefined): Promise<ProvenPublication | null> {
  if (job?.bundle == null) return null;
  const proven = proveBundle(await getContent(ports.db, job.bundle), ports, await inclusionOf(ports, job));
  return isDefect(proven) ? null : proven;
}

/** A page made anew from the signed bytes. */
export interface UpdatedPage {
  readonly tree: PageTree;
  readonly proven: ProvenPublication;
}

/** True while an edition's files are those of a tree: whoever read an older state of it must not have the last word. */
async function isStill(tx: Tx, { case: caseId, round }: StoredJob, tree: string | null): Promise<boolean> {
  return (await findJob(tx, caseId, round))?.pageTree === tree;
}

/** The files made of the signed bytes that stand beside an edition now; undefined when it has no tree whose bytes are right. */
export async function standingFiles(
  { folder, crypto }: Pick<PublishPorts, 'folder' | 'crypto'>,
  { pageTree }: Pick<StoredJob, 'pageTree'>,
): Promise<readonly PageFile[] | undefined> {
  const tree = pageTree === null ? undefined : await folder.readTree(pageTree);
  if (tree === undefined || findBytesDefect(tree, crypto) !== null) return undefined;
  return tree.files.filter(({ name }) => isDerived(name));
}

/**
 * Lays a published edition's page out as it should stand now, with its receipt, and points its addresses at it. The signed
 * files in it are the same bytes. Answers the defect when the bundle no longer proves itself.
 */
export async function updatePage(
  ports: PublishPorts,
  job: StoredJob,
  standing: Standing,
  derived?: readonly PageFile[],
): Promise<UpdatedPage | Defect> {
  const { db, folder } = ports;
  const { organ, year, edition } = job;
  const proven = await provenOf(ports, job);
  if (proven === null || proven.seal.content !== job.content || proven.seal.case !== job.case)
    return defect('bundle_changed', 'bundle', 'what was published does not prove itself any more');
  const files = derived ?? (await standingFiles(ports, job)) ?? [];
  const tree = treeOf(proven, ports, ports.ahead, standing, files);
  await folder.writeTree(tree);
  if (job.receipt !== null) await folder.writeReceipt(tree.digest, await getContent(db, job.receipt));
  if (organ === null || year === null) throw new Error(`edition ${edition} of ${job.document} was shown at no address`);
  const own = { organ, year, edition };
  const stands = await linkWhile(ports, job, [own], tree.digest, async (tx) => {
    if (!(await mayStand(tx, job, own)) || !(await isStill(tx, job, job.pageTree))) return false;
    if (tree.digest !== job.pageTree) await replaceTree(tx, job, tree.digest);
    return true;
  });
  if (!stands) return defect('edition_gone', 'job', 'it was withdrawn, or laid out anew, meanwhile');
  const report = { ...own, edition: null };
  await linkWhile(
    ports,
    job,
    [report],
    tree.digest,
    async (tx) => (await isPointedAt(tx, job)) && isStill(tx, job, tree.digest),
  );
  return { tree, proven };
}

/** Has the pages of the editions before a job's say that there is a newer one; answers which. Throws when one cannot be made: it is tried again. */
export async function labelEarlierEditions(ports: PublishPorts, job: LeasedJob): Promise<number[]> {
  const labelled: number[] = [];
  for (const earlier of await findShownEditions(ports.db, job.document)) {
    if (earlier.edition >= job.edition || earlier.state === 'withdrawn') continue;
    const updated = await updatePage(ports, earlier, await standingOf(ports, earlier));
    if ('defect' in updated) throw new Error(`edition ${earlier.edition} of ${job.document}: ${updated.defect}`);
    labelled.push(earlier.edition);
  }
  return labelled;
}
