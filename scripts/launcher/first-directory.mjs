// After founding, the directory travels to each leg by its queue; until it is there every door of a leg answers `unavailable`.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Problem } from './problem.mjs';

/** Services that judge rights by a copy of the directory, by the schemas of their copies. */
const KEEPERS = ['drafting', 'review', 'approval', 'publication'];
const ARRIVED_WITHIN_MS = 60_000;
const ASK_AGAIN_MS = 100;

const ARRIVED = KEEPERS.map((schema) => `exists (select 1 from ${schema}.directory_copy) as ${schema}`).join(', ');

/** Waits until every service that needs the directory has adopted one. Throws Problem with the services that have none. */
export async function untilDirectoryArrived(databaseUrl, signal) {
  const deadline = Date.now() + ARRIVED_WITHIN_MS;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query(`select ${ARRIVED}`);
      const missing = KEEPERS.filter((schema) => !rows[0][schema]);
      if (missing.length === 0) return;
      signal?.throwIfAborted();
      if (Date.now() > deadline)
        throw new Problem(
          `The directory of the founded district did not reach ${missing.join(', ')} within ${ARRIVED_WITHIN_MS / 1000} s. Their logs say why; start again once it is mended.`,
        );
      await sleep(ASK_AGAIN_MS);
    }
  } finally {
    await client.end();
  }
}
