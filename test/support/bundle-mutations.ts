import { toBase64 } from '#evidence/base64';
import type { Bundle } from '#evidence/bundle';
import { canonicalBytes } from '#evidence/canonical';
import type { Signer } from '#evidence/crypto';
import { type Envelope, type PayloadType, sealEnvelope } from '#evidence/dsse';

/** One way to damage a bundle, and the codes that name this kind of damage. */
export interface Mutation {
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly codes: readonly string[];
}

type Path = readonly (string | number)[];

/** Where an envelope stands, and what a verifier says when it is not the one that was signed and listed. */
interface Place {
  readonly path: Path;
  /** When it is another than the one whose digest, or whose place, was signed. */
  readonly exchanged: string;
}

const parsed = (payload: string): unknown => JSON.parse(Buffer.from(payload, 'base64').toString());
const encoded = (statement: unknown): string => toBase64(canonicalBytes(statement));

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], value);
}

/** The value with something else, or with nothing where `leaf` is undefined, at the path. */
function replaced<T extends object>(value: T, path: Path, leaf: unknown): T {
  const copy = structuredClone(value);
  const owner = at(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  const key = path.at(-1)!;
  if (leaf !== undefined) owner[key] = leaf;
  else if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else delete owner[key];
  return copy;
}

/** A registration is listed nowhere: the gateway's signature and the signer's own request bind it. */
const passkeyPlaces = (path: Path): Place[] => [
  { path: [...path, 'envelope'], exchanged: 'passkey_registration' },
  { path: [...path, 'caller'], exchanged: 'passkey_unregistered' },
];

/** Every envelope of a bundle. Callers are listed nowhere: the gateway's signature and the request bind them. */
export function placesOf(bundle: Bundle): Place[] {
  const legs = (['review', 'approval'] as const).flatMap((leg) =>
    bundle[leg].decisions.flatMap(({ passkey }, index): Place[] => [
      { path: [leg, 'decisions', index, 'envelope'], exchanged: 'decision_digest' },
      { path: [leg, 'decisions', index, 'caller'], exchanged: 'caller_signature' },
      ...(passkey === undefined ? [] : passkeyPlaces([leg, 'decisions', index, 'passkey'])),
    ]),
  );
  return [
    { path: ['approval', 'seal'], exchanged: 'seal_signature' },
    { path: ['directory'], exchanged: 'directory_digest' },
    { path: ['route'], exchanged: 'route_digest' },
    { path: ['submission'], exchanged: 'submission_digest' },
    { path: ['review', 'dossier'], exchanged: 'dossier_digest' },
    ...legs,
  ];
}

/** Paths to every value within, lists and objects themselves included. */
function everyPath(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const within = Object.keys(value).flatMap((key) =>
    everyPath((value as Record<string, unknown>)[key], [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? within : [path, ...within];
}

/** The same kind of value, and another one. */
function otherThan(value: unknown): unknown {
  if (typeof value === 'string')
    return /^[0-9a-f]/.test(value) ? `${value[0] === '0' ? '1' : '0'}${value.slice(1)}` : `${value}x`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return value === null ? 'x' : Array.isArray(value) ? [...(value as unknown[]), 'x'] : { ...value, added: 1 };
}

/** Every value of every statement altered, and taken out, under the signature that was there. */
export function alteredStatements(bundle: Bundle): Mutation[] {
  return placesOf(bundle).flatMap(({ path, exchanged }) => {
    const envelope = at(bundle, path) as Envelope;
    const statement = parsed(envelope.payload) as object;
    return everyPath(statement).flatMap((inside) =>
      [otherThan(at(statement, inside)), undefined].map((leaf) => ({
        what: `${path.join('.')}: ${inside.join('.')} ${leaf === undefined ? 'taken out' : 'altered'}`,
        bytes: canonicalBytes(replaced(bundle, [...path, 'payload'], encoded(replaced(statement, inside, leaf)))),
        codes: [exchanged],
      })),
    );
  });
}

/** Every envelope signed anew by whoever may not, its signature doubled or taken away, its type another, or itself gone. */
export function alteredEnvelopes(bundle: Bundle, strangers: Readonly<Record<string, Signer>>): Mutation[] {
  return placesOf(bundle).flatMap(({ path, exchanged }) => {
    const envelope = at(bundle, path) as Envelope;
    const { payloadType, signatures } = envelope;
    const told = (what: string, leaf: unknown, codes: readonly string[] = [exchanged]): Mutation => ({
      what: `${path.join('.')}: ${what}`,
      bytes: canonicalBytes(replaced(bundle, path, leaf)),
      codes,
    });
    const own = (signer: Signer): boolean => signatures.some(({ keyid }) => keyid === signer.keyid);
    const resigned = Object.entries(strangers)
      .filter(([, signer]) => !own(signer))
      .map(([name, signer]) =>
        told(
          `signed by ${name}`,
          sealEnvelope(payloadType as PayloadType, parsed(envelope.payload) as object, [signer]),
        ),
      );
    return [
      ...resigned,
      told('signed twice', { ...envelope, signatures: [...signatures, signatures[0]] }),
      told('unsigned', { ...envelope, signatures: [] }),
      told('under another key’s name', {
        ...envelope,
        signatures: signatures.map(({ sig }) => ({ sig, keyid: 'f'.repeat(64) })),
      }),
      told('of another type', { ...envelope, payloadType: payloadType.replace('v=1', 'v=9') }),
      told('gone', undefined, ['bad_shape']),
      told('with a field more', { ...envelope, note: '' }, ['bad_shape']),
    ];
  });
}

/** Decisions dropped, doubled and in another order; every part exchanged for that of another case. */
export function alteredLists(bundle: Bundle, other: Bundle): Mutation[] {
  const legs = ['review', 'approval'] as const;
  const lists = legs.flatMap((leg) => {
    const { decisions } = bundle[leg];
    const told = (what: string, list: readonly unknown[], codes: readonly string[]): Mutation => ({
      what: `${leg}: ${what}`,
      bytes: canonicalBytes(replaced(bundle, [leg, 'decisions'], list)),
      codes,
    });
    return [
      told('turned round', decisions.toReversed(), decisions.length > 1 ? ['decision_digest'] : []),
      ...decisions.flatMap((_, index) => [
        told(`decision ${index} dropped`, decisions.toSpliced(index, 1), [
          index === decisions.length - 1 ? 'decision_missing' : 'decision_digest',
        ]),
        told(`decision ${index} doubled`, decisions.toSpliced(index, 0, decisions[index]!), ['seat_unlisted']),
      ]),
    ].filter(({ codes }) => codes.length > 0);
  });
  const codesOf = (path: Path, exchanged: string): readonly string[] => {
    // Validly signed, and about something else.
    if (path.at(-1) === 'seal') return ['content_digest'];
    return path.at(-1) === 'caller' ? ['caller_mismatch'] : [exchanged];
  };
  const parts = placesOf(bundle)
    .filter(({ path }) => !['directory', 'route'].includes(String(path[0])))
    .map(({ path, exchanged }) => ({
      what: `${path.join('.')}: that of another case`,
      bytes: canonicalBytes(replaced(bundle, path, at(other, path))),
      codes: codesOf(path, exchanged),
    }));
  const bodies = legs.flatMap((leg) =>
    bundle[leg].decisions.map((_, index) => ({
      what: `${leg}: body ${index} of another case`,
      bytes: canonicalBytes(replaced(bundle, [leg, 'decisions', index, 'body'], other[leg].decisions[index]!.body)),
      codes: ['caller_mismatch'],
    })),
  );
  const content = {
    what: 'content of another case',
    bytes: canonicalBytes({ ...bundle, content: other.content }),
    codes: ['content_digest'],
  };
  return [...lists, ...parts, ...bodies, content];
}

/** Which codes may name a flipped bit at this place of the bytes: form first, then what the place belongs to. */
export function flipCodes(bundle: Bundle, bytes: Uint8Array): readonly (readonly string[])[] {
  const text = new TextDecoder().decode(bytes);
  const codes = Array.from({ length: bytes.byteLength }, () => ['not_canonical', 'bad_shape']);
  const add = (part: string, code: string, from = 0): void => {
    const start = text.indexOf(part, from);
    if (start < 0) throw new Error('a part of the bundle is not in its bytes');
    for (let offset = start; offset < start + part.length; offset += 1) codes[offset]!.push(code);
  };
  const written = (value: unknown): string => new TextDecoder().decode(canonicalBytes(value));
  for (const { path, exchanged } of placesOf(bundle)) add(written(at(bundle, path)), exchanged);
  for (const leg of ['review', 'approval'] as const)
    for (const { body, passkey } of bundle[leg].decisions) {
      add(written(body), 'caller_mismatch');
      if (passkey !== undefined) add(written(passkey.body), 'passkey_unregistered');
    }
  add(written(bundle.content), 'content_digest');
  return codes;
}

/** The bytes with one bit of one byte flipped; over a bundle every bit position comes up. */
export function flipped(bytes: Uint8Array, index: number): Uint8Array {
  const copy = bytes.slice();
  copy[index]! ^= 1 << (index % 8);
  return copy;
}
