import { fromBase64 } from './base64.js';
import {
  type EvidenceCrypto,
  KEY_ALGORITHMS,
  KEY_BYTES,
  type KeyAlgorithm,
  keyidOf,
  type PublicKey,
  type PublicKeys,
} from './crypto.js';
import { type Envelope, envelopeShape } from './dsse.js';
import { count, either, listOf, oneOf, orNull, record, type Shape, text, uuid } from './shape.js';

/** Services that sign, `ledger` only where the installation keeps one. */
export type SigningService = 'gateway' | 'drafting' | 'review' | 'approval' | 'publication' | 'ledger';

/** What a key may sign: statements of evidence, packets between services, what administrators agree on, heads of the log. */
export const KEY_PURPOSES = ['statement', 'packet', 'agreement', 'checkpoint'] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

/** Who holds a key. */
export type KeyHolder = `service:${SigningService}` | `administrator:${string}`;

/** The first form: one Ed25519 key a holder, for whatever he signs, from ever and for ever. */
export interface FirstTrust {
  readonly schema: 'sunward.trust/1';
  readonly services: Readonly<Record<Exclude<SigningService, 'ledger'>, string>> & { readonly ledger?: string };
  readonly administrators: readonly { readonly person: string; readonly publicKey: string }[];
  readonly site: string;
}

/**
 * A key in the order of the log: it counts for what is sealed from entry `from` on (0: from ever), seals up to before
 * entry `until`, and nothing from entry `compromisedFrom` on. `publicKey` in base64.
 */
export interface TrustedKey {
  readonly holder: KeyHolder;
  readonly purpose: KeyPurpose;
  readonly algorithm: KeyAlgorithm;
  readonly publicKey: string;
  readonly from: number;
  readonly until: number | null;
  readonly compromisedFrom: number | null;
}

/** The second form: every key there ever was. `changes` are the signed statements by which keys came and fell. */
export interface LaterTrust {
  readonly schema: 'sunward.trust/2';
  readonly keys: readonly TrustedKey[];
  readonly changes: readonly Envelope[];
  readonly site: string;
}

/** The anchors of trust of one installation: public keys of its services and of its administrators. */
export type Trust = FirstTrust | LaterTrust;

const SERVICES = ['gateway', 'drafting', 'review', 'approval', 'publication'] as const;
const services = { gateway: text, drafting: text, review: text, approval: text, publication: text };
const first = record({
  schema: oneOf('sunward.trust/1'),
  services: either(record(services), record({ ...services, ledger: text })),
  administrators: listOf(record({ person: uuid, publicKey: text })),
  site: text,
});

const holder: Shape = (value, where) => {
  const [, service, person] =
    /^(?:service:(.*)|administrator:(.*))$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (service !== undefined) return oneOf(...SERVICES, 'ledger')(service, where);
  return person === undefined ? `${where}: service:<name> or administrator:<person> expected` : uuid(person, where);
};
const later = record({
  schema: oneOf('sunward.trust/2'),
  keys: listOf(
    record({
      holder,
      purpose: oneOf(...KEY_PURPOSES),
      algorithm: oneOf(...KEY_ALGORITHMS),
      publicKey: text,
      from: count,
      until: orNull(count),
      compromisedFrom: orNull(count),
    }),
  ),
  changes: listOf(envelopeShape),
  site: text,
});

/** Reads a trust file's JSON, either form. Throws RangeError saying which part is wrong. */
export function parseTrust(value: unknown): Trust {
  const isLater =
    typeof value === 'object' && value !== null && 'schema' in value && value.schema === 'sunward.trust/2';
  const wrong = (isLater ? later : first)(value, 'trust');
  if (wrong) throw new RangeError(wrong);
  const trust = value as Trust;
  const keys = trustedKeys(trust);
  const unfit = isLater ? (twoHolders(keys) ?? empty(keys) ?? unserved(keys)) : undefined;
  if (unfit !== undefined) throw new RangeError(`trust: ${unfit}`);
  return trust;
}

const known = new WeakMap<Trust, readonly TrustedKey[]>();

