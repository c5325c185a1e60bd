import { digest } from '#domain/identifiers';
import { defect, isDefect, type Defect } from '#evidence/defect';
import { databaseNow } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { DERIVED_NAMES } from '#report-files/writers/derived-names';
import type { StoredJob } from '../persistence/publication-job.repository.js';
import { recordDeed } from '../recorded-deed.js';
import { writeTrail } from '../persistence/publication-step.repository.js';
import type { PublishPorts } from './attempt.js';
import { AttemptTrail } from './attempt-trail.js';
import { alarmMissing } from './derived-files.js';
import { fileFigures } from './step-figures.js';
import { provenOf, standingFiles, standingOf, updatePage } from './standing-pages.js';

/**
 * Puts beside a public edition the files that were not made when it went live, and says so in the ledger. Files that still cannot be made are an
 * alarm; the page stays as it is and says that they are to follow. Answers a defect when the edition's page may not be laid out anew now.
 */
export async function completeFiles(ports: PublishPorts, job: StoredJob): Promise<Defect | null> {
  const { db } = ports;
  const standing = await standingFiles(ports, job);
  // Bytes that are not right are for the sweep to mend.
  if (standing === undefined || standing.length === DERIVED_NAMES.length) return null;
  const proven = await provenOf(ports, job);
  if (proven === null) return defect('bundle_changed', 'bundle', 'what was published does not prove itself any more');
  const trail = new AttemptTrail(Date.parse(await databaseNow(db)));
  trail.enter('files-added');
  const set = await ports.derived.of(job.content, proven.reportBytes);
  await alarmMissing(db, { document: job.document, edition: job.edition }, set);
  if (set.files.length <= standing.length) return null;
  const updated = await updatePage(ports, job, await standingOf(ports, job), set.files);
  if (isDefect(updated)) return updated;
  trail.done(fileFigures(set.files));
  const { correlationId } = job;
  await runInTransaction(db, async (tx) => {
    await writeTrail(tx, job, trail);
    await recordDeed(tx, ports, {
      job,
      action: 'publication.add-files',
      digests: { content: digest(job.content), tree: digest(updated.tree.digest) },
      event: { type: 'files-added', files: set.files.map(({ name }) => name) },
      correlationId,
    });
  });
  return null;
}
