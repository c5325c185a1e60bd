import { getContent } from '#content-store/content-store';
import { newestCheckpoint } from '../persistence/log-proofs.repository.js';
import type { StoredJob } from '../persistence/publication-job.repository.js';
import type { PublishPorts } from './attempt.js';

const encoder = new TextEncoder();

/** Puts the newest head of the log where everybody can read it; the row is the truth, so a late writer writes nothing old. */
export async function writeCheckpoint({ db, folder }: PublishPorts): Promise<void> {
  const newest = await newestCheckpoint(db);
  if (newest === undefined) return;
  const bytes = encoder.encode(newest.note);
  const standing = await folder.readCheckpoint();
  if (standing === undefined || Buffer.compare(standing, bytes) !== 0) await folder.writeCheckpoint(bytes);
}

/** Puts a job's proof of inclusion beside its page unless it stands there as it was proved. */
export async function restoreInclusion({ db, folder, crypto }: PublishPorts, job: StoredJob): Promise<void> {
  if (job.inclusion === null || job.bundle === null) return;
  const standing = await folder.readInclusion(job.bundle);
  if (standing !== undefined && crypto.sha256(standing) === job.inclusion) return;
  await folder.writeInclusion(job.bundle, await getContent(db, job.inclusion));
}

/** A job's proof of inclusion from the content store; undefined while the log has not told. */
export async function inclusionOf(
  { db }: Pick<PublishPorts, 'db'>,
  { inclusion }: Pick<StoredJob, 'inclusion'>,
): Promise<Uint8Array | undefined> {
  return inclusion === null ? undefined : getContent(db, inclusion);
}

/** Writes one after the other what is asked for while it writes: never two at once, and never the older last. */
export function inTurn(write: () => Promise<void>, onFault: (error: unknown) => void): () => Promise<void> {
  let last = Promise.resolve();
  return () => (last = last.then(write).catch(onFault));
}