/** Every key of either form as one list. RangeError for one that cannot be read. */
export function trustedKeys(trust: Trust): readonly TrustedKey[] {
  const listed = known.get(trust);
  if (listed) return listed;
  const keys = trust.schema === 'sunward.trust/2' ? trust.keys : keysOfFirst(trust);
  for (const key of keys) publicKeyIn(key);
  known.set(trust, keys);
  return keys;
}

function keysOfFirst({ services: named, administrators }: FirstTrust): TrustedKey[] {
  const forEver = { algorithm: 'ed25519', from: 0, until: null, compromisedFrom: null } as const;
  const ofService = Object.entries(named).flatMap(([service, publicKey]) =>
    purposesOf(service as SigningService).map((purpose) => ({
      ...forEver,
      holder: `service:${service as SigningService}` as const,
      purpose,
      publicKey,
    })),
  );
  const ofPerson = administrators.map(({ person, publicKey }) => ({
    ...forEver,
    holder: `administrator:${person}` as const,
    purpose: 'agreement' as const,
    publicKey,
  }));
  return [...ofService, ...ofPerson];
}

/** What a service's key file is for, where nothing else was agreed. */
export function purposesOf(service: SigningService): readonly KeyPurpose[] {
  return service === 'ledger' ? ['packet', 'checkpoint'] : ['statement', 'packet'];
}

/** The key itself. RangeError when its text is not a key of its algorithm. */
export function publicKeyIn({
  holder: whose,
  algorithm,
  publicKey,
}: Pick<TrustedKey, 'holder' | 'algorithm' | 'publicKey'>): PublicKey {
  const bytes = fromBase64(publicKey);
  if (bytes?.byteLength !== KEY_BYTES[algorithm])
    throw new RangeError(`trust: the key of ${whose} is not ${KEY_BYTES[algorithm]} bytes of base64`);
  return { algorithm, bytes };
}

/** Two holders of one key are one. */
function twoHolders(keys: readonly TrustedKey[]): string | undefined {
  const other = keys.find((key) => keys.some((one) => one.publicKey === key.publicKey && one.holder !== key.holder));
  return other && `the key of ${other.holder} has another holder too`;
}

function empty(keys: readonly TrustedKey[]): string | undefined {
  const never = keys.find(({ from, until }) => until !== null && until < from);
  return never && `a key of ${never.holder} ends before it begins`;
}

function unserved(keys: readonly TrustedKey[]): string | undefined {
  const missing = SERVICES.find(
    (service) => !keys.some((key) => key.holder === `service:${service}` && key.purpose === 'statement'),
  );
  return missing && `no key of service:${missing}`;
}

/** The keys of one service for one purpose, by keyid. Empty for a service the anchors do not name. */
export function serviceKeys(
  trust: Trust,
  service: SigningService,
  crypto: Pick<EvidenceCrypto, 'sha256'>,
  purpose: KeyPurpose = 'statement',
): PublicKeys {
  return keysBy(trust, crypto, (key) => key.holder === `service:${service}` && key.purpose === purpose);
}

/** The administrators' keys, by keyid. */
export function administratorKeys(trust: Trust, crypto: Pick<EvidenceCrypto, 'sha256'>): PublicKeys {
  return keysBy(trust, crypto, isAdministrators);
}

/** Whose administrators' keys these are: two keys of one person are one person. */
export function administratorsBehind(
  trust: Trust,
  keyids: readonly string[],
  crypto: Pick<EvidenceCrypto, 'sha256'>,
): ReadonlySet<string> {
  const behind = trustedKeys(trust).filter(
    (key) => isAdministrators(key) && keyids.includes(keyidOf(publicKeyIn(key), crypto)),
  );
  return new Set(behind.map(({ holder: whose }) => whose));
}

const isAdministrators = ({ holder: whose, purpose }: TrustedKey): boolean =>
  whose.startsWith('administrator:') && purpose === 'agreement';

function keysBy(
  trust: Trust,
  crypto: Pick<EvidenceCrypto, 'sha256'>,
  wanted: (key: TrustedKey) => boolean,
): PublicKeys {
  const keys = trustedKeys(trust)
    .filter(wanted)
    .map((key) => publicKeyIn(key));
  return new Map(keys.map((key) => [keyidOf(key, crypto), key] as const));
}
