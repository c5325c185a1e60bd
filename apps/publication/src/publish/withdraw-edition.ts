import { crashPoint } from '#outbox/crash-point';
import { publicPath } from '../domain/public-address.js';
import { findShownEditions, type LeasedJob } from '../persistence/publication-job.repository.js';
import { isPointedAt, linkWhile } from './linking.js';
import { moveAddress } from './move-address.js';
import { withdrawalTreeOf } from './page-tree.js';
import type { ProvenPublication } from './publication-proof.js';
import type { Attempt, PublishPorts } from './attempt.js';
import type { AttemptTrail } from './attempt-trail.js';
import { readBackWithdrawal } from './read-back.js';
import { recordEffect } from './record-effect.js';
import { fileFigures, pageFigures } from './step-figures.js';

/**
 * Takes an edition, and those before it, back from the public: their addresses answer 410 with the reason and the evidence,
 * and none of their text. An address that still shows something is tried again for as long as it takes: what was withdrawn
 * is never put back for a fault on the way.
 */
export async function withdrawEdition(
  ports: PublishPorts,
  job: LeasedJob,
  proven: ProvenPublication,
  trail: AttemptTrail,
): Promise<Attempt> {
  const { organ, year, edition, document } = proven.seal;
  trail.enter('page');
  const tree = withdrawalTreeOf(proven, ports);
  trail.done(pageFigures(tree));
  crashPoint('publish.rendered');
  trail.enter('files');
  await ports.folder.writeTree(tree);
  trail.done(fileFigures(tree.files, []));
  crashPoint('publish.tree');
  trail.enter('address');
  const moved = await moveAddress(ports, job, proven, tree.digest, trail);
  const path = publicPath(organ, year);
  const url = `${ports.origin}${path}`;
  if (moved.outcome === 'superseded') {
    trail.done({ path, by: moved.by });
    return recordEffect(ports, job, proven.seal, { url, files: [], by: moved.by }, null, trail);
  }
  if (moved.outcome !== 'moved') return moved;
  crashPoint('publish.pointer');
  const gone = (await findShownEditions(ports.db, document)).filter((one) => one.edition <= edition);
  const at = [null, ...gone.map((one) => one.edition)].map((one) => ({ organ, year, edition: one }));
  if (!(await linkWhile(ports, job, at, tree.digest, (tx) => isPointedAt(tx, job)))) return { outcome: 'lost' };
  trail.done({ path, links: at.length });
  trail.enter('read-back');
  const addresses = [url, ...gone.map((one) => `${url}v${one.edition}/`)];
  const different = await readBackWithdrawal(addresses, tree, proven.notice, ports.crypto);
  if (different !== null) return { outcome: 'later', defect: different };
  trail.done({ url, gone: addresses.length });
  crashPoint('publish.readback');
  return recordEffect(ports, job, proven.seal, { url, files: tree.files }, tree.digest, trail);
}
