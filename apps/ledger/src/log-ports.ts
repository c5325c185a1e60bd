import type { LogKey } from '#evidence/checkpoint';
import type { EvidenceCrypto, Signer } from '#evidence/crypto';

/** What the shell lends the log. `key` names it and holds the public half of `signer`. */
export interface LogPorts {
  readonly service: 'ledger';
  readonly crypto: EvidenceCrypto;
  readonly epoch: string;
  readonly signer: Signer;
  readonly key: LogKey;
}

/** The line that names this system's logs, and under which they sign; whose log it is says the key. */
const LOG_NAME = 'sunward.log/1';

/** The log a signer signs for. */
export function logOf({ publicKey }: Pick<Signer, 'publicKey'>): LogKey {
  return { origin: LOG_NAME, name: LOG_NAME, publicKey: publicKey.bytes };
}
