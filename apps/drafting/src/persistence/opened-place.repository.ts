import { type Handle, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** A place somebody opened. `reason` null: the correction began there. */
export interface OpenedPlace {
  readonly place: string;
  readonly reason: string | null;
  readonly person: string;
  readonly at: Date;
}

/** The places opened for an edition of a report, the first first. They change only under the report's row lock. */
export function openedPlaces(handle: Handle, document: string, edition: number): Promise<OpenedPlace[]> {
  return rows<OpenedPlace>(
    handle,
    'SELECT place, reason, person, at FROM opened_place WHERE report_id = $1 AND edition = $2 ORDER BY at, place',
    [document, edition],
  );
}

/** Keeps a place as open for an edition. */
export async function addOpenedPlace(
  tx: Tx,
  { document, edition, place, reason, person }: Omit<OpenedPlace, 'at'> & { document: string; edition: number },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO opened_place (report_id, edition, place, reason, person, at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp())`,
    [document, edition, place, reason, person],
  );
}
