import type { DataSource } from 'typeorm';
import { row, rows } from '#persistence/sql';
import { raiseAlarm } from './alarm.js';

/** A message, sent or received, may wait this long before somebody should look. */
const PATIENCE = `interval '60 seconds'`;

/** Messages not acknowledged, or waiting for a predecessor, for over a minute: one alarm per other service. Prunes old packet ids. */
export async function sweepMessages(db: DataSource): Promise<void> {
  const unacknowledged = await rows<{ subscriber: string }>(
    db,
    `select distinct subscriber from outbox
     where acked_at is null and occurred_at < clock_timestamp() - ${PATIENCE}`,
  );
  for (const { subscriber } of unacknowledged) await raiseAlarm(db, 'outbox_unacknowledged', { subscriber });
  const parked = await rows<{ producer: string }>(
    db,
    `select distinct producer from inbox where applied_at is null and received_at < clock_timestamp() - ${PATIENCE}`,
  );
  for (const { producer } of parked) await raiseAlarm(db, 'inbox_parked', { producer });
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
