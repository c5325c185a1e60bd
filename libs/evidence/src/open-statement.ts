import type { EvidenceCrypto, PublicKeys } from './crypto.js';
import { defect, type Defect, isDefect } from './defect.js';
import { type Envelope, openEnvelope, PAYLOAD_TYPES } from './dsse.js';
import { statementShapes } from './statement-shapes.js';
import type { Statements } from './statements.js';

/** An opened envelope with its statement in the shape its type demands. */
export interface OpenedStatement<S> {
  readonly statement: S;
  readonly bytes: Uint8Array;
  readonly keyids: readonly string[];
}

/** Opens an envelope and checks the statement's shape. Defects: those of `openEnvelope`, and bad_shape. */
export function openStatement<K extends keyof Statements>(
  kind: K,
  envelope: Envelope,
  keys: PublicKeys,
  crypto: EvidenceCrypto,
): OpenedStatement<Statements[K]> | Defect {
  const opened = openEnvelope(envelope, PAYLOAD_TYPES[kind], keys, crypto);
  if (isDefect(opened)) return opened;
  const found = statementShapes[kind](opened.statement, kind);
  if (found) return defect('bad_shape', kind, found);
  return { ...opened, statement: opened.statement as Statements[K] };
}
