import { randomInt } from 'node:crypto';
import { argon2id, hash, verify } from 'argon2';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. Source: OWASP Password Storage Cheat Sheet. */
const COST = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Without characters that look alike when read from a screen or paper. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const PASSWORD_CHARACTERS = 16;

/** A first password: 16 characters, 93 bits. */
export function randomPassword(): string {
  return Array.from({ length: PASSWORD_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** The argon2id PHC string of a password. Takes about 30 ms of one core. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** True when the password is the one hashed. */
export function passwordFits(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}

/** Hashes many passwords, `parallel` at a time, in the order given. */
export async function hashPasswords(passwords: readonly string[], parallel = 2): Promise<string[]> {
  const hashes: string[] = [];
  const pending = passwords.entries();
  const work = async (): Promise<void> => {
    for (const [index, password] of pending) hashes[index] = await hashPassword(password);
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return hashes;
}
