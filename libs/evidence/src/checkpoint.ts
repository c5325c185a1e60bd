import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import { fromBase64, toBase64 } from './base64.js';
import type { EvidenceCrypto } from './crypto.js';
import { defect, type Defect } from './defect.js';
import type { TreeHead } from './merkle-tree.js';

/** What a log says of itself at one moment. `extensions`: any further lines, opaque. Source: C2SP tlog-checkpoint. */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
  readonly root: Digest;
  /** Database time at which the head was taken. */
  readonly at: Instant | null;
  /** The life of the database the log belongs to. */
  readonly epoch: string | null;
  readonly extensions: readonly string[];
}

/** Whose checkpoints count: the log by its origin line, and the raw Ed25519 key that signs under `name`. */
export interface LogKey {
  readonly origin: string;
  readonly name: string;
  readonly publicKey: Uint8Array;
}

const HASH_BYTES = 32;
const ID_BYTES = 4;
/** The signature type Ed25519. Source: C2SP signed-note, Signature types. */
const ED25519 = 0x01;
/** Witnesses sign too; 16 must be accepted, and a limit should be set. Source: C2SP signed-note, Format. */
const MOST_SIGNATURES = 100;
/** Control characters have no place in a note, and half a character has no bytes. Source: C2SP signed-note, Format. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const UNWRITABLE = /[\u0000-\u0009\u000b-\u001f]|\p{Surrogate}/u;
const LINE = /^[^\n]+$/;
const NAME = /^[^\s\u0085+]+$/u;
const SIGNATURE_LINE = /^— ([^\s\u0085+]+) ([A-Za-z0-9+/=]+)$/u;
const SIZE = /^(?:0|[1-9]\d*)$/;
const TIME = /^time (\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)$/;
const EPOCH = /^epoch (\S+)$/;

const encoder = new TextEncoder();

/** The text that is signed, with its final newline. RangeError for what no checkpoint can say. Source: C2SP tlog-checkpoint. */
export function checkpointText({ origin, size, root, at, epoch, extensions }: Checkpoint): string {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`no tree has the size ${size}`);
  const known = [...(at === null ? [] : [`time ${at}`]), ...(epoch === null ? [] : [`epoch ${epoch}`])];
  const lines = [origin, `${size}`, toBase64(fromHex(digest(root))), ...known, ...extensions];
  const unusable = lines.find((line) => !LINE.test(line) || UNWRITABLE.test(line));
  if (unusable !== undefined) throw new RangeError(`no line of a checkpoint: ${JSON.stringify(unusable)}`);
  return `${lines.join('\n')}\n`;
}

/** The checkpoint as a signed note. `sign` makes Ed25519 signatures with the key's private half. Source: C2SP signed-note. */
export function signedCheckpoint(
  checkpoint: Checkpoint,
  key: LogKey,
  sign: (bytes: Uint8Array) => Uint8Array,
  crypto: Pick<EvidenceCrypto, 'sha256'>,
): string {
  if (checkpoint.origin !== key.origin) throw new RangeError(`the key of ${key.origin} signs no other log`);
  if (!NAME.test(key.name) || UNWRITABLE.test(key.name)) throw new RangeError(`no key name: ${key.name}`);
  const text = checkpointText(checkpoint);
  const signature = joined(fromHex(keyHash(key, crypto)), sign(encoder.encode(text)));
  return `${text}\n— ${key.name} ${toBase64(signature)}\n`;
}

/** Key ID: four bytes in hexadecimal, a hint which key to try. Source: C2SP signed-note, Signatures. */
export function keyHash({ name, publicKey }: Omit<LogKey, 'origin'>, crypto: Pick<EvidenceCrypto, 'sha256'>): string {
  const named = joined(encoder.encode(`${name}\n`), Uint8Array.of(ED25519), publicKey);
  return crypto.sha256(named).slice(0, 2 * ID_BYTES);
}

/**
 * Opens a checkpoint signed by this key; signatures by other keys are not looked into. Every byte must be as this system
 * would write it. Defects: bad_checkpoint, wrong_origin, unknown_key (none by this key), bad_signature, signed_twice.
 */
export function openCheckpoint(note: string, key: LogKey, crypto: EvidenceCrypto): Checkpoint | Defect {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || UNWRITABLE.test(note)) return bad('not a signed note');
  const text = note.slice(0, end + 1);
  const signatures = readSignatures(note.slice(end + 2, -1));
  if (signatures === undefined) return bad('a signature line is not of its form');
  const id = keyHash(key, crypto);
  const own = signatures.filter(({ name, bytes }) => name === key.name && toHex(bytes.subarray(0, ID_BYTES)) === id);
  const [signature, second] = own;
  if (!signature) return defect('unknown_key', 'checkpoint', `no signature by ${key.name} ${id}`);
  if (second) return defect('signed_twice', 'checkpoint', `by ${key.name} ${id}`);
  if (!crypto.verifyEd25519(key.publicKey, encoder.encode(text), signature.bytes.subarray(ID_BYTES)))
    return defect('bad_signature', 'checkpoint', `the signature by ${key.name} ${id} does not fit`);
  const checkpoint = readText(text);
  if (checkpoint === undefined) return bad('signed, but not of the form of a checkpoint');
  if (checkpoint.origin !== key.origin)
    return defect('wrong_origin', 'checkpoint', `of ${checkpoint.origin}, not ${key.origin}`);
  return checkpoint;
}

const bad = (detail: string): Defect => defect('bad_checkpoint', 'checkpoint', detail);

function readSignatures(block: string): { name: string; bytes: Uint8Array }[] | undefined {
  const lines = block.split('\n');
  if (lines.length > MOST_SIGNATURES) return undefined;
  const found: { name: string; bytes: Uint8Array }[] = [];
  for (const line of lines) {
    const [, name, base64] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = base64 === undefined ? undefined : fromBase64(base64);
    if (name === undefined || bytes === undefined || bytes.byteLength <= ID_BYTES) return undefined;
    found.push({ name, bytes });
  }
  return found;
}

function readText(text: string): Checkpoint | undefined {
  const [origin = '', size = '', base64 = '', ...rest] = text.slice(0, -1).split('\n');
  const root = fromBase64(base64);
  if (!LINE.test(origin) || !SIZE.test(size) || !Number.isSafeInteger(Number(size))) return undefined;
  if (root?.byteLength !== HASH_BYTES || rest.some((line) => line === '')) return undefined;
  const time = TIME.exec(rest[0] ?? '')?.[1];
  if (time !== undefined && Number.isNaN(Date.parse(time))) return undefined;
  if (time !== undefined) rest.shift();
  const epoch = EPOCH.exec(rest[0] ?? '')?.[1];
  if (epoch !== undefined) rest.shift();
  const at = time === undefined ? null : instant(time);
  return { origin, size: Number(size), root: digest(toHex(root)), at, epoch: epoch ?? null, extensions: rest };
}

const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
