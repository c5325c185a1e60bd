import { createHash } from 'node:crypto';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import type { Handle } from '#persistence/sql';
import {
  type Account,
  accountByLogin,
  accountOf,
  countAttempt,
  countInMinute,
  forgetAttempts,
} from './account.repository.js';
import { hashPassword, passwordFits } from './password.js';
import type { PasswordGate } from './password-gate.js';

/** Wrong passwords in a row before each further one costs a growing delay. */
const FREE_FAILURES = 5;

/** Attempts one address may make in a minute. A whole office may stand behind one address at nine in the morning. */
const ATTEMPTS_OF_ADDRESS = 600;

/** What is compared when there is no such account, so that an unknown name takes as long as a wrong password. */
const nobodysHash = hashPassword('nobody has this password');

type NotProved = Refusal<'bad_credentials' | 'too_many_attempts'>;

export interface Attempt {
  readonly password: string;
  /** Where the attempt comes from, e.g. the client's address. */
  readonly from: string;
}

const sourceOf = (who: string, from: string): string =>
  createHash('sha256')
    .update(JSON.stringify([who, from]))
    .digest('hex');

async function prove(
  handle: Handle,
  gate: PasswordGate,
  { who, from, password }: Attempt & { readonly who: string },
  find: () => Promise<Account | undefined>,
): Promise<string | NotProved> {
  const source = sourceOf(who, from);
  const retryAfterSeconds =
    (await countInMinute(handle, sourceOf('', from), ATTEMPTS_OF_ADDRESS)) ||
    (await countAttempt(handle, source, FREE_FAILURES));
  if (retryAfterSeconds > 0) return refuse('too_many_attempts', { retryAfterSeconds });
  const account = await find();
  const fits = await gate.pass(async () => passwordFits(account?.passwordHash ?? (await nobodysHash), password));
  if (isRefusal(fits)) return fits;
  if (!fits || !account) return refuse('bad_credentials');
  await forgetAttempts(handle, source);
  return account.person;
}

/**
 * The person behind a name and password. Runs outside any transaction: hashing is slow.
 * Refusals: bad_credentials (unknown name and wrong password alike), too_many_attempts {retryAfterSeconds}.
 */
export async function proveByLogin(
  handle: Handle,
  gate: PasswordGate,
  { login, password, from }: Attempt & { readonly login: string },
): Promise<string | NotProved> {
  const name = login.toLowerCase();
  return prove(handle, gate, { who: name, from, password }, () => accountByLogin(handle, name));
}

/** Proves again that it is this person (step-up). Refusals as proveByLogin. */
export async function proveAgain(
  handle: Handle,
  gate: PasswordGate,
  { person, password, from }: Attempt & { readonly person: string },
): Promise<string | NotProved> {
  return prove(handle, gate, { who: person, from, password }, () => accountOf(handle, person));
}
