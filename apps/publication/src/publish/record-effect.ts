import { putContent } from '#content-store/content-store';
import type { MessageBody } from '#contracts/catalogue';
import type { CaseKind } from '#domain/case-kind';
import { digest } from '#domain/identifiers';
import { canonicalBytes } from '#evidence/canonical';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { ReceiptStatement, SealStatement } from '#evidence/statements';
import { announce } from '#outbox/announce';
import { databaseNow } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { recordDeed } from '../recorded-deed.js';
import { deliveryAct } from '../domain/channel-delivery.js';
import { publicPath } from '../domain/public-address.js';
import { releaseDeliveries } from '../persistence/channel-delivery.repository.js';
import {
  endJob,
  type JobEnd,
  type LeasedJob,
  lockDocument,
  stillLeased,
} from '../persistence/publication-job.repository.js';
import { writeTrail } from '../persistence/publication-step.repository.js';
import type { PageFile } from './page-manifest.js';
import type { Attempt, PublishPorts } from './attempt.js';
import type { AttemptTrail } from './attempt-trail.js';

/** What publication does for each kind of case, as the ledger names it. */
const DEEDS: Readonly<Record<CaseKind, string>> = {
  publish: 'publish',
  correct: 'publish',
  emergency: 'publish',
  withdraw: 'withdraw',
  ratify: 'ratify',
};

/** What was read back: which files, at which address; `by` is set when an act came too late. */
export interface ReadBack {
  readonly url: string;
  readonly files: readonly PageFile[];
  readonly by?: number;
}

/**
 * Signs the receipt of what was read back and ends the job with it, announcing the effect, in one transaction. `tree`: where
 * readers find the receipt, if at all.
 */
export async function recordEffect(
  ports: PublishPorts,
  job: LeasedJob,
  seal: SealStatement,
  read: ReadBack,
  tree: string | null,
  trail: AttemptTrail,
): Promise<Attempt> {
  trail.enter('receipt');
  const statement = await statementOf(ports, job, seal, read);
  const receipt = canonicalBytes(sealEnvelope(PAYLOAD_TYPES.receipt, statement, [ports.signer]));
  const end = endOf(seal, read);
  const done = await runInTransaction(ports.db, async (tx) => {
    await lockDocument(tx, job.document);
    if (!(await stillLeased(tx, job))) return false;
    const stored = await putContent(tx, receipt, 'application/vnd.sunward.receipt+json');
    await endJob(tx, job, end, stored);
    const toChannels = end === 'passed' ? null : deliveryAct(seal.kind);
    if (toChannels !== null) await releaseDeliveries(tx, job, toChannels);
    await recordDeed(tx, ports, {
      job,
      action: `publication.${end === 'passed' ? 'supersede' : DEEDS[seal.kind]}`,
      digests: {
        content: seal.content,
        bundle: statement.bundle,
        receipt: stored,
        ...(tree === null ? {} : { tree: digest(tree) }),
      },
      event: { type: end, ...(read.by === undefined ? { path: publicPath(seal.organ, seal.year) } : { by: read.by }) },
      correlationId: job.correlationId,
    });
    await writeTrail(tx, job, trail, { receipt: stored });
    await announce(tx, [{ ...newsOf(seal, read, stored), stream: seal.document, correlationId: job.correlationId }]);
    return true;
  });
  if (!done) return { outcome: 'lost' };
  if (tree !== null) await ports.folder.writeReceipt(tree, receipt);
  return { outcome: end };
}

function endOf({ kind }: SealStatement, { by }: ReadBack): JobEnd {
  if (by !== undefined) return 'passed';
  return kind === 'withdraw' || kind === 'ratify' ? 'done' : 'live';
}

async function statementOf(
  { db }: PublishPorts,
  job: LeasedJob,
  seal: SealStatement,
  { url, files, by }: ReadBack,
): Promise<ReceiptStatement> {
  const { case: caseId, round, document, edition, content, kind } = seal;
  const said: ReceiptStatement = {
    case: caseId,
    round,
    document,
    edition,
    content,
    bundle: digest(job.bundle ?? ''),
    channel: 'site',
    url,
    files: files.map(({ name, digest: of, bytes }) => ({ name, digest: digest(of), sizeBytes: bytes.byteLength })),
    readBackAt: await databaseNow(db),
  };
  // A first edition's receipt keeps the form it always had.
  return kind === 'publish' && by === undefined ? said : { ...said, act: kind, superseded: by !== undefined };
}

type News =
  | { readonly type: 'publication.live'; readonly body: MessageBody<'publication.live'> }
  | {
      readonly type: 'publication.withdrawn' | 'publication.ratified';
      readonly body: MessageBody<'publication.withdrawn'>;
    }
  | { readonly type: 'publication.superseded'; readonly body: MessageBody<'publication.superseded'> };

function newsOf(seal: SealStatement, { by }: ReadBack, receipt: string): News {
  const { case: caseId, round, document, edition, content, kind, organ, year } = seal;
  const body = { case: caseId, round, document, edition, content, receipt };
  if (by !== undefined) return { type: 'publication.superseded', body: { ...body, kind, by } };
  if (kind === 'withdraw') return { type: 'publication.withdrawn', body };
  if (kind === 'ratify') return { type: 'publication.ratified', body };
  const path = publicPath(organ, year);
  return { type: 'publication.live', body: kind === 'publish' ? { ...body, path } : { ...body, path, kind } };
}
