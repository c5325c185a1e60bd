import { eventually } from './client.js';
import type { System } from './system.js';

const SERVICES = ['gateway', 'drafting', 'review', 'approval', 'publication'];

/** Waits until no service of the system has anything to tell another. */
export function settled(system: System): Promise<true> {
  return eventually(
    'nothing is on its way',
    async () => {
      const left = await Promise.all(
        SERVICES.map((service) => system.sql(`SELECT 1 FROM ${service}.outbox WHERE acked_at IS NULL LIMIT 1`)),
      );
      return left.every((rows) => rows.length === 0) ? true : undefined;
    },
    60_000,
  );
}
