// Changing keys, bundled to dist/run/keys.js for the launcher.
export { revokeKey, rotateKey } from '../dist/libs/evidence/src/key-changes.js';
export { generateKeyPem, nodeCrypto, signerFromPem } from '../dist/libs/evidence/src/node-crypto.js';
export { parseTrust } from '../dist/libs/evidence/src/trust.js';
