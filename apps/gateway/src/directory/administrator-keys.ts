import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signerFromPem } from '#evidence/node-crypto';
import { administratorKeys, administratorsBehind, type Trust } from '#evidence/trust';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { administratorsOnly } from '../access/administrators-only.js';
import type { Session } from '../access/session.repository.js';
import type { Administrator } from './first-directory.js';

const KEY_FILE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.pem$/;

/**
 * The two administrators whose keys lie in the folder as `<person uuid>.pem`, in order of their ids.
 * Throws when there are not exactly two, or when the trust file does not name them: nobody would believe the directory.
 */
export async function readAdministrators(
  folder: string,
  trust: Trust,
  crypto: EvidenceCrypto,
): Promise<readonly [Administrator, Administrator]> {
  const persons = (await readdir(folder)).flatMap((name) => KEY_FILE.exec(name)?.[1] ?? []).toSorted();
  const known = administratorKeys(trust, crypto);
  const [first, second, ...more] = await Promise.all(
    persons.map(async (person) => ({
      person,
      signer: signerFromPem(await readFile(join(folder, `${person}.pem`), 'utf8')),
    })),
  );
  if (!first || !second || more.length > 0)
    throw new Error(
      `${folder} holds ${persons.length} administrators' keys (<person uuid>.pem); exactly two are needed`,
    );
  const stranger = [first, second].find(({ signer }) => !known.has(signer.keyid));
  if (stranger)
    throw new Error(`the key of administrator ${stranger.person} in ${folder} is not the one the trust file names`);
  return [first, second];
}

/**
 * The key of one administrator, read for an act of his own and for nothing else. Undefined when the folder has none for
 * him; throws when the trust file does not name it as his: nobody would believe what it signs.
 */
async function readAdministrator(
  folder: string,
  person: string,
  trust: Trust,
  crypto: EvidenceCrypto,
): Promise<Administrator | undefined> {
  if (!KEY_FILE.test(`${person}.pem`)) return undefined;
  const pem = await readFile(join(folder, `${person}.pem`), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (pem === undefined) return undefined;
  const signer = signerFromPem(pem);
  if (!administratorsBehind(trust, [signer.keyid], crypto).has(`administrator:${person}`))
    throw new Error(`the key of administrator ${person} in ${folder} is not the one the trust file names as his`);
  return { person, signer };
}

/** The asking administrator with his own key. Throws the refusals not_allowed and administrator_key_missing. */
export async function ownAdministrator(
  session: Session,
  { environment, trust, crypto }: Pick<ServicePorts, 'environment' | 'trust' | 'crypto'>,
): Promise<Administrator> {
  administratorsOnly(session);
  const folder = environment.administratorKeys;
  const found = folder === null ? undefined : await readAdministrator(folder, session.person, trust, crypto);
  if (found === undefined) throw new RefusalError('administrator_key_missing');
  return found;
}
