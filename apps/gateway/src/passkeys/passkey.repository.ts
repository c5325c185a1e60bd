import { type Instant, instant } from '#domain/instant';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** A passkey as the gateway keeps it. */
export interface StoredPasskey {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly credential: string;
  readonly algorithm: string;
  readonly origin: string;
  readonly transports: readonly string[];
  readonly synced: boolean;
  readonly evidence: string;
  readonly registeredAt: Instant;
  readonly revokedAt: Instant | null;
  /** The administrator who revoked it, and why; null where its owner did. */
  readonly revocation: Revocation | null;
}

/** By whom and why a passkey was revoked for its owner. */
export interface Revocation {
  readonly by: string;
  readonly byName: string;
  readonly reason: string;
}

interface PasskeyRecord extends Omit<StoredPasskey, 'registeredAt' | 'revokedAt' | 'revocation'> {
  registered_at: Date;
  revoked_at: Date | null;
  revoked_by: string | null;
  revoked_reason: string | null;
  by_name: string | null;
}

const COLUMNS = `id, person, name, credential, algorithm, origin, transports, synced, evidence, registered_at, revoked_at, revoked_by,
   revoked_reason, (SELECT by.name FROM person by WHERE by.id = revoked_by) AS by_name`;

const stored = ({ registered_at: at, revoked_at: revoked, ...record }: PasskeyRecord): StoredPasskey => {
  const { revoked_by: by, revoked_reason: reason, by_name: byName, ...passkey } = record;
  return {
    ...passkey,
    registeredAt: instant(at),
    revokedAt: revoked && instant(revoked),
    revocation: by === null ? null : { by, byName: byName ?? '', reason: reason ?? '' },
  };
};

/** A person's passkeys, revoked ones too, newest first. */
export async function passkeysOf(handle: Handle, person: string): Promise<readonly StoredPasskey[]> {
  const found = await rows<PasskeyRecord>(
    handle,
    `SELECT ${COLUMNS} FROM passkey WHERE person = $1 ORDER BY registered_at DESC, id LIMIT 200`,
    [person],
  );
  return found.map(stored);
}

/** Lets one registration of a person be decided at a time, so that their number is what it seems. */
export async function lockPasskeysOf(tx: Tx, person: string): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtext('passkey'), hashtext($1))`, [person]);
}

/** True when anybody has, or had, a passkey of this credential. */
export async function isRegistered(handle: Handle, credential: string): Promise<boolean> {
  return (await row(handle, 'SELECT 1 FROM passkey WHERE credential = $1', [credential])) !== undefined;
}

/** Keeps a passkey with the digest of its proof. */
export async function insertPasskey(tx: Tx, passkey: Omit<StoredPasskey, 'revokedAt' | 'revocation'>): Promise<void> {
  const { id, person, name, credential, algorithm, origin, transports, synced, evidence, registeredAt } = passkey;
  await rows(
    tx,
    `INSERT INTO passkey (id, person, name, credential, algorithm, origin, transports, synced, evidence, registered_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [id, person, name, credential, algorithm, origin, transports, synced, evidence, registeredAt],
  );
}

/** A passkey of this person, locked until the transaction ends. */
export async function lockPasskey(tx: Tx, id: string, person: string): Promise<StoredPasskey | undefined> {
  const found = await row<PasskeyRecord>(
    tx,
    `SELECT ${COLUMNS} FROM passkey WHERE id = $1 AND person = $2 FOR UPDATE`,
    [id, person],
  );
  return found && stored(found);
}

export async function renamePasskey(tx: Tx, id: string, name: string): Promise<void> {
  await rows(tx, 'UPDATE passkey SET name = $2 WHERE id = $1', [id, name]);
}

/** Ends it; `by` and `reason` where an administrator does. Answers it as it is then. */
export async function endPasskey(
  tx: Tx,
  id: string,
  { at, by, reason }: { readonly at: Instant; readonly by: string | null; readonly reason: string | null },
): Promise<StoredPasskey> {
  const ended = await row<PasskeyRecord>(
    tx,
    `UPDATE passkey SET revoked_at = $2, revoked_by = $3, revoked_reason = $4 WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, at, by, reason],
  );
  if (ended === undefined) throw new Error(`no passkey ${id}`);
  return stored(ended);
}

/** Begins a registration in this session; the one before it is given up, as are all that nobody finished in time. */
export async function beginChallenge(
  tx: Tx,
  { session, challenge, name, seconds }: { session: string; challenge: string; name: string; seconds: number },
): Promise<void> {
  await rows(tx, 'DELETE FROM passkey_challenge WHERE expires_at < clock_timestamp()');
  await rows(
    tx,
    `INSERT INTO passkey_challenge (session, challenge, name, expires_at)
     VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))
     ON CONFLICT (session) DO UPDATE SET challenge = $2, name = $3, expires_at = excluded.expires_at`,
    [session, challenge, name, seconds],
  );
}

/** The registration begun in this session, taken out: it is answered once. Undefined when there is none, or it is too late. */
export async function takeChallenge(
  tx: Tx,
  session: string,
): Promise<{ readonly challenge: string; readonly name: string } | undefined> {
  const found = await row<{ challenge: string; name: string; late: boolean }>(
    tx,
    `DELETE FROM passkey_challenge WHERE session = $1
     RETURNING challenge, name, expires_at < clock_timestamp() AS late`,
    [session],
  );
  return found === undefined || found.late ? undefined : { challenge: found.challenge, name: found.name };
}
