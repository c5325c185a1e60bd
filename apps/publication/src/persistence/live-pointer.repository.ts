import type { PublicPointer } from '../domain/public-pointer.js';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { dropDeliveries } from './channel-delivery.repository.js';

/** What a public address shows, and whose files these are. */
export interface LivePointer extends PublicPointer {
  readonly document: string;
  readonly organ: string;
  readonly year: number;
  readonly tree: string;
}

const COLUMNS = 'document, organ, year, state, edition, case_id AS "case", round, tree';

/** The pointer of a document, or undefined. */
export function findPointer(handle: Handle, document: string): Promise<LivePointer | undefined> {
  return row<LivePointer>(handle, `SELECT ${COLUMNS} FROM live_pointer WHERE document = $1`, [document]);
}

/** Every pointer. */
export function findPointers(handle: Handle): Promise<LivePointer[]> {
  return rows<LivePointer>(handle, `SELECT ${COLUMNS} FROM live_pointer`);
}

/** Why a pointer did not move although the law lets it: somebody else has the address, or the row is not what it was judged by. */
export type PointerRefusal = 'pointer_moved_on' | 'address_taken';

/**
 * Points an address at these files. The law has judged; the statement itself goes upward only all the same: over a lower
 * edition, from live to withdrawn, or again for the same round. Run under `lockDocument`.
 */
export async function movePointer(tx: Tx, to: LivePointer): Promise<PointerRefusal | null> {
  const moved = await row(
    tx,
    `INSERT INTO live_pointer AS live (document, organ, year, state, edition, case_id, round, tree, at)
     SELECT $1, $2, $3, $8, $4, $5, $6, $7, clock_timestamp()
     WHERE NOT EXISTS (SELECT 1 FROM live_pointer WHERE organ = $2 AND year = $3 AND document <> $1)
     ON CONFLICT (document) DO UPDATE SET state = excluded.state, edition = excluded.edition, case_id = excluded.case_id,
       round = excluded.round, tree = excluded.tree, at = excluded.at
     WHERE (live.organ, live.year) = (excluded.organ, excluded.year) AND (live.edition < excluded.edition
       OR (live.edition = excluded.edition AND live.state = 'live' AND excluded.state = 'withdrawn')
       OR (live.edition = excluded.edition AND live.case_id = excluded.case_id AND live.round = excluded.round))
     RETURNING document`,
    [to.document, to.organ, to.year, to.edition, to.case, to.round, to.tree, to.state],
  );
  if (moved !== undefined) return null;
  const standing = await findPointer(tx, to.document);
  const isOurs = standing !== undefined && standing.organ === to.organ && standing.year === to.year;
  return isOurs ? 'pointer_moved_on' : 'address_taken';
}

/**
 * Takes the pointer of a round back, and gives it to what was proved before: the edition that is live, or else the page that
 * says one was taken back. What it would have sent to channels is dropped with it. Answers where it points now.
 */
export async function withdrawPointer(
  tx: Tx,
  from: { readonly document: string; readonly case: string; readonly round: number },
): Promise<LivePointer | undefined> {
  await rows(tx, 'DELETE FROM live_pointer WHERE document = $1 AND case_id = $2 AND round = $3', [
    from.document,
    from.case,
    from.round,
  ]);
  await dropDeliveries(tx, from);
  await rows(
    tx,
    `INSERT INTO live_pointer (document, organ, year, state, edition, case_id, round, tree, at)
     SELECT document, organ, year, CASE WHEN state = 'live' THEN 'live' ELSE 'withdrawn' END, edition, case_id, round, page_tree,
       clock_timestamp()
     FROM publication_job
     WHERE document = $1 AND (state = 'live' OR (state = 'done' AND kind = 'withdraw'))
       AND NOT (case_id = $2 AND round = $3) ORDER BY edition DESC LIMIT 1
     ON CONFLICT DO NOTHING`,
    [from.document, from.case, from.round],
  );
  return findPointer(tx, from.document);
}
