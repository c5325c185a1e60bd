import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** What a public address shows. */
export interface LivePointer {
  readonly document: string;
  readonly organ: string;
  readonly year: number;
  readonly edition: number;
  readonly case: string;
  readonly round: number;
  readonly tree: string;
}

const COLUMNS = 'document, organ, year, edition, case_id AS "case", round, tree';

/** The pointer of a document, or undefined. */
export function findPointer(handle: Handle, document: string): Promise<LivePointer | undefined> {
  return row<LivePointer>(handle, `SELECT ${COLUMNS} FROM live_pointer WHERE document = $1`, [document]);
}

/** Every pointer. */
export function findPointers(handle: Handle): Promise<LivePointer[]> {
  return rows<LivePointer>(handle, `SELECT ${COLUMNS} FROM live_pointer`);
}

/** Why a pointer did not move: `edition_passed` is no fault, a higher edition is there already. */
export type PointerRefusal = 'edition_passed' | 'edition_taken' | 'address_taken';

/**
 * Points an address at these files, upward only: over a lower edition, or again over the same round. Null when it points there now.
 * Run under `lockDocument`.
 */
export async function movePointer(tx: Tx, to: LivePointer): Promise<PointerRefusal | null> {
  const moved = await row(
    tx,
    `INSERT INTO live_pointer AS live (document, organ, year, edition, case_id, round, tree, at)
     SELECT $1, $2, $3, $4, $5, $6, $7, clock_timestamp()
     WHERE NOT EXISTS (SELECT 1 FROM live_pointer WHERE organ = $2 AND year = $3 AND document <> $1)
     ON CONFLICT (document) DO UPDATE SET edition = excluded.edition, case_id = excluded.case_id, round = excluded.round,
       tree = excluded.tree, at = excluded.at
     WHERE (live.organ, live.year) = (excluded.organ, excluded.year) AND (live.edition < excluded.edition
       OR (live.edition = excluded.edition AND live.case_id = excluded.case_id AND live.round = excluded.round))
     RETURNING document`,
    [to.document, to.organ, to.year, to.edition, to.case, to.round, to.tree],
  );
  if (moved !== undefined) return null;
  const standing = await findPointer(tx, to.document);
  if (standing === undefined || standing.organ !== to.organ || standing.year !== to.year) return 'address_taken';
  return standing.edition > to.edition ? 'edition_passed' : 'edition_taken';
}

/** Takes the pointer of a round back, and gives it to the highest edition below that was proved live. Answers where it points now. */
export async function withdrawPointer(
  tx: Tx,
  from: { readonly document: string; readonly case: string; readonly round: number },
): Promise<LivePointer | undefined> {
  await rows(tx, 'DELETE FROM live_pointer WHERE document = $1 AND case_id = $2 AND round = $3', [
    from.document,
    from.case,
    from.round,
  ]);
  await rows(
    tx,
    `INSERT INTO live_pointer (document, organ, year, edition, case_id, round, tree, at)
     SELECT document, organ, year, edition, case_id, round, page_tree, clock_timestamp() FROM publication_job
     WHERE document = $1 AND state = 'live' AND NOT (case_id = $2 AND round = $3) ORDER BY edition DESC LIMIT 1
     ON CONFLICT DO NOTHING`,
    [from.document, from.case, from.round],
  );
  return findPointer(tx, from.document);
}
