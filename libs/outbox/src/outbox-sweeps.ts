import type { DataSource } from 'typeorm';
import { row, rows } from '#persistence/sql';
import { raiseAlarm } from './alarm.js';

/** A message, sent or received, may wait this long before somebody should look. */
const PATIENCE = `interval '60 seconds'`;

/** Messages not acknowledged, or waiting for a predecessor, for over a minute: one alarm each kind. Prunes old packet ids. */
export async function sweepMessages(db: DataSource): Promise<void> {
  const unacked = await row<{ n: number }>(
    db,
    `select count(*)::int as n from outbox where acked_at is null and occurred_at < clock_timestamp() - ${PATIENCE}`,
  );
  if (unacked && unacked.n > 0) await raiseAlarm(db, 'outbox_unacknowledged', { messages: unacked.n });
  const parked = await row<{ n: number }>(
    db,
    `select count(*)::int as n from inbox where applied_at is null and received_at < clock_timestamp() - ${PATIENCE}`,
  );
  if (parked && parked.n > 0) await raiseAlarm(db, 'inbox_parked', { messages: parked.n });
  await rows(db, `delete from inbox_packet where seen_at < clock_timestamp() - interval '7 days'`);
}

/** Seconds the oldest unacknowledged message has waited; 0 when there is none. */
export async function oldestOpenSeconds(db: DataSource): Promise<number> {
  const oldest = await row<{ seconds: number }>(
    db,
    `select coalesce(extract(epoch from clock_timestamp() - min(occurred_at)), 0)::float8 as seconds
     from outbox where acked_at is null`,
  );
  return oldest?.seconds ?? 0;
}
