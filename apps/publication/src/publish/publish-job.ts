import { ContentCorrupt, ContentMissing, getContent } from '#content-store/content-store';
import { type Defect, defect, isDefect } from '#evidence/defect';
import { trustUnretired } from '#evidence/key-validity';
import { crashPoint } from '#outbox/crash-point';
import { databaseNow } from '#persistence/sql';
import { passkeysRevoked } from '#signoff/passkey-copy.repository';
import { ownDeputies } from '../persistence/own-deputies.queries.js';
import { findOwnDirectories } from '../persistence/own-directories.queries.js';
import type { LeasedJob } from '../persistence/publication-job.repository.js';
import type { Attempt, PublishPorts } from './attempt.js';
import type { AttemptTrail } from './attempt-trail.js';
import { inclusionOf, restoreInclusion } from './log-files.js';
import { passGate } from './publication-gate.js';
import { proveBundle, type ProvenPublication } from './publication-proof.js';
import { ratifyEdition } from './ratify-edition.js';
import { showEdition } from './show-edition.js';
import { withdrawEdition } from './withdraw-edition.js';

const held = (found: Defect): Attempt => ({ outcome: 'held', defect: found });

/**
 * One attempt to let a released round take effect before the public: prove it, then show, withdraw or ratify, as what was
 * sealed asks for and nothing else. Every step may be repeated after a crash at any point and gives the same files and one
 * effect. Nothing slow happens inside a transaction. `trail` is told each step.
 */
export async function publishJob(ports: PublishPorts, job: LeasedJob, trail: AttemptTrail): Promise<Attempt> {
  trail.enter('proof');
  const proven = await provenOf(ports, job);
  if ('outcome' in proven) return proven;
  trail.done({ signatures: proven.seats.length, signedAt: proven.seal.at });
  crashPoint('publish.verified');
  const known: LeasedJob = { ...job, kind: proven.seal.kind };
  if (known.kind === 'withdraw') return withdrawEdition(ports, known, proven, trail);
  return known.kind === 'ratify'
    ? ratifyEdition(ports, known, proven, trail)
    : showEdition(ports, known, proven, trail);
}

/** Sealed by a key that was retired since: its place in the log, which is still to come, will say that it was in time. */
function awaitsPlace(bytes: Uint8Array, ports: PublishPorts, { inclusion }: LeasedJob): Attempt | undefined {
  if (inclusion !== null || isDefect(proveBundle(bytes, { ...ports, trust: trustUnretired(ports.trust) })))
    return undefined;
  return { outcome: 'later', defect: defect('inclusion_awaited', 'seal', 'sealed by a key that was retired since') };
}

async function provenOf(ports: PublishPorts, job: LeasedJob): Promise<ProvenPublication | Attempt> {
  if (job.bundle === null) return held(defect('bundle_missing', 'job', 'released without a bundle'));
  let bytes: Uint8Array;
  try {
    bytes = await getContent(ports.db, job.bundle);
  } catch (error) {
    if (error instanceof ContentMissing) return held(defect('bundle_missing', job.bundle, error.message));
    if (error instanceof ContentCorrupt) return held(defect('bundle_corrupt', job.bundle, error.message));
    throw error;
  }
  const proven = proveBundle(bytes, ports, await inclusionOf(ports, job));
  if (isDefect(proven)) return awaitsPlace(bytes, ports, job) ?? held(proven);
  await restoreInclusion(ports, job);
  const [own, deputies, revokedPasskeys, now] = await Promise.all([
    findOwnDirectories(ports.db, proven.seal.directory),
    ownDeputies(ports.db, actingFor(proven)),
    passkeysRevoked(ports.db, passkeysOf(proven)),
    databaseNow(ports.db),
  ]);
  const gate = passGate(proven, job, { ...own, deputies, revokedPasskeys }, now);
  if (gate.answer !== 'open') return { outcome: gate.answer, defect: gate };
  if (ports.requireInclusion && job.inclusion === null)
    return {
      outcome: 'later',
      defect: defect('inclusion_missing', 'job', 'the log has not proved the last signature'),
    };
  return proven;
}

function passkeysOf({ seats }: ProvenPublication): readonly string[] {
  return seats.flatMap(({ passkey }) => passkey ?? []);
}

/** Whoever signed for somebody else. */
function actingFor({ seats }: ProvenPublication): readonly string[] {
  return seats.filter(({ onBehalfOf = null }) => onBehalfOf !== null).map(({ actor }) => actor);
}
