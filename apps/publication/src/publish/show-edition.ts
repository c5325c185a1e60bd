import { getContent } from '#content-store/content-store';
import { type Defect, defect, isDefect } from '#evidence/defect';
import { crashPoint } from '#outbox/crash-point';
import { publicPath } from '../domain/public-address.js';
import { findShownEdition, findShownEditions, type LeasedJob } from '../persistence/publication-job.repository.js';
import { isPointedAt, linkWhile } from './linking.js';
import { inclusionOf } from './log-files.js';
import { moveAddress } from './move-address.js';
import { toldOf, treeOf, UNCHANGED } from './page-tree.js';
import { proveBundle, type ProvenPublication, untoldChange } from './publication-proof.js';
import type { Attempt, AttemptDefect, PublishPorts } from './attempt.js';
import type { AttemptTrail } from './attempt-trail.js';
import { readBack } from './read-back.js';
import { fileFigures, pageFigures } from './step-figures.js';
import { recordEffect } from './record-effect.js';
import { firstPublishedAt, labelEarlierEditions, standingFiles } from './standing-pages.js';

/**
 * Brings an edition before the public: write, point, read back, label the earlier ones, record. A correction goes out only
 * when its notice tells of every change from the edition it replaces.
 */
export async function showEdition(
  ports: PublishPorts,
  job: LeasedJob,
  proven: ProvenPublication,
  trail: AttemptTrail,
): Promise<Attempt> {
  const { organ, year, edition } = proven.seal;
  const path = publicPath(organ, year);
  trail.enter('page');
  const untold = await findUntold(ports, proven);
  if (untold !== null) return { outcome: 'held', defect: untold };
  // A repeated attempt shows the files of the first; what is not made by now follows by itself.
  const derived = (await standingFiles(ports, job)) ?? ports.derived.ready(proven.seal.content)?.files ?? [];
  const standing = { ...UNCHANGED, firstPublishedAt: await firstPublishedAt(ports, job) };
  const tree = treeOf(proven, ports, ports.ahead, standing, derived);
  trail.done(pageFigures(tree));
  crashPoint('publish.rendered');
  trail.enter('files');
  await ports.folder.writeTree(tree);
  trail.done(fileFigures(tree.files));
  crashPoint('publish.tree');
  trail.enter('address');
  const moved = await moveAddress(ports, job, proven, tree.digest, trail);
  const url = `${ports.origin}${path}`;
  if (moved.outcome === 'superseded') {
    trail.done({ path, by: moved.by });
    return recordEffect(ports, job, proven.seal, { url, files: [], by: moved.by }, null, trail);
  }
  if (moved.outcome !== 'moved') return moved;
  crashPoint('publish.pointer');
  const addresses = [edition, null].map((one) => ({ organ, year, edition: one }));
  const isLinked = await linkWhile(ports, job, addresses, tree.digest, (tx) => isPointedAt(tx, job));
  if (!isLinked) return { outcome: 'lost' };
  trail.done({ path, links: addresses.length });
  trail.enter('read-back');
  const { crypto } = ports;
  const read = await readBack(url, tree, { report: proven.edition.report, told: toldOf(proven, null) }, crypto);
  if (isDefect(read)) {
    if (!(await isOfFormerEdition(ports, proven, read))) return { outcome: 'held', defect: read };
    const data = { url, where: read.where };
    return { outcome: 'later', defect: { ...defect('address_stale', read.where, url), data } };
  }
  trail.done({ url, ...read.figures });
  crashPoint('publish.readback');
  trail.enter('labels');
  const editions = await labelEarlierEditions(ports, job);
  if (editions.length > 0) trail.done({ editions });
  const recorded = await recordEffect(ports, job, proven.seal, { url, files: read.files }, tree.digest, trail);
  return recorded.outcome === 'live' ? { ...recorded, shown: proven.edition } : recorded;
}

/** True when what was read is what an earlier edition shows there: nobody altered it, it is only late. */
async function isOfFormerEdition(
  { db, folder }: PublishPorts,
  { seal: { document, edition } }: ProvenPublication,
  { where, read }: AttemptDefect,
): Promise<boolean> {
  for (const { pageTree, edition: earlier } of await findShownEditions(db, document)) {
    const tree = pageTree === null || earlier >= edition ? undefined : await folder.readTree(pageTree);
    if (tree?.files.some(({ name, digest }) => name === where && digest === read)) return true;
  }
  return false;
}

async function findUntold(ports: PublishPorts, proven: ProvenPublication): Promise<Defect | null> {
  const replaces = proven.notice?.replaces ?? null;
  if (replaces === null) return null;
  const replaced = await findShownEdition(ports.db, proven.seal.document, replaces);
  if (replaced?.bundle == null) return defect('replaced_unknown', 'notice.replaces', `edition ${replaces}`);
  const before = proveBundle(await getContent(ports.db, replaced.bundle), ports, await inclusionOf(ports, replaced));
  return isDefect(before) ? before : untoldChange(proven, before.edition);
}
