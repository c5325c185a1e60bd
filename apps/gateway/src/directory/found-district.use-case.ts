import { randomUUID } from 'node:crypto';
import type { DistrictDefinition } from '#contracts/http/district.api';
import { putContent } from '#content-store/content-store';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { canonicalBytes } from '#evidence/canonical';
import { announce } from '#outbox/announce';
import { databaseNow, type Handle } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { hashPasswords, randomPassword } from '../access/password.js';
import { claimVersion, isSetUp, keepDirectory, saveAccounts, savePeople } from './directory.repository.js';
import { type BadDistrict, type FirstDirectory, firstDirectory, type FoundingMeans } from './first-directory.js';

/** Every directory version is one link of one stream, so that subscribers see them in order. */
export const DIRECTORY_STREAM = '5d0d1ec7-0000-4000-8000-000000000001';
/** Media types of signed envelopes and of routes in the content store. */
export const ENVELOPE_MEDIA_TYPE = 'application/vnd.dsse+json';
export const ROUTE_MEDIA_TYPE = 'application/vnd.sunward.route+json';

type AlreadySetUp = Refusal<'already_set_up'>;

/** A prepared founding: the slow part (hashing) is over, nothing is stored yet. */
export interface Founding {
  readonly directory: FirstDirectory;
  readonly accounts: readonly {
    readonly id: string;
    readonly login: string;
    readonly password: string;
    readonly passwordHash: string;
  }[];
}

/** Checks, signs and hashes outside any transaction. Refusals: already_set_up, bad_district. */
export async function prepareFounding(
  handle: Handle,
  district: DistrictDefinition,
  means: Pick<FoundingMeans, 'administrators' | 'crypto'>,
): Promise<Founding | BadDistrict | AlreadySetUp> {
  if (await isSetUp(handle)) return refuse('already_set_up');
  const directory = firstDirectory(district, { ...means, newId: randomUUID, at: await databaseNow(handle) });
  if (isRefusal(directory)) return directory;
  const passwords = directory.people.map(() => randomPassword());
  const hashes = await hashPasswords(passwords);
  const accounts = directory.people.map(({ id, login }, index) => ({
    id,
    login,
    password: passwords[index]!,
    passwordHash: hashes[index]!,
  }));
  return { directory, accounts };
}

/** Stores the first directory and announces it; the first of two foundings wins. Refusal: already_set_up. */
export async function foundDistrict(tx: Tx, { directory, accounts }: Founding): Promise<true | AlreadySetUp> {
  const envelope = canonicalBytes(directory.envelope);
  const digest = await putContent(tx, envelope, ENVELOPE_MEDIA_TYPE);
  if (!(await claimVersion(tx, directory.document.version, digest))) return refuse('already_set_up');
  for (const route of directory.routes) {
    await putContent(tx, canonicalBytes(route.document), ROUTE_MEDIA_TYPE);
    await putContent(tx, canonicalBytes(route.envelope), ENVELOPE_MEDIA_TYPE);
  }
  await savePeople(tx, directory.people);
  const book = new Map(directory.routes.map((route) => [route.digest, route.document]));
  await keepDirectory(tx, directory.document, book);
  await saveAccounts(tx, accounts);
  await announce(tx, [
    {
      type: 'gateway.directory-published',
      stream: DIRECTORY_STREAM,
      body: { version: directory.document.version, directory: digest },
      correlationId: randomUUID(),
    },
  ]);
  return true;
}
