import type { MessageBody } from '#contracts/catalogue';
import { type Instant, instant } from '#domain/instant';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { VISIBLE } from './lists.queries.js';

/** Keeps a ratification as announced; the stream of its document is in order, so the last one counts. */
export async function keepRatification(
  tx: Tx,
  ratification: MessageBody<'drafting.ratification-changed'>,
  at: string,
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO ratification_view (document, edition, organ, year, state, case_id, due_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (document, edition) DO UPDATE SET state = excluded.state, case_id = excluded.case_id,
       due_at = excluded.due_at, updated_at = excluded.updated_at`,
    [
      ratification.document,
      ratification.edition,
      ratification.organ,
      ratification.year,
      ratification.state,
      ratification.case,
      ratification.dueAt,
      at,
    ],
  );
}

const OPEN = `state IN ('owed', 'open', 'refused')`;

/** How many emergencies wait for their ratification, anywhere, and how many of them are overdue by the database's clock. */
export async function countRatifications(handle: Handle): Promise<{ open: number; overdue: number }> {
  const found = await row<{ open: number; overdue: number }>(
    handle,
    `SELECT count(*)::int AS open, count(*) FILTER (WHERE due_at < clock_timestamp())::int AS overdue
     FROM ratification_view WHERE ${OPEN}`,
  );
  return found ?? { open: 0, overdue: 0 };
}

interface RatificationRecord {
  document: string;
  edition: number;
  organ: string;
  organName: string;
  year: number;
  state: 'owed' | 'open' | 'refused';
  case: string | null;
  overdue: boolean;
  dueAt: Date | null;
}

/** The open ratifications the person may see, the longest due first; at most 500. */
export async function visibleRatifications(
  handle: Handle,
  person: string,
): Promise<(Omit<RatificationRecord, 'dueAt'> & { dueAt: Instant | null })[]> {
  const found = await rows<RatificationRecord>(
    handle,
    `SELECT r.document, r.edition, r.organ, o.name AS "organName", r.year, r.state, r.case_id AS "case",
       coalesce(r.due_at < clock_timestamp(), false) AS overdue, r.due_at AS "dueAt"
     FROM ratification_view r JOIN organ o ON o.code = r.organ
     WHERE r.${OPEN} AND r.organ IN (${VISIBLE}) ORDER BY r.due_at, r.document LIMIT 500`,
    [person],
  );
  return found.map((item) => ({ ...item, dueAt: item.dueAt && instant(item.dueAt) }));
}
