import { getContent } from '#content-store/content-store';
import type { InboundMessage } from '#contracts/routing';
import { instant } from '#domain/instant';
import type { Sent } from '#evidence/bundle';
import { parseCanonical } from '#evidence/canonical';
import { digest } from '#domain/identifiers';
import { record, text } from '#evidence/shape';
import type { DeputyStatement, DirectoryDocument } from '#evidence/statements';
import { serviceKeys } from '#evidence/trust';
import { verifyDeputy } from '#evidence/verify-deputy';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { insertDeputyCopy, revokeDeputyCopy } from '../deputy-adoption.repository.js';
import { requireDirectory } from '../directory-copy.repository.js';
import type { LegPorts } from '../leg-ports.js';
import { BadEvidence, expectSame, opened } from '../stored-evidence.js';

type Ports = Pick<LegPorts, 'trust' | 'crypto'>;

/**
 * Takes over a deputy's grant the gateway announced, after checking for itself that the principal sent exactly this grant
 * with a fresh password and that he held the office by this service's own directory; one he did not hold is left alone,
 * with an alarm. Throws BadEvidence when the proof is not good, and so that the message is retried while the directory the
 * gateway went by has not come.
 */
export async function adoptDeputy(
  tx: Tx,
  { body }: InboundMessage<'gateway.deputy-granted'>,
  ports: Ports,
): Promise<void> {
  const { evidence, version, ...announced } = body;
  const sent = readSent(parseCanonical(await getContent(tx, evidence)));
  const keys = serviceKeys(ports.trust, 'gateway', ports.crypto);
  const { statement } = opened('deputy', sent.envelope, keys, ports.crypto);
  expectSame('deputy', statement, announced);
  const wrong = verifyDeputy(sent, firstUse(statement, evidence), 'deputy', ports);
  if (wrong !== undefined) throw new BadEvidence(wrong.defect, wrong.where, wrong.detail);
  const { document } = await requireDirectory(tx);
  if (document.version < version)
    throw new Error(`deputy ${statement.id} goes by directory version ${version}, here it is ${document.version}`);
  if (gaveOffice(document, statement)) await insertDeputyCopy(tx, { ...statement, evidence: digest(evidence) });
  else await raiseAlarm(tx, 'deputy_without_office', { deputy: statement.id, version: document.version });
}

/** Notes that a grant counts for nothing any more: at once, whoever was about to sign on the strength of it. */
export async function endDeputy(tx: Tx, { body }: InboundMessage<'gateway.deputy-revoked'>): Promise<void> {
  await revokeDeputyCopy(tx, body.id, instant(body.at));
}

const envelope = (value: unknown, where: string): string | undefined =>
  typeof value === 'object' && value !== null && 'signatures' in value ? undefined : `${where}: an envelope expected`;
const sentShape = record({ envelope, caller: envelope, body: text });

function readSent(value: unknown): Sent {
  const wrong = sentShape(value, 'deputy');
  if (wrong !== undefined) throw new BadEvidence('bad_shape', 'deputy', wrong);
  return value as Sent;
}

/** The grant is checked as the verifier of bundles checks it: as if the agent had signed at its first instant. */
function firstUse(statement: DeputyStatement, evidence: string): Parameters<typeof verifyDeputy>[1] {
  const { id, principal, agent: actor, role, organ, from: at } = statement;
  return { seat: id, stage: '', role, organ, actor, onBehalfOf: principal, decision: digest(evidence), at };
}

/** True when a grant of the directory, whether or not it has ended since, gave him the office at the beginning. */
function gaveOffice({ grants }: DirectoryDocument, { principal, role, organ, from: at }: DeputyStatement): boolean {
  return grants.some(
    (grant) =>
      grant.person === principal &&
      grant.role === role &&
      grant.organ === organ &&
      grant.from <= at &&
      (grant.until === null || at < grant.until),
  );
}
