import type { DataSource } from 'typeorm';
import { runInTransaction } from '#persistence/transaction';
import type { EditionDocument } from '#report/edition';
import { findPointer } from '../persistence/live-pointer.repository.js';
import { lockDocument } from '../persistence/publication-job.repository.js';
import { enterEdition, forgetEdition, type ShownRound } from '../persistence/search-entry.repository.js';
import { isPointedAt } from './linking.js';

/**
 * Has the search follow an address that changed: enters the edition that became public, or forgets what is live no more. In a transaction of its
 * own after the effect is recorded, so that going live and taking back never wait for the index; what fails here is made good by the sweep. It
 * withholds nothing meanwhile either: what the search shows is read from proven files.
 */
export function followAddress(db: DataSource, round: ShownRound, shown: EditionDocument | undefined): Promise<void> {
  return runInTransaction(db, async (tx) => {
    await lockDocument(tx, round.document);
    if (shown !== undefined && (await isPointedAt(tx, round))) await enterEdition(tx, round, shown);
    else if ((await findPointer(tx, round.document))?.state !== 'live') await forgetEdition(tx, round.document);
  });
}
