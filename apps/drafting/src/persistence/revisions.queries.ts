import { type Handle, row, rows } from '#persistence/sql';

/** One saved state, without its text. */
export interface RevisionRecord {
  readonly revision: number;
  readonly digest: string;
  readonly author: string;
  readonly at: Date;
  readonly importedFrom: string | null;
}

/** More than this many revisions back nobody looks. */
const MOST_LISTED = 100;
const LINE = 'seq AS revision, digest, author, at, imported_from AS "importedFrom"';

/** The newest revisions of a report, newest first. */
export function revisionsOf(handle: Handle, document: string): Promise<RevisionRecord[]> {
  return rows(handle, `SELECT ${LINE} FROM revision WHERE report_id = $1 ORDER BY seq DESC LIMIT $2`, [
    document,
    MOST_LISTED,
  ]);
}

/** One revision with its canonical JSON, or undefined. */
export function findRevision(
  handle: Handle,
  document: string,
  revision: number,
): Promise<(RevisionRecord & { readonly report: string }) | undefined> {
  return row(handle, `SELECT ${LINE}, report FROM revision WHERE report_id = $1 AND seq = $2`, [document, revision]);
}
