import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { BULLMQ_SCHEMA } from './queue-settings.js';

/** Creates or upgrades BullMQ's tables; run by the migration step as owner. Safe to repeat and to run twice at once. */
export async function migrateQueues(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client, BULLMQ_SCHEMA);
  } finally {
    await client.end();
  }
}
