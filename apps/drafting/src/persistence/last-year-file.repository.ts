import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { AnnualReport } from '#report/model';

/** Last year's report as read from a file. `digest`: SHA-256 of the file in the content store. */
export interface LastYearFile {
  readonly fileName: string;
  readonly digest: string;
  readonly report: AnnualReport;
}

/** Puts a file beside the draft, in place of the one that was there. */
export async function putLastYearFile(
  tx: Tx,
  document: string,
  { fileName, digest, report, author }: LastYearFile & { readonly author: string },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO last_year_file (report_id, file_name, digest, report, author, at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp())
     ON CONFLICT (report_id) DO UPDATE SET file_name = $2, digest = $3, report = $4, author = $5, at = clock_timestamp()`,
    [document, fileName, digest, JSON.stringify(report), author],
  );
}

/** The file beside the draft, or undefined. */
export async function findLastYearFile(handle: Handle, document: string): Promise<LastYearFile | undefined> {
  const found = await row<{ fileName: string; digest: string; report: string }>(
    handle,
    'SELECT file_name AS "fileName", digest, report FROM last_year_file WHERE report_id = $1',
    [document],
  );
  return found && { ...found, report: JSON.parse(found.report) as AnnualReport };
}
