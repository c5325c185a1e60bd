import { randomUUID } from 'node:crypto';
import type { NoticeSettings } from '#contracts/http/notices.api';
import { instant, type Instant } from '#domain/instant';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { type NoticeScope, scopeName } from './notice-scope.js';
import type { NewNotice, NoticePlan, StoredNotice } from './plan-notices.js';
import { DEFAULT_SETTINGS } from './quiet-hours.js';

/** What the lock on a scope lets one see: the time after it was got, the directory version, and when an office next changes hands by its dates. */
export interface ScopeLock {
  readonly now: Instant;
  readonly directory: number;
  readonly officesChangeAt: Instant | null;
}

/** Offices begin and end, deputies with them, and people leave, at times known in advance. Each is the next entry of an index. */
const NEXT_CHANGE = `least(
  (SELECT min(since) FROM grant_period WHERE since > now()), (SELECT min(until) FROM grant_period WHERE until > now()),
  (SELECT min(leaves_at) FROM person WHERE leaves_at > now()),
  (SELECT min(least(CASE WHEN since > now() THEN since END, CASE WHEN until > now() THEN until END,
    CASE WHEN revoked_at > now() THEN revoked_at END)) FROM deputy))`;

/**
 * Lets one transaction at a time decide about a scope's notices; it must come after whatever the transaction writes into
 * the read model and before that is read. Waits; with `wait` false it answers undefined when another transaction has it.
 */
export async function lockScope(
  tx: Tx,
  scope: string,
  { wait }: { readonly wait: boolean },
): Promise<ScopeLock | undefined> {
  const lock = wait ? 'pg_advisory_xact_lock' : 'pg_try_advisory_xact_lock';
  const seen = await row<{ got: string; now: Date; directory: number; changeAt: Date | null }>(
    tx,
    `SELECT l.got::text AS got, clock_timestamp() AS now,
       coalesce((SELECT max(version) FROM directory_version), 0) AS directory, ${NEXT_CHANGE} AS "changeAt"
     FROM (SELECT ${lock}(hashtextextended('notices ' || $1, 0)) AS got) l`,
    [scope],
  );
  if (!seen || seen.got === 'false') return undefined;
  const { now, directory, changeAt } = seen;
  return { now: instant(now), directory, officesChangeAt: changeAt && instant(changeAt) };
}

interface LiveRecord extends Omit<StoredNotice, 'deliverAfter' | 'deliveredAt' | 'dueAt'> {
  deliverAfter: Date;
  deliveredAt: Date | null;
  dueAt: Date | null;
}

/** The live notices of a scope over all channels. */
export async function liveNotices(tx: Tx, scope: string): Promise<StoredNotice[]> {
  const found = await rows<LiveRecord>(
    tx,
    `SELECT id, person, channel, kind, topic, mark, document, case_id AS "case", round, seat, stage, actor,
       due_at AS "dueAt", deliver_after AS "deliverAfter", delivered_at AS "deliveredAt"
     FROM notice WHERE scope = $1 AND void_at IS NULL ORDER BY id`,
    [scope],
  );
  return found.map((one) => ({
    ...one,
    dueAt: one.dueAt && instant(one.dueAt),
    deliverAfter: instant(one.deliverAfter),
    deliveredAt: one.deliveredAt && instant(one.deliveredAt),
  }));
}

/** Everybody's quiet hours, for those of the people who set their own; the default ones for the rest. */
export async function settingsOf(
  handle: Handle,
  people: readonly string[],
): Promise<(person: string) => NoticeSettings> {
  const found = await rows<NoticeSettings & { person: string }>(
    handle,
    `SELECT person, quiet_from AS "quietFrom", quiet_until AS "quietUntil", quiet_on_days_off AS "quietOnDaysOff"
     FROM notice_settings WHERE person = ANY($1::uuid[])`,
    [people],
  );
  const own = new Map(found.map(({ person, ...settings }) => [person, settings]));
  return (person) => own.get(person) ?? DEFAULT_SETTINGS;
}

/** Writes what a plan says, taking back first, so that a newer notice finds its place free. Answers the new notices with their ids. */
export async function applyPlan(tx: Tx, scope: NoticeScope, plan: NoticePlan, now: Instant): Promise<StoredNotice[]> {
  const { voided, amended, delivered, waiting, created } = plan;
  await setColumns(tx, 'void_at = $2, void_reason = c.reason', voided, [now]);
  await setColumns(tx, 'due_at = c."dueAt"', amended, []);
  await setColumns(tx, 'deliver_after = c.until', waiting, []);
  await setColumns(
    tx,
    'delivered_at = $2',
    delivered.map(({ id }) => ({ id })),
    [now],
  );
  const kept = created.map((notice) => ({
    ...notice,
    id: randomUUID(),
    deliveredAt: notice.deliver ? now : null,
  }));
  if (kept.length > 0) await insertNotices(tx, scope, kept, now);
  return kept;
}

/** One UPDATE of many notices; `c` has the fields of each change. */
async function setColumns(
  tx: Tx,
  what: string,
  changes: readonly { readonly id: string }[],
  more: unknown[],
): Promise<void> {
  if (changes.length === 0) return;
  await rows(
    tx,
    `UPDATE notice n SET ${what}
     FROM json_to_recordset($1::json) AS c(id uuid, reason text, "dueAt" timestamptz, until timestamptz) WHERE n.id = c.id`,
    [JSON.stringify(changes), ...more],
  );
}

async function insertNotices(
  tx: Tx,
  scope: NoticeScope,
  notices: readonly (NewNotice & Pick<StoredNotice, 'id' | 'deliveredAt'>)[],
  now: Instant,
): Promise<void> {
  const { organ, year } = scope !== 'directory' && 'organ' in scope ? scope : { organ: null, year: null };
  await rows(
    tx,
    `INSERT INTO notice (id, scope, person, channel, kind, topic, mark, organ, year, document, case_id, round, seat, stage,
       actor, due_at, created_at, deliver_after, delivered_at)
     SELECT c.id, $2, c.person, c.channel, c.kind, c.topic, c.mark, $3, $4, c.document, c."case", c.round, c.seat, c.stage,
       c.actor, c."dueAt", $5, c."deliverAfter", c."deliveredAt"
     FROM json_to_recordset($1::json) AS c(id uuid, person uuid, channel text, kind text, topic text, mark text,
       document uuid, "case" uuid, round integer, seat uuid, stage text, actor uuid, "dueAt" timestamptz,
       "deliverAfter" timestamptz, "deliveredAt" timestamptz)`,
    [JSON.stringify(notices), scopeName(scope), organ, year, now],
  );
}

/** Sets when a scope is looked at again. A look that would come less than an hour too early stays: it costs less than moving it each time. */
export async function setClock(tx: Tx, scope: string, nextAt: Instant | null, directory: number): Promise<void> {
  await rows(
    tx,
    `INSERT INTO notice_clock AS c (scope, next_at, directory) VALUES ($1, $2, $3)
     ON CONFLICT (scope) DO UPDATE SET next_at = excluded.next_at, directory = excluded.directory
     WHERE c.directory <> excluded.directory OR (c.next_at IS DISTINCT FROM excluded.next_at AND NOT coalesce(
       c.next_at > clock_timestamp() AND excluded.next_at - c.next_at BETWEEN interval '0' AND interval '1 hour', false))`,
    [scope, nextAt, directory],
  );
}
