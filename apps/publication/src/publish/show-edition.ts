import { getContent } from '#content-store/content-store';
import { type Defect, defect, isDefect } from '#evidence/defect';
import { crashPoint } from '#outbox/crash-point';
import { publicPath } from '../domain/public-address.js';
import { findShownEdition, type LeasedJob } from '../persistence/publication-job.repository.js';
import { isPointedAt, linkWhile } from './linking.js';
import { inclusionOf } from './log-files.js';
import { moveAddress } from './move-address.js';
import { toldOf, treeOf, UNCHANGED } from './page-tree.js';
import { proveBundle, type ProvenPublication, untoldChange } from './publication-proof.js';
import type { Attempt, PublishPorts } from './attempt.js';
import { readBack } from './read-back.js';
import { recordEffect } from './record-effect.js';
import { labelEarlierEditions, standingFiles } from './standing-pages.js';

/**
 * Brings an edition before the public: write, point, read back, label the earlier ones, record. A correction goes out only
 * when its notice tells of every change from the edition it replaces.
 */
export async function showEdition(ports: PublishPorts, job: LeasedJob, proven: ProvenPublication): Promise<Attempt> {
  const { organ, year, edition } = proven.seal;
  const untold = await findUntold(ports, proven);
  if (untold !== null) return { outcome: 'held', defect: untold };
  // A repeated attempt shows the files of the first; what is not made by now follows by itself.
  const derived = (await standingFiles(ports, job)) ?? ports.derived.ready(proven.seal.content)?.files ?? [];
  const tree = treeOf(proven, ports, ports.ahead, UNCHANGED, derived);
  crashPoint('publish.rendered');
  await ports.folder.writeTree(tree);
  crashPoint('publish.tree');
  const moved = await moveAddress(ports, job, proven, tree.digest);
  const url = `${ports.origin}${publicPath(organ, year)}`;
  if (moved.outcome === 'superseded')
    return recordEffect(ports, job, proven.seal, { url, files: [], by: moved.by }, null);
  if (moved.outcome !== 'moved') return moved;
  crashPoint('publish.pointer');
  const addresses = [edition, null].map((one) => ({ organ, year, edition: one }));
  const isLinked = await linkWhile(ports, job, addresses, tree.digest, (tx) => isPointedAt(tx, job));
  if (!isLinked) return { outcome: 'lost' };
  const { crypto } = ports;
  const read = await readBack(url, tree, { report: proven.edition.report, told: toldOf(proven, null) }, crypto);
  if (isDefect(read)) return { outcome: 'held', defect: read };
  crashPoint('publish.readback');
  await labelEarlierEditions(ports, job);
  const recorded = await recordEffect(ports, job, proven.seal, { url, files: read }, tree.digest);
  return recorded.outcome === 'live' ? { ...recorded, shown: proven.edition } : recorded;
}

async function findUntold(ports: PublishPorts, proven: ProvenPublication): Promise<Defect | null> {
  const replaces = proven.notice?.replaces ?? null;
  if (replaces === null) return null;
  const replaced = await findShownEdition(ports.db, proven.seal.document, replaces);
  if (replaced?.bundle == null) return defect('replaced_unknown', 'notice.replaces', `edition ${replaces}`);
  const before = proveBundle(await getContent(ports.db, replaced.bundle), ports, await inclusionOf(ports, replaced));
  return isDefect(before) ? before : untoldChange(proven, before.edition);
}
