import { getContent } from '#content-store/content-store';
import { parseCanonical } from '#evidence/canonical';
import type { EvidenceCrypto, PublicKeys } from '#evidence/crypto';
import { isDefect } from '#evidence/defect';
import type { Envelope } from '#evidence/dsse';
import { openStatement, type OpenedStatement } from '#evidence/open-statement';
import type { Statements } from '#evidence/statements';
import { administratorKeys, administratorsBehind, type Trust } from '#evidence/trust';
import type { Handle } from '#persistence/sql';

/** Something signed that should be good is not. Thrown: the message is retried and the alarm about its stream stands. */
export class BadEvidence extends Error {
  constructor(
    readonly code: string,
    readonly where: string,
    detail: string,
  ) {
    super(`${code} in ${where}: ${detail}`);
    this.name = 'BadEvidence';
  }
}

/** An envelope of the content store, read by its digest and not opened yet. */
export async function storedEnvelope(handle: Handle, digest: string): Promise<Envelope> {
  return parseCanonical(await getContent(handle, digest)) as Envelope;
}

/** Opens an envelope and checks its signature and shape. Throws BadEvidence. */
export function opened<K extends keyof Statements>(
  kind: K,
  envelope: Envelope,
  keys: PublicKeys,
  crypto: EvidenceCrypto,
): OpenedStatement<Statements[K]> {
  const found = openStatement(kind, envelope, keys, crypto);
  if (isDefect(found)) throw new BadEvidence(found.defect, found.where, found.detail);
  return found;
}

/** A route or directory of the content store, by its envelope's digest, agreed by two administrators. Throws BadEvidence. */
export async function agreed<K extends 'route' | 'directory'>(
  handle: Handle,
  kind: K,
  envelopeDigest: string,
  trust: Trust,
  crypto: EvidenceCrypto,
): Promise<OpenedStatement<Statements[K]>> {
  const found = opened(kind, await storedEnvelope(handle, envelopeDigest), administratorKeys(trust, crypto), crypto);
  const { size } = administratorsBehind(trust, found.keyids, crypto);
  if (size < 2) throw new BadEvidence(`${kind}_not_agreed`, kind, `signed by ${size} administrator, two are needed`);
  return found;
}

/** Throws BadEvidence naming the first field in which a signed statement and what was announced differ. */
export function expectSame(where: string, signed: object, announced: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(announced)) {
    const found = (signed as Record<string, unknown>)[field];
    if (found !== value)
      throw new BadEvidence(
        'statement_mismatch',
        `${where}.${field}`,
        `signed ${String(found)}, announced ${String(value)}`,
      );
  }
}
