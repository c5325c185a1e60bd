import { runInTransaction } from '#persistence/transaction';
import { findJob, lockDocument } from '../persistence/publication-job.repository.js';
import {
  enterEdition,
  findUnentered,
  forgetOutdated,
  type ShownRound,
} from '../persistence/search-entry.repository.js';
import type { PublishPorts } from './attempt.js';
import { isPointedAt } from './linking.js';
import { provenOf } from './standing-pages.js';

/** Milliseconds one sweep may enter reports for, so that thousands found after an upgrade leave the publisher its turns. */
const ENTERING_MS = 10_000;

/**
 * The search knows every live edition and nothing else: enters what was live before there was a search, what an older form entered, what somebody
 * removed, and the edition an address went back to; removes what is live no more. Emptying the table by hand has all of it made anew.
 */
export async function sweepSearch(ports: PublishPorts): Promise<void> {
  await forgetOutdated(ports.db);
  const until = performance.now() + ENTERING_MS;
  for (const shown of await findUnentered(ports.db)) {
    if (performance.now() > until) return;
    await enterAnew(ports, shown);
  }
}

/** From the signed bytes; what no longer proves itself stays out, and the sweep of the pages says so. */
async function enterAnew(ports: PublishPorts, shown: ShownRound): Promise<void> {
  const proven = await provenOf(ports, await findJob(ports.db, shown.case, shown.round));
  if (proven === null) return;
  await runInTransaction(ports.db, async (tx) => {
    await lockDocument(tx, shown.document);
    if (await isPointedAt(tx, shown)) await enterEdition(tx, shown, proven.edition);
  });
}
