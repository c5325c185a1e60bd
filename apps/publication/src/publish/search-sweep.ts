import { raiseAlarm } from '#outbox/alarm';
import { runInTransaction } from '#persistence/transaction';
import { findJob, lockDocument } from '../persistence/publication-job.repository.js';
import {
  enterEdition,
  findUnentered,
  forgetOutdated,
  isSearchBehind,
  type ShownRound,
} from '../persistence/search-entry.repository.js';
import type { PublishPorts } from './attempt.js';
import { isPointedAt } from './linking.js';
import { provenOf } from './standing-pages.js';

/** Milliseconds one sweep may enter reports for, so that thousands found after an upgrade leave the publisher its turns. */
const ENTERING_MS = 10_000;

/** From so many seconds after it became public a report the search does not find is an alarm: a sweep has passed meanwhile. */
const BEHIND_SECONDS = 60;

/**
 * The search knows every live edition and nothing else: enters what was live before there was a search, what an older form entered, what could not
 * be written or somebody removed, and the edition an address went back to; removes what is live no more. Alarm `search_behind` while reports that are
 * public for a minute cannot be found. Throws, once the others are entered, what one of them threw.
 */
export async function sweepSearch(ports: PublishPorts, enteringMs = ENTERING_MS): Promise<void> {
  const faults: unknown[] = [];
  await forgetOutdated(ports.db).catch((error: unknown) => faults.push(error));
  const until = performance.now() + enteringMs;
  for (const shown of await findUnentered(ports.db)) {
    if (performance.now() > until) break;
    await enterAnew(ports, shown).catch((error: unknown) => faults.push(error));
  }
  if (await isSearchBehind(ports.db, BEHIND_SECONDS)) await raiseAlarm(ports.db, 'search_behind', {});
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} entries of the search were not written`);
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
