import type { z } from 'zod';
import { type NoticeCounts, type NoticeKind, type NoticeSettings } from '#contracts/http/notices.api';
import type { CaseKind } from '#domain/case-kind';
import { instant, type Instant } from '#domain/instant';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { settingsOf } from './notice.repository.js';

/** What a person sees: handed over to the list, and not taken back. */
const SHOWN = `n.person = $1 AND n.channel = 'in-app' AND n.delivered_at IS NOT NULL AND n.void_at IS NULL`;

/** Where a page begins: after the line with these. */
export interface NoticePlace {
  readonly read: boolean;
  readonly deliveredAt: string;
  readonly id: string;
}

export interface NoticePage {
  readonly unreadOnly: boolean;
  readonly limit: number;
  readonly after: NoticePlace | null;
}

interface NoticeRecord {
  id: string;
  kind: NoticeKind;
  organ: string | null;
  organName: string | null;
  year: number | null;
  document: string | null;
  case: string | null;
  round: number | null;
  seat: string | null;
  stage: string | null;
  caseKind: CaseKind | null;
  byName: string | null;
  dueAt: Date | null;
  deliveredAt: Date;
  readAt: Date | null;
}

/** A notice with the names the gateway knows, before its sentence is made. */
export interface NamedNotice extends Omit<NoticeRecord, 'dueAt' | 'deliveredAt' | 'readAt'> {
  readonly dueAt: Instant | null;
  readonly deliveredAt: Instant;
  readonly readAt: Instant | null;
}

/** A page of a person's notices, unread first, then the newest. */
export async function noticesOf(handle: Handle, person: string, page: NoticePage): Promise<NamedNotice[]> {
  const { after } = page;
  const found = await rows<NoticeRecord>(
    handle,
    `SELECT n.id, n.kind, n.organ, o.name AS "organName", n.year, n.document, n.case_id AS "case", n.round, n.seat, n.stage,
       p.name AS "byName",
       (SELECT v.kind FROM case_view v WHERE v.case_id = n.case_id LIMIT 1) AS "caseKind", n.due_at AS "dueAt", n.delivered_at AS "deliveredAt", n.read_at AS "readAt"
     FROM notice n LEFT JOIN organ o ON o.code = n.organ LEFT JOIN person p ON p.id = n.actor
     WHERE ${SHOWN} AND (NOT $2 OR n.read_at IS NULL)
       AND ($3::boolean IS NULL OR (n.read_at IS NOT NULL) > $3
            OR ((n.read_at IS NOT NULL) = $3 AND (n.delivered_at, n.id) < ($4::timestamptz, $5::uuid)))
     ORDER BY n.read_at IS NOT NULL, n.delivered_at DESC, n.id DESC LIMIT $6`,
    [person, page.unreadOnly, after?.read ?? null, after?.deliveredAt ?? null, after?.id ?? null, page.limit],
  );
  return found.map((one) => ({
    ...one,
    dueAt: one.dueAt && instant(one.dueAt),
    deliveredAt: instant(one.deliveredAt),
    readAt: one.readAt && instant(one.readAt),
  }));
}

/** How many notices a person has. */
export async function countNotices(handle: Handle, person: string): Promise<z.infer<typeof NoticeCounts>> {
  const found = await rows<{ kind: NoticeKind; total: number; unread: number }>(
    handle,
    `SELECT n.kind, count(*)::int AS total, (count(*) FILTER (WHERE n.read_at IS NULL))::int AS unread
     FROM notice n WHERE ${SHOWN} GROUP BY n.kind ORDER BY n.kind`,
    [person],
  );
  const sum = (of: 'total' | 'unread'): number => found.reduce((all, one) => all + one[of], 0);
  const unreadByKind = Object.fromEntries(
    found.filter(({ unread }) => unread > 0).map((one) => [one.kind, one.unread]),
  );
  return { total: sum('total'), unread: sum('unread'), unreadByKind };
}

/** Marks one of the person's own notices as read; false when there is none such. The first reading counts. */
export async function markRead(handle: Handle, person: string, id: string): Promise<boolean> {
  const marked = await row(
    handle,
    `UPDATE notice n SET read_at = coalesce(n.read_at, clock_timestamp()) WHERE ${SHOWN} AND n.id = $2 RETURNING n.id`,
    [person, id],
  );
  return marked !== undefined;
}

/** Marks what had been delivered by an instant as read. */
export async function markAllRead(handle: Handle, person: string, until: string): Promise<void> {
  await rows(
    handle,
    `UPDATE notice SET read_at = clock_timestamp() WHERE id IN (
       SELECT n.id FROM notice n WHERE ${SHOWN} AND n.read_at IS NULL AND n.delivered_at <= $2 ORDER BY n.id FOR UPDATE)`,
    [person, until],
  );
}

/** A person's quiet hours. */
export async function readSettings(handle: Handle, person: string): Promise<NoticeSettings> {
  return (await settingsOf(handle, [person]))(person);
}

/** Keeps a person's quiet hours; what waits for the old ones is looked at again. */
export async function keepSettings(tx: Tx, person: string, settings: NoticeSettings): Promise<void> {
  await rows(
    tx,
    `INSERT INTO notice_settings (person, quiet_from, quiet_until, quiet_on_days_off) VALUES ($1, $2, $3, $4)
     ON CONFLICT (person) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
       quiet_on_days_off = excluded.quiet_on_days_off`,
    [person, settings.quietFrom, settings.quietUntil, settings.quietOnDaysOff],
  );
  const waiting = await rows<{ scope: string }>(
    tx,
    `UPDATE notice SET deliver_after = clock_timestamp() WHERE id IN (
       SELECT id FROM notice WHERE person = $1 AND void_at IS NULL AND delivered_at IS NULL ORDER BY id FOR UPDATE)
     RETURNING scope`,
    [person],
  );
  await rows(tx, 'UPDATE notice_clock SET next_at = clock_timestamp() WHERE scope = ANY($1)', [
    waiting.map(({ scope }) => scope),
  ]);
}
