import { fromBase64 } from './base64.js';
import type { EvidenceCrypto, PublicKeys } from './crypto.js';
import { listOf, record, oneOf, text, uuid } from './shape.js';

/** The anchors of trust of one installation: public keys of its services and of its two administrators. */
export interface Trust {
  readonly schema: 'sunward.trust/1';
  readonly services: Readonly<Record<'gateway' | 'drafting' | 'review' | 'approval' | 'publication', string>>;
  readonly administrators: readonly { readonly person: string; readonly publicKey: string }[];
  readonly site: string;
}

const shape = record({
  schema: oneOf('sunward.trust/1'),
  services: record({ gateway: text, drafting: text, review: text, approval: text, publication: text }),
  administrators: listOf(record({ person: uuid, publicKey: text })),
  site: text,
});

const RAW_KEY_BYTES = 32;

function rawKey(base64: string, whose: string): Uint8Array {
  const raw = fromBase64(base64);
  if (raw?.byteLength !== RAW_KEY_BYTES) throw new RangeError(`trust: the key of ${whose} is not 32 bytes of base64`);
  return raw;
}

/** Reads a trust file's JSON. Throws RangeError saying which part is wrong. */
export function parseTrust(value: unknown): Trust {
  const wrong = shape(value, 'trust');
  if (wrong) throw new RangeError(wrong);
  const trust = value as Trust;
  for (const [service, key] of Object.entries(trust.services)) rawKey(key, service);
  for (const { person, publicKey } of trust.administrators) rawKey(publicKey, person);
  return trust;
}

/** The key of one service, by keyid. */
export function serviceKeys(trust: Trust, service: keyof Trust['services'], crypto: EvidenceCrypto): PublicKeys {
  const raw = rawKey(trust.services[service], service);
  return new Map([[crypto.sha256(raw), raw]]);
}

/** The administrators' keys, by keyid. */
export function administratorKeys(trust: Trust, crypto: EvidenceCrypto): PublicKeys {
  return new Map(
    trust.administrators.map(({ person, publicKey }) => {
      const raw = rawKey(publicKey, person);
      return [crypto.sha256(raw), raw] as const;
    }),
  );
}
