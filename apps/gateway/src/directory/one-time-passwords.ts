import type { Tx } from '#persistence/transaction';
import { hashPasswords, randomPassword } from '../access/password.js';
import { savePasswordHalves, saveOneTimeAccounts } from '../access/first-password.repository.js';
import type { Beside } from './proposal.repository.js';

/** One person's one-time password in the halves of the two administrators, and its hash. */
interface PreparedPassword {
  readonly person: string;
  readonly first: string;
  readonly second: string;
  readonly passwordHash: string;
}

/** Made outside the transaction: hashing is slow. `first` is for whoever completes the proposal, `second` for the other administrator. */
export interface PreparedPasswords {
  readonly first: string;
  readonly second: string;
  readonly passwords: readonly PreparedPassword[];
}

/** Passwords for the people of a proposal, each half 16 characters; one administrator's half alone opens nothing. */
export async function prepareOneTimePasswords(
  persons: readonly string[],
  administrators: { readonly first: string; readonly second: string },
): Promise<PreparedPasswords> {
  const halves = persons.map((person) => ({ person, first: randomPassword(), second: randomPassword() }));
  const hashes = await hashPasswords(halves.map(({ first, second }) => first + second));
  const passwords = halves.map((half, index) => ({ ...half, passwordHash: hashes[index]! }));
  return { ...administrators, passwords };
}

/** Keeps accounts of new people and new passwords of known ones, with each administrator's half. */
export async function keepOneTimePasswords(
  tx: Tx,
  { newPeople, newPasswords }: Beside,
  { first, second, passwords }: PreparedPasswords,
): Promise<void> {
  const prepared = new Map(passwords.map((password) => [password.person, password]));
  const wanted = newPasswords.map((person) => {
    const password = prepared.get(person);
    if (password === undefined) throw new Error(`no password was prepared for ${person}`);
    return { ...password, login: newPeople.find(({ id }) => id === person)?.login ?? null };
  });
  await saveOneTimeAccounts(tx, wanted);
  await savePasswordHalves(
    tx,
    wanted.flatMap((password) => [
      { person: password.person, administrator: first, part: 'first', half: password.first },
      { person: password.person, administrator: second, part: 'second', half: password.second },
    ]),
  );
}
