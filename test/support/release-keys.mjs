// The signing keys of the test installations in test/fixtures/releases: derived from their names, so that no key lies in the repository
// and the services of a later version can go on signing where a release stopped. They open nothing but those fixtures. Node built-ins only.
import { createHash, createPrivateKey } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** The services the first release had; whatever came later makes keys of its own. */
const SERVICES = ['gateway', 'drafting', 'review', 'approval', 'publication'];
const ADMINISTRATORS = ['00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-0000000000a2'];
/** Everything of a PKCS #8 Ed25519 key before its 32 secret bytes. Source: RFC 8410 §7. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

function keyOf(name) {
  const secret = createHash('sha256').update(`sunward test installation, never to be trusted: ${name}`).digest();
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: 'der', type: 'pkcs8' });
  return key.export({ type: 'pkcs8', format: 'pem' });
}

/** Writes the keys of a test installation into its var folder, where an installation keeps them. */
export function installReleaseKeys(varDir) {
  const administrators = path.join(varDir, 'keys/administrators');
  fs.mkdirSync(administrators, { recursive: true, mode: 0o700 });
  const write = (file, name) => fs.writeFileSync(file, keyOf(name), { mode: 0o600 });
  for (const service of SERVICES) write(path.join(varDir, 'keys', `${service}.pem`), service);
  for (const person of ADMINISTRATORS) write(path.join(administrators, `${person}.pem`), person);
}
