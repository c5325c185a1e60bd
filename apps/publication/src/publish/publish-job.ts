import { ContentCorrupt, ContentMissing, getContent, putContent } from '#content-store/content-store';
import { canonicalBytes } from '#evidence/canonical';
import { type Defect, defect, isDefect } from '#evidence/defect';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { ReceiptStatement } from '#evidence/statements';
import { digest } from '#domain/identifiers';
import { announce } from '#outbox/announce';
import { crashPoint } from '#outbox/crash-point';
import { databaseNow } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import type { ServicePorts } from '#service-runtime/ports';
import { publicPath } from '../domain/public-address.js';
import { findOwnDirectories } from '../persistence/own-directories.queries.js';
import { movePointer } from '../persistence/live-pointer.repository.js';
import {
  type LeasedJob,
  lockDocument,
  markLive,
  noteTree,
  stillLeased,
} from '../persistence/publication-job.repository.js';
import type { SiteFolder } from '../site/site-folder.js';
import { recordDeed } from '../recorded-deed.js';
import { type PageTree, treeOf } from './page-tree.js';
import { passGate, proveBundle, type ProvenPublication } from './publication-proof.js';
import { readBack } from './read-back.js';
import type { RenderedAhead } from './rendered-ahead.js';

/** What publishing needs of the process. `origin`: where the public site answers, without a slash at the end. */
export interface PublishPorts extends Pick<ServicePorts, 'service' | 'epoch' | 'db' | 'signer' | 'trust' | 'crypto'> {
  readonly folder: SiteFolder;
  readonly ahead: RenderedAhead;
  readonly origin: string;
  /** The office's policy: nothing goes live before the log proves the entry of its last signature. */
  readonly requireInclusion: boolean;
}

/** How an attempt ended. `later`: nothing is wrong for good, try again. `lost`: another publisher has the job now. */
export type Attempt =
  { readonly outcome: 'live' | 'lost' } | { readonly outcome: 'held' | 'later'; readonly defect: Defect };

const held = (found: Defect): Attempt => ({ outcome: 'held', defect: found });

/**
 * One attempt to put a released round before the public: prove, write, point, read back, record. Every step may be repeated after a
 * crash at any point and gives the same files and one publication. Nothing slow happens inside a transaction.
 */
export async function publishJob(ports: PublishPorts, job: LeasedJob): Promise<Attempt> {
  const proven = await provenOf(ports, job);
  if ('outcome' in proven) return proven;
  crashPoint('publish.verified');
  const tree = treeOf(proven, ports, ports.ahead);
  crashPoint('publish.rendered');
  await ports.folder.writeTree(tree);
  crashPoint('publish.tree');
  const refused = await point(ports, job, proven, tree);
  if (refused !== null) return refused;
  crashPoint('publish.pointer');
  const { organ, year, edition } = proven.seal;
  await ports.folder.link({ organ, year, edition }, tree.digest);
  await ports.folder.link({ organ, year, edition: null }, tree.digest);
  const url = `${ports.origin}${publicPath(organ, year)}`;
  const different = await readBack(url, tree, proven.edition.report, ports.crypto);
  if (different !== null) return held(different);
  crashPoint('publish.readback');
  return record(ports, job, proven, tree, url);
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
  const proven = proveBundle(bytes, ports);
  if (isDefect(proven)) return held(proven);
  const own = await findOwnDirectories(ports.db, proven.seal.directory);
  const gate = passGate(proven, job, own, await databaseNow(ports.db));
  if (gate.answer !== 'open') return { outcome: gate.answer, defect: gate };
  if (ports.requireInclusion && job.inclusion === null)
    return {
      outcome: 'later',
      defect: defect('inclusion_missing', 'job', 'the log has not proved the last signature'),
    };
  return proven;
}

function point(
  { db }: PublishPorts,
  job: LeasedJob,
  { seal: { organ, year, edition } }: ProvenPublication,
  tree: PageTree,
): Promise<Attempt | null> {
  return runInTransaction(db, async (tx): Promise<Attempt | null> => {
    await lockDocument(tx, job.document);
    if (!(await stillLeased(tx, job))) return { outcome: 'lost' };
    await noteTree(tx, job, { tree: tree.digest, organ, year });
    const { document, case: caseId, round } = job;
    const refused = await movePointer(tx, { document, organ, year, edition, case: caseId, round, tree: tree.digest });
    return refused === null ? null : held(defect(refused, `${organ}/${year}`, `edition ${edition}`));
  });
}

async function record(
  ports: PublishPorts,
  job: LeasedJob,
  { seal }: ProvenPublication,
  tree: PageTree,
  url: string,
): Promise<Attempt> {
  const statement: ReceiptStatement = {
    case: seal.case,
    round: seal.round,
    document: seal.document,
    edition: seal.edition,
    content: seal.content,
    bundle: digest(job.bundle ?? ''),
    channel: 'site',
    url,
    files: tree.files.map(({ name, digest: of, bytes }) => ({ name, digest: digest(of), sizeBytes: bytes.byteLength })),
    readBackAt: await databaseNow(ports.db),
  };
  const receipt = canonicalBytes(sealEnvelope(PAYLOAD_TYPES.receipt, statement, [ports.signer]));
  const { case: caseId, round, document, edition, content } = seal;
  const done = await runInTransaction(ports.db, async (tx) => {
    await lockDocument(tx, job.document);
    if (!(await stillLeased(tx, job))) return false;
    const stored = await putContent(tx, receipt, 'application/vnd.sunward.receipt+json');
    await markLive(tx, job, stored);
    const path = publicPath(seal.organ, seal.year);
    await recordDeed(tx, ports, {
      job,
      action: 'publication.publish',
      digests: { content, bundle: statement.bundle, receipt: stored, tree: digest(tree.digest) },
      event: { type: 'live', path },
      correlationId: job.correlationId,
    });
    const body = { case: caseId, round, document, edition, content, receipt: stored, path };
    await announce(tx, [{ type: 'publication.live', stream: document, body, correlationId: job.correlationId }]);
    return true;
  });
  if (!done) return { outcome: 'lost' };
  await ports.folder.writeReceipt(tree.digest, receipt);
  return { outcome: 'live' };
}
