import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import { canonicalBytes, parseCanonical } from './canonical.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect } from './defect.js';
import { leafHash } from './merkle-tree.js';
import { count, digestText, instantText, oneOf, orNull, record, type Shape, uuid } from './shape.js';

/**
 * One command and what became of it. Persons stand here by id and texts by digest only, so that both can be erased
 * elsewhere without breaking a hash. `seq` counts the entries of one report from 1; `prev` is the hash of its last one.
 */
export interface LedgerEntry {
  readonly v: 1;
  readonly seq: number;
  readonly prev: Digest | null;
  readonly report: string;
  readonly case: string | null;
  /** The life of the database in which the command ran. */
  readonly epoch: string;
  /** Database time. */
  readonly at: Instant;
  /** Id of the person, or `service:<name>` where none acted. */
  readonly actor: string;
  /** Id of the person for whom a deputy acted. */
  readonly onBehalfOf?: string;
  readonly action: string;
  /** `accepted`, or the code of the refusal. */
  readonly outcome: string;
  /** What was acted on or with, by its kind: content, statement, reason … */
  readonly digests: Readonly<Record<string, Digest>>;
  readonly requestId: string;
}

/** What the caller knows of a command; place and link in the chain come from the report's last entry. */
export type LedgerAct = Omit<LedgerEntry, 'v' | 'seq' | 'prev'>;

const matching =
  (pattern: RegExp, wanted: string): Shape =>
  (value, where) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `${where}: ${wanted} expected`;

const digests: Shape = (value, where) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${where}: object expected`;
  const kinds = Object.keys(value);
  const odd = kinds.find((kind) => !/^[a-z][A-Za-z]{0,39}$/.test(kind));
  if (odd !== undefined) return `${where}.${odd}: kind of digest expected`;
  return record(Object.fromEntries(kinds.map((kind) => [kind, digestText])))(value, where);
};

const position: Shape = (value, where) => (value === 0 ? `${where}: whole number ≥ 1 expected` : count(value, where));

const fields = {
  v: oneOf(1),
  seq: position,
  prev: orNull(digestText),
  report: uuid,
  case: orNull(uuid),
  epoch: uuid,
  at: instantText,
  // Forms that have no room for a name, so that none is written by mistake into what can never be erased.
  actor: matching(/^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|service:[a-z-]{1,40})$/, 'person or service'),
  action: matching(/^[a-z][a-z-]*(?:\.[a-z][a-z-]*)*$/, 'name of a command'),
  outcome: matching(/^[a-z][a-z0-9_]*$/, 'accepted or a refusal code'),
  digests,
  requestId: uuid,
};
const plain = record(fields);
const deputised = record({ ...fields, onBehalfOf: uuid });

function misfit(value: unknown): string | undefined {
  const shape = typeof value === 'object' && value !== null && 'onBehalfOf' in value ? deputised : plain;
  const wrong = shape(value, 'entry');
  if (wrong) return wrong;
  const { seq, prev } = value as LedgerEntry;
  return (seq === 1) === (prev === null) ? undefined : 'entry.prev: none for entry 1, and for it alone, expected';
}

/** The entry that follows `last` in the chain of its report; `last` null for the first one. */
export function nextEntry(last: { readonly seq: number; readonly hash: Digest } | null, act: LedgerAct): LedgerEntry {
  return { ...act, v: 1, seq: (last?.seq ?? 0) + 1, prev: last?.hash ?? null };
}

/** The canonical bytes that are stored and hashed. RangeError for what is no entry: then nothing may be done either. */
export function entryBytes(entry: LedgerEntry): Uint8Array {
  const wrong = misfit(entry);
  if (wrong) throw new RangeError(wrong);
  return canonicalBytes(entry);
}

/** The entry's hash, in its report's chain and as a leaf of the log alike. Source: RFC 6962 §2.1. */
export function entryHash(entry: LedgerEntry, crypto: Pick<EvidenceCrypto, 'sha256'>): Digest {
  return leafHash(entryBytes(entry), crypto);
}

/** Reads stored bytes. Defects: not_canonical, bad_shape. */
export function readEntry(bytes: Uint8Array): LedgerEntry | Defect {
  let value: unknown;
  try {
    value = parseCanonical(bytes);
  } catch (error) {
    return defect('not_canonical', 'entry', error instanceof Error ? error.message : String(error));
  }
  const wrong = misfit(value);
  return wrong ? defect('bad_shape', 'entry', wrong) : (value as LedgerEntry);
}
