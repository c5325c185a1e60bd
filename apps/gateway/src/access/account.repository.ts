import { type Handle, row, rows } from '#persistence/sql';

export interface Account {
  readonly person: string;
  readonly passwordHash: string;
}

/** What opens nothing any more: people who left, and one-time passwords of which time has run out. */
const OPEN = `p.active AND (p.leaves_at IS NULL OR p.leaves_at > now())
  AND (a.one_time_until IS NULL OR a.one_time_until > now())`;

/** The account of a sign-in name whose person has not left. */
export async function accountByLogin(handle: Handle, login: string): Promise<Account | undefined> {
  return row<Account>(
    handle,
    `SELECT a.person, a.password_hash AS "passwordHash" FROM account a
     JOIN person p ON p.id = a.person AND ${OPEN} WHERE a.login = $1`,
    [login],
  );
}

/** The account of a person. */
export async function accountOf(handle: Handle, person: string): Promise<Account | undefined> {
  return row<Account>(handle, 'SELECT person, password_hash AS "passwordHash" FROM account WHERE person = $1', [
    person,
  ]);
}

/**
 * Counts an attempt before its password is looked at, so that parallel guesses do not slip past the delay.
 * Answers 0 when it may go on, otherwise the seconds to wait. After `free` failures each one doubles the delay,
 * up to 15 minutes; a day without failures forgets them.
 */
export async function countAttempt(handle: Handle, source: string, free: number): Promise<number> {
  await rows(handle, "DELETE FROM sign_in_failure WHERE at < now() - interval '1 day'");
  const counted = await row<{ failures: number }>(
    handle,
    `INSERT INTO sign_in_failure AS f (source, failures, blocked_until, at)
     VALUES ($1, 1, clock_timestamp(), clock_timestamp())
     ON CONFLICT (source) DO UPDATE SET
       failures = f.failures + 1,
       blocked_until = clock_timestamp()
         + least(900, power(2, greatest(0, least(f.failures + 1 - $2::int, 10))) - 1) * interval '1 second',
       at = clock_timestamp()
     WHERE f.blocked_until <= clock_timestamp()
     RETURNING failures`,
    [source, free],
  );
  if (counted) return 0;
  const blocked = await row<{ seconds: number }>(
    handle,
    `SELECT ceil(extract(epoch FROM blocked_until - clock_timestamp()))::int AS seconds
     FROM sign_in_failure WHERE source = $1`,
    [source],
  );
  return Math.max(1, blocked?.seconds ?? 1);
}

/**
 * Counts every attempt of an address, right or wrong, in windows of a minute across all gateway processes.
 * Answers 0 while at most `limit` came, otherwise the seconds to wait.
 */
export async function countInMinute(handle: Handle, source: string, limit: number): Promise<number> {
  const counted = await row<{ failures: number; seconds: number }>(
    handle,
    `INSERT INTO sign_in_failure AS f (source, failures, blocked_until, at)
     VALUES ($1, 1, clock_timestamp() + interval '1 minute', clock_timestamp())
     ON CONFLICT (source) DO UPDATE SET
       failures = CASE WHEN f.blocked_until < clock_timestamp() THEN 1 ELSE f.failures + 1 END,
       blocked_until = CASE WHEN f.blocked_until < clock_timestamp() THEN excluded.blocked_until ELSE f.blocked_until END,
       at = clock_timestamp()
     RETURNING failures, ceil(extract(epoch FROM blocked_until - clock_timestamp()))::int AS seconds`,
    [source],
  );
  return !counted || counted.failures <= limit ? 0 : Math.max(1, counted.seconds);
}

/** Forgets a source's failures: the right password was entered. */
export async function forgetAttempts(handle: Handle, source: string): Promise<void> {
  await rows(handle, 'DELETE FROM sign_in_failure WHERE source = $1', [source]);
}
