import { describe, expect, it } from '@jest/globals';
import { toBase64 } from './base64.js';
import type { PublicKeys } from './crypto.js';
import { isDefect } from './defect.js';
import { type Envelope, openEnvelope, pae, PAYLOAD_TYPES, sealEnvelope } from './dsse.js';
import { generateKeyPem, nodeCrypto, signerFromPem } from './node-crypto.js';

const signer = signerFromPem(generateKeyPem());
const stranger = signerFromPem(generateKeyPem());
const keys: PublicKeys = new Map([[signer.keyid, signer.publicKey]]);
const envelope = sealEnvelope(PAYLOAD_TYPES.dossier, { case: 'x' }, [signer]);
const [signature] = envelope.signatures;

function codeOf(given: Envelope): string {
  const found = openEnvelope(given, PAYLOAD_TYPES.dossier, keys, nodeCrypto);
  return isDefect(found) ? found.defect : 'ok';
}

describe('an envelope', () => {
  it('signs the pre-authentication encoding of the DSSE specification', () => {
    const encoded = pae('http://example.com/HelloWorld', new TextEncoder().encode('hello world'));
    expect(new TextDecoder().decode(encoded)).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  it('counts lengths in bytes, not characters', () => {
    expect(new TextDecoder().decode(pae('类型', new TextEncoder().encode('向阳')))).toBe('DSSEv1 6 类型 6 向阳');
  });

  it('opens with the key that sealed it', () => {
    expect(openEnvelope(envelope, PAYLOAD_TYPES.dossier, keys, nodeCrypto)).toMatchObject({
      statement: { case: 'x' },
      keyids: [signer.keyid],
    });
  });

  it.each<[code: string, what: string, given: Envelope]>([
    ['wrong_payload_type', 'sealed as another kind', sealEnvelope(PAYLOAD_TYPES.seal, { case: 'x' }, [signer])],
    ['bad_envelope', 'nobody signed', { ...envelope, signatures: [] }],
    ['bad_envelope', 'a payload in loose base64', { ...envelope, payload: `${envelope.payload}\n` }],
    ['unknown_key', 'a stranger signed', sealEnvelope(PAYLOAD_TYPES.dossier, { case: 'x' }, [stranger])],
    ['unknown_key', 'a stranger signed too', sealEnvelope(PAYLOAD_TYPES.dossier, { case: 'x' }, [signer, stranger])],
    ['signed_twice', 'one key twice', { ...envelope, signatures: [signature!, signature!] }],
    ['bad_signature', 'another payload', { ...envelope, payload: toBase64(new TextEncoder().encode('{"case":"y"}')) }],
    ['bad_signature', 'a signature cut short', { ...envelope, signatures: [{ keyid: signer.keyid, sig: 'AAAA' }] }],
  ])('is refused with %s: %s', (code, _what, given) => {
    expect(codeOf(given)).toBe(code);
  });

  it('is refused when its kind was relabelled after signing', () => {
    const seal = sealEnvelope(PAYLOAD_TYPES.seal, { case: 'x' }, [signer]);
    expect(codeOf({ ...seal, payloadType: PAYLOAD_TYPES.dossier })).toBe('bad_signature');
  });

  it('is refused when what was signed is no canonical JSON', () => {
    const payload = new TextEncoder().encode('{"case": "x"}');
    const sig = toBase64(signer.sign(pae(PAYLOAD_TYPES.dossier, payload)));
    const loose = { ...envelope, payload: toBase64(payload), signatures: [{ keyid: signer.keyid, sig }] };
    expect(codeOf(loose)).toBe('not_canonical');
  });
});
