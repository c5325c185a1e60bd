import type { InboundMessage } from '#contracts/routing';
import { digest } from '#domain/identifiers';
import { ACCEPTED, NO_REPORT, recordEntry } from '#ledger/record-entry';
import type { Tx } from '#persistence/transaction';
import { saveDirectory } from '../directory-copy.repository.js';
import type { LegPorts } from '../leg-ports.js';
import { agreed, expectSame } from '../stored-evidence.js';

/**
 * Takes over a directory the gateway announced, after checking both administrators' signatures. An older or equal
 * version changes nothing and leaves no entry; one that counts from now on leaves one, with its version. Throws BadEvidence
 * when the bytes are not what two administrators agreed.
 */
export async function adoptDirectory(
  tx: Tx,
  { body, correlationId }: InboundMessage<'gateway.directory-published'>,
  ports: Pick<LegPorts, 'service' | 'epoch' | 'trust' | 'crypto'>,
): Promise<void> {
  const { statement, bytes } = await agreed(tx, 'directory', body.directory, ports.trust, ports.crypto);
  expectSame('directory', statement, { version: body.version });
  const document = Buffer.from(bytes).toString('utf8');
  const { version } = statement;
  const directory = digest(body.directory);
  if (!(await saveDirectory(tx, { version, digest: directory, document }))) return;
  await recordEntry(tx, ports, {
    report: NO_REPORT,
    case: null,
    actor: `service:${ports.service}`,
    action: `${ports.service}.adopt-directory`,
    outcome: ACCEPTED,
    digests: { directory },
    body: { version },
    requestId: correlationId,
  });
}
