import { type Instant, instant } from '#domain/instant';
import { type Handle, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** How long a one-time password opens the account, until the person sets one of his own. */
const ONE_TIME = "interval '7 days'";

/**
 * Gives people one-time passwords: an account for those with a `login`, and another password for those who have one,
 * whose sessions end with the old one.
 */
export async function saveOneTimeAccounts(
  tx: Tx,
  accounts: readonly { readonly person: string; readonly login: string | null; readonly passwordHash: string }[],
): Promise<void> {
  const records = JSON.stringify(accounts.map(({ person, login, passwordHash: hash }) => ({ person, login, hash })));
  const given = 'json_to_recordset($1::json) AS g(person uuid, login text, hash text)';
  await rows(
    tx,
    `INSERT INTO account (person, login, password_hash, one_time_until)
     SELECT person, login, hash, clock_timestamp() + ${ONE_TIME} FROM ${given} WHERE login IS NOT NULL`,
    [records],
  );
  await rows(
    tx,
    `UPDATE account a SET password_hash = g.hash, one_time_until = clock_timestamp() + ${ONE_TIME} FROM ${given}
     WHERE a.person = g.person AND g.login IS NULL`,
    [records],
  );
  await rows(tx, `DELETE FROM session s USING ${given} WHERE s.person = g.person`, [records]);
}

/** Each administrator's half of each password; halves of an earlier one are gone. */
export async function savePasswordHalves(
  tx: Tx,
  halves: readonly {
    readonly person: string;
    readonly administrator: string;
    readonly part: string;
    readonly half: string;
  }[],
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO password_half (person, administrator, part, half)
     SELECT person, administrator, part, half FROM json_populate_recordset(NULL::password_half, $1::json)
     ON CONFLICT (person, administrator) DO UPDATE SET part = excluded.part, half = excluded.half`,
    [JSON.stringify(halves)],
  );
}

/** The halves one administrator has to hand over; those never used are worth nothing after a week. */
export async function halvesOf(
  handle: Handle,
  administrator: string,
): Promise<readonly { login: string; name: string; part: string; half: string; until: Instant }[]> {
  const found = await rows<{ login: string; name: string; part: string; half: string; until: Date }>(
    handle,
    `SELECT a.login, p.name, h.part, h.half, a.one_time_until AS until FROM password_half h
     JOIN person p ON p.id = h.person JOIN account a ON a.person = h.person
     WHERE h.administrator = $1 AND a.one_time_until > now() ORDER BY a.login`,
    [administrator],
  );
  return found.map(({ until, ...half }) => ({ ...half, until: instant(until) }));
}

/** Sets a person's own password: the one-time one and its halves are gone, and every other session ends. */
export async function setOwnPassword(tx: Tx, person: string, passwordHash: string, session: string): Promise<void> {
  await rows(tx, 'UPDATE account SET password_hash = $2, one_time_until = NULL WHERE person = $1', [
    person,
    passwordHash,
  ]);
  await rows(tx, 'DELETE FROM password_half WHERE person = $1', [person]);
  await rows(tx, 'DELETE FROM session WHERE person = $1 AND id <> $2', [person, session]);
}
