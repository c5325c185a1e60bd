import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Instant, instant } from '#domain/instant';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** Sessions one person may have at once; the oldest gives way. Browsers, the command line and scripts together. */
const MAX_PARALLEL_SESSIONS = 10;
/** A session nobody uses for so long ends. */
export const SESSION_IDLE_SECONDS = 1800;
const IDLE = `interval '${SESSION_IDLE_SECONDS} seconds'`;
const ABSOLUTE = "interval '12 hours'";
/** How far the record of the last request may lag, so that reading does not write each time. */
const SEEN_LAG = "interval '1 minute'";
const TOKEN_BYTES = 32;

/** A session that is valid now, by the database's clock. */
export interface Session {
  readonly id: string;
  readonly person: string;
  readonly administrator: boolean;
  readonly stepUpAt: Instant | null;
  /** True while the password is a one-time one: until it is changed the session opens nothing else. */
  readonly mustChangePassword: boolean;
  /** When it ends, however much it is used. */
  readonly endsAt: Instant;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const freshToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** Opens a session and answers its token and when it ends; the person's oldest sessions beyond the limit end. */
export async function openSession(
  tx: Tx,
  person: string,
): Promise<{ readonly token: string; readonly endsAt: Instant }> {
  const token = freshToken();
  const [opened] = await rows<{ expires_at: Date }>(
    tx,
    `INSERT INTO session (id, token_hash, person, created_at, expires_at)
     VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp() + ${ABSOLUTE}) RETURNING expires_at`,
    [randomUUID(), hashOf(token), person],
  );
  await rows(
    tx,
    `DELETE FROM session WHERE person = $1 AND (expires_at < now() OR id IN
       (SELECT id FROM session WHERE person = $1 ORDER BY created_at DESC OFFSET ${MAX_PARALLEL_SESSIONS}))`,
    [person],
  );
  return { token, endsAt: instant(opened!.expires_at) };
}

interface SessionRecord {
  id: string;
  person: string;
  administrator: boolean;
  stepped_up_at: Date | null;
  expires_at: Date;
  one_time: boolean;
  lagging: boolean;
}

/** The session of a token, or undefined when it ended or its person left. Notes that it was used. */
export async function sessionOf(handle: Handle, token: string): Promise<Session | undefined> {
  const found = await row<SessionRecord>(
    handle,
    `SELECT s.id, s.person, p.administrator, s.stepped_up_at, s.expires_at, s.last_seen_at < now() - ${SEEN_LAG} AS lagging,
       a.one_time_until IS NOT NULL AS one_time
     FROM session s JOIN person p ON p.id = s.person AND p.active AND (p.leaves_at IS NULL OR p.leaves_at > now())
     JOIN account a ON a.person = s.person
     WHERE s.token_hash = $1 AND s.expires_at > now() AND s.last_seen_at > now() - ${IDLE}`,
    [hashOf(token)],
  );
  if (!found) return undefined;
  if (found.lagging) await rows(handle, 'UPDATE session SET last_seen_at = now() WHERE id = $1', [found.id]);
  const { id, person, administrator, stepped_up_at: at, one_time: mustChangePassword } = found;
  const endsAt = instant(found.expires_at);
  return { id, person, administrator, stepUpAt: at === null ? null : instant(at), mustChangePassword, endsAt };
}

/** Notes that the person entered the password just now; the session goes on under a new token, which is answered. */
export async function stepUpSession(tx: Tx, session: string): Promise<string> {
  const token = freshToken();
  await rows(
    tx,
    `UPDATE session SET token_hash = $2, stepped_up_at = clock_timestamp(), last_seen_at = clock_timestamp()
     WHERE id = $1`,
    [session, hashOf(token)],
  );
  return token;
}

/** Ends a session; its token is worth nothing from now on. */
export async function endSession(handle: Handle, session: string): Promise<void> {
  await rows(handle, 'DELETE FROM session WHERE id = $1', [session]);
}

/** True while the session is valid; asking is not use of it. */
export async function sessionLives(handle: Handle, session: string): Promise<boolean> {
  const found = await row(
    handle,
    `SELECT 1 FROM session WHERE id = $1 AND expires_at > now() AND last_seen_at > now() - ${IDLE}`,
    [session],
  );
  return found !== undefined;
}

/** An open session as its owner sees it. */
interface OpenSession {
  readonly session: string;
  readonly since: Instant;
  readonly lastSeen: Instant;
  readonly endsAt: Instant;
}

/** The sessions of a person that are valid now, the one used last first. */
export async function sessionsOf(handle: Handle, person: string): Promise<readonly OpenSession[]> {
  const found = await rows<{ id: string; created_at: Date; last_seen_at: Date; expires_at: Date }>(
    handle,
    `SELECT id, created_at, last_seen_at, expires_at FROM session
     WHERE person = $1 AND expires_at > now() AND last_seen_at > now() - ${IDLE} ORDER BY last_seen_at DESC, id`,
    [person],
  );
  return found.map(({ id, created_at: since, last_seen_at: lastSeen, expires_at: endsAt }) => ({
    session: id,
    since: instant(since),
    lastSeen: instant(lastSeen),
    endsAt: instant(endsAt),
  }));
}

/** Ends a session of this person; false when he has no such session. */
export async function endSessionOf(tx: Tx, person: string, session: string): Promise<boolean> {
  const ended = await rows(tx, 'DELETE FROM session WHERE id = $1 AND person = $2 RETURNING id', [session, person]);
  return ended.length > 0;
}
