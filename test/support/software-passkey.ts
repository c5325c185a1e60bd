import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { PasskeyAlgorithm } from '#evidence/passkey-key';
import type { PasskeyAssertion } from '#evidence/verify-passkey';

/** What a browser and its authenticator would do otherwise than they should; all of it is signed. */
export interface Ceremony {
  readonly type?: string;
  readonly challenge?: string;
  readonly origin?: string;
  readonly rpId?: string;
  readonly flags?: number;
  readonly counter?: number;
  /** Further fields of the client data. */
  readonly client?: object;
  /** The attestation comes with a certificate. */
  readonly certificates?: boolean;
  /** Bytes behind the authenticator data. */
  readonly tail?: Uint8Array;
}

/** What `POST /passkeys` is sent. */
export interface Registration {
  readonly credential: string;
  readonly publicKey: string;
  readonly clientDataJSON: string;
  readonly attestationObject: string;
  readonly transports: readonly string[];
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;
const CREDENTIAL_BYTES = 16;

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const number = (value: number, sizeBytes: 2 | 4): Buffer => {
  const bytes = Buffer.alloc(sizeBytes);
  bytes.writeUIntBE(value, 0, sizeBytes);
  return bytes;
};

/** CBOR as far as attestations need it: integers, bytes, text, maps. Source: RFC 8949 §3. */
function cbor(value: unknown): Buffer {
  const head = (major: number, count: number): Buffer => {
    if (count < 24) return Buffer.of((major << 5) | count);
    return count < 256
      ? Buffer.of((major << 5) | 24, count)
      : Buffer.concat([Buffer.of((major << 5) | 25), number(count, 2)]);
  };
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.byteLength), value]);
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)])]);
  throw new TypeError('CBOR of integers, bytes, text and maps only');
}

/** An authenticator in software with one real key, for those who have no browser. Tests only. */
export class SoftwarePasskey {
  readonly credential = base64url(randomBytes(CREDENTIAL_BYTES));
  /** How often it has signed; set it back and it is a clone. */
  counter = 0;
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  constructor(
    readonly rpId: string,
    readonly origin: string,
    readonly algorithm: PasskeyAlgorithm = 'es256',
  ) {
    const pair =
      algorithm === 'es256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : algorithm === 'eddsa'
          ? generateKeyPairSync('ed25519')
          : generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.#privateKey = pair.privateKey;
    this.#publicKey = pair.publicKey;
  }

  /** SubjectPublicKeyInfo in base64url, as browsers answer it. */
  get publicKey(): string {
    return base64url(this.#publicKey.export({ format: 'der', type: 'spki' }));
  }

  /** Answers the challenge of a registration. */
  register(challenge: string, ceremony: Ceremony = {}): Registration {
    const credential = Buffer.from(this.credential, 'base64url');
    const attested = [Buffer.alloc(16), number(credential.byteLength, 2), credential, cbor(this.#coseKey())];
    const flags = USER_PRESENT | USER_VERIFIED | HAS_CREDENTIAL;
    const data = Buffer.concat([this.#authenticatorData({ flags, ...ceremony }), ...attested]);
    const withCertificate = new Map<string, unknown>([['x5c', Buffer.alloc(1)]]);
    const attestation = new Map<string, unknown>([
      ['fmt', ceremony.certificates ? 'packed' : 'none'],
      ['attStmt', ceremony.certificates ? withCertificate : new Map()],
      ['authData', data],
    ]);
    return {
      credential: this.credential,
      publicKey: this.publicKey,
      clientDataJSON: base64url(this.#clientData({ type: 'webauthn.create', challenge, ...ceremony })),
      attestationObject: base64url(cbor(attestation)),
      transports: ['internal'],
    };
  }

  /** Signs a challenge as a browser on its own site has it sign. */
  assert(challenge: string, ceremony: Ceremony = {}): PasskeyAssertion {
    this.counter += 1;
    const clientData = this.#clientData({ type: 'webauthn.get', challenge, ...ceremony });
    const data = Buffer.concat([this.#authenticatorData(ceremony), ceremony.tail ?? Buffer.alloc(0)]);
    return {
      credential: this.credential,
      authenticatorData: base64url(data),
      clientDataJSON: base64url(clientData),
      signature: base64url(this.signBytes(Buffer.concat([data, sha256(clientData)]))),
    };
  }

  signBytes(bytes: Uint8Array): Uint8Array {
    return sign(this.algorithm === 'eddsa' ? null : 'sha256', bytes, this.#privateKey);
  }

  #clientData({ type, challenge, origin = this.origin, client = {} }: Ceremony): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...client }));
  }

  #authenticatorData({
    rpId = this.rpId,
    flags = USER_PRESENT | USER_VERIFIED,
    counter = this.counter,
  }: Ceremony): Buffer {
    return Buffer.concat([sha256(rpId), Buffer.of(flags), number(counter, 4)]);
  }

  /** Source: RFC 9053 §7, RFC 8230 §4. */
  #coseKey(): Map<number, unknown> {
    const jwk = this.#publicKey.export({ format: 'jwk' });
    const part = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');
    const keys = {
      es256: [[1, 2], [3, -7], [-1, 1], [-2, part(jwk.x)], [-3, part(jwk.y)]],
      eddsa: [[1, 1], [3, -8], [-1, 6], [-2, part(jwk.x)]],
      rs256: [[1, 3], [3, -257], [-1, part(jwk.n)], [-2, part(jwk.e)]],
    } as const; // prettier-ignore
    return new Map<number, unknown>(keys[this.algorithm]);
  }
}
