import { fromBase64 } from './base64.js';
import { parseCanonical } from './canonical.js';
import { type Checkpoint, openCheckpoint } from './checkpoint.js';
import { type EvidenceCrypto, KEY_BYTES } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import { trustAt } from './key-validity.js';
import { readEntry } from './ledger-entry.js';
import { includes, leafHash } from './merkle-tree.js';
import { count, listOf, oneOf, record, text } from './shape.js';
import { serviceKeys, type Trust } from './trust.js';

/**
 * Proves that the log holds an entry: its bytes in base64, its number from 0, the hashes of the way up, and the signed
 * checkpoint they lead to. As a file: canonical JSON. Source: RFC 9162 §2.1.3; C2SP tlog-checkpoint.
 */
export interface Inclusion {
  readonly schema: 'sunward.inclusion/1';
  readonly entry: string;
  readonly index: number;
  readonly proof: readonly string[];
  readonly checkpoint: string;
}

/** The place of a sealed bundle in the log: the number of its entry, and the checkpoint that covers it. */
export interface LogPlace {
  readonly position: number;
  readonly checkpoint: Pick<Checkpoint, 'origin' | 'size' | 'root' | 'at'>;
}

const inclusion = record({
  schema: oneOf('sunward.inclusion/1'),
  entry: text,
  index: count,
  proof: listOf(text),
  checkpoint: text,
});

/**
 * Where the log holds the entry by which this bundle was sealed. Defects: inclusion_unreadable, inclusion_other (the
 * entry is about something else), inclusion_checkpoint (not by the log's key), inclusion_proof (does not lead there).
 */
export function proveInclusion(
  bytes: Uint8Array,
  bundle: Uint8Array,
  trust: Trust,
  crypto: EvidenceCrypto,
): LogPlace | Defect {
  const read = readInclusion(bytes);
  if (isDefect(read)) return read;
  const entryBytes = fromBase64(read.entry);
  const entry = entryBytes && readEntry(entryBytes);
  if (entryBytes === undefined || entry === undefined) return unreadable('entry', 'not base64');
  if (isDefect(entry)) return unreadable('entry', `${entry.defect}: ${entry.detail}`);
  if (entry.outcome !== 'accepted' || entry.digests['bundle'] !== crypto.sha256(bundle))
    return defect('inclusion_other', 'inclusion.entry', `an entry about ${entry.action}, not about this bundle`);
  const checkpoint = openByLog(read.checkpoint, trust, crypto);
  if (isDefect(checkpoint)) return checkpoint;
  const { origin, size, root, at } = checkpoint;
  if (!includes(checkpoint, read.index, leafHash(entryBytes, crypto), read.proof, crypto))
    return defect(
      'inclusion_proof',
      'inclusion.proof',
      `entry ${read.index} is not in the log of ${size} by this proof`,
    );
  return { position: read.index, checkpoint: { origin, size, root, at } };
}

const unreadable = (part: string, why: string): Defect => defect('inclusion_unreadable', `inclusion.${part}`, why);

function readInclusion(bytes: Uint8Array): Inclusion | Defect {
  try {
    const value = parseCanonical(bytes);
    const wrong = inclusion(value, 'inclusion');
    return wrong === undefined ? (value as Inclusion) : defect('inclusion_unreadable', 'inclusion', wrong);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return defect('inclusion_unreadable', 'inclusion', error.message);
  }
}

/** Opens a checkpoint by whichever key the log had at that size; a head of the very size of a change may bear either. Defect: inclusion_checkpoint. */
export function openByLog(note: string, trust: Trust, crypto: EvidenceCrypto): Checkpoint | Defect {
  const [origin = '', size = ''] = note.split('\n', 2);
  const moments = [trustAt(trust, Number(size) - 1), trustAt(trust, Number(size))];
  const keys = moments.flatMap((moment) => [...serviceKeys(moment, 'ledger', crypto, 'checkpoint').values()]);
  let why = 'the anchors name no key of the log then';
  for (const { bytes: publicKey } of keys.filter(({ bytes }) => bytes.byteLength === KEY_BYTES.ed25519)) {
    // A log goes by the name it gives itself; what makes it this log is the key.
    const found = openCheckpoint(note, { origin, name: origin, publicKey }, crypto);
    if (!isDefect(found)) return found;
    why = `${found.defect}: ${found.detail}`;
  }
  return defect('inclusion_checkpoint', 'inclusion.checkpoint', why);
}
