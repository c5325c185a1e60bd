import { toBase64 } from '#evidence/base64';
import type { Signer } from '#evidence/crypto';
import { type KeyHolder, type KeyPurpose, type LaterTrust, purposesOf, type TrustedKey } from '#evidence/trust';
import { administrators, id, type SignerName, signers } from './bundle-builder.js';
import { logSigner } from './log-builder.js';

/** One key of a trust file of the second form, from ever and for ever unless said otherwise. */
export function keyOf(
  holder: KeyHolder,
  purpose: KeyPurpose,
  { publicKey }: Signer,
  validity: Partial<TrustedKey> = {},
): TrustedKey {
  const { algorithm, bytes } = publicKey;
  const forEver = { from: 0, until: null, compromisedFrom: null };
  return { holder, purpose, algorithm, publicKey: toBase64(bytes), ...forEver, ...validity };
}

/** The keys of the story of `buildBundle` in the second form, with the log's; `replaced` sign in place of some. */
export function laterTrust(replaced: Partial<Record<SignerName, Signer>> = {}): LaterTrust {
  const names = Object.keys(signers) as SignerName[];
  const ofServices = names.flatMap((name) =>
    purposesOf(name).map((purpose) => keyOf(`service:${name}`, purpose, replaced[name] ?? signers[name])),
  );
  const ofPeople = administrators.map((signer, index) => keyOf(`administrator:${id(91 + index)}`, 'agreement', signer));
  const ofLog = purposesOf('ledger').map((purpose) => keyOf('service:ledger', purpose, logSigner));
  return {
    schema: 'sunward.trust/2',
    keys: [...ofServices, ...ofPeople, ...ofLog],
    changes: [],
    site: 'http://localhost:3080',
  };
}

/** The same file with some keys told differently. */
export function withKeys(
  trust: LaterTrust,
  change: (key: TrustedKey) => TrustedKey | readonly TrustedKey[],
): LaterTrust {
  return { ...trust, keys: trust.keys.flatMap((key) => change(key)) };
}
