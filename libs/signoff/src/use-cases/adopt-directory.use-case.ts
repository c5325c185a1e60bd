import type { InboundMessage } from '#contracts/routing';
import { digest } from '#domain/identifiers';
import type { Tx } from '#persistence/transaction';
import { saveDirectory } from '../directory-copy.repository.js';
import type { LegPorts } from '../leg-ports.js';
import { agreed, expectSame } from '../stored-evidence.js';

/**
 * Takes over a directory the gateway announced, after checking both administrators' signatures. An older or equal
 * version changes nothing. Throws BadEvidence when the bytes are not what two administrators agreed.
 */
export async function adoptDirectory(
  tx: Tx,
  { body }: InboundMessage<'gateway.directory-published'>,
  { trust, crypto }: Pick<LegPorts, 'trust' | 'crypto'>,
): Promise<void> {
  const { statement, bytes } = await agreed(tx, 'directory', body.directory, trust, crypto);
  expectSame('directory', statement, { version: body.version });
  const document = Buffer.from(bytes).toString('utf8');
  await saveDirectory(tx, { version: statement.version, digest: digest(body.directory), document });
}
