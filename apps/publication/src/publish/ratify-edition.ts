import { isDefect } from '#evidence/defect';
import { crashPoint } from '#outbox/crash-point';
import { publicPath } from '../domain/public-address.js';
import { findPointer } from '../persistence/live-pointer.repository.js';
import { findShownEdition, type LeasedJob } from '../persistence/publication-job.repository.js';
import { moveAddress } from './move-address.js';
import { toldOf } from './page-tree.js';
import type { ProvenPublication } from './publication-proof.js';
import type { Attempt, PublishPorts } from './attempt.js';
import type { AttemptTrail } from './attempt-trail.js';
import { readBack } from './read-back.js';
import { recordEffect } from './record-effect.js';
import { pageFigures } from './step-figures.js';
import { standingOf, updatePage } from './standing-pages.js';

/** Says on the page of an emergency edition that it is ratified, with the evidence beside it. The report's bytes stay. */
export async function ratifyEdition(
  ports: PublishPorts,
  job: LeasedJob,
  proven: ProvenPublication,
  trail: AttemptTrail,
): Promise<Attempt> {
  const { organ, year, edition, document } = proven.seal;
  const path = publicPath(organ, year);
  const current = `${ports.origin}${path}`;
  trail.enter('address');
  const moved = await moveAddress(ports, job, proven, null, trail);
  if (moved.outcome === 'superseded') {
    trail.done({ path, by: moved.by });
    return recordEffect(ports, job, proven.seal, { url: current, files: [], by: moved.by }, null, trail);
  }
  if (moved.outcome !== 'moved') return moved;
  // The address stays: only what its page says changes.
  trail.done({ path, links: 0 });
  trail.enter('page');
  const shown = await findShownEdition(ports.db, document, edition);
  if (shown === undefined) throw new Error(`edition ${edition} of ${document} was shown a moment ago`);
  const updated = await updatePage(ports, shown, { ...(await standingOf(ports, shown)), ratification: proven });
  if ('defect' in updated) return { outcome: updated.defect === 'edition_gone' ? 'later' : 'held', defect: updated };
  trail.done(pageFigures(updated.tree));
  crashPoint('publish.pointer');
  trail.enter('read-back');
  const isCurrent = (await findPointer(ports.db, document))?.edition === edition;
  const url = isCurrent ? current : `${current}v${edition}/`;
  const told = toldOf(updated.proven, proven);
  const read = await readBack(url, updated.tree, { report: proven.edition.report, told }, ports.crypto);
  if (isDefect(read)) return { outcome: 'later', defect: read };
  trail.done({ url, ...read.figures });
  crashPoint('publish.readback');
  return recordEffect(ports, job, proven.seal, { url, files: read.files }, null, trail);
}
