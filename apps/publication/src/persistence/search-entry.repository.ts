import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { EditionDocument } from '#report/edition';
import { foldWords } from '../search/folded-words.js';
import { writtenPassages } from '../search/searched-passages.js';
import { formMark, pairsOf, yearMark } from '../search/word-pairs.js';

/** Goes up whenever folding, pairing or passages change: the sweep then enters every report anew. */
const FORM = 1;

/** The round whose edition an address shows. */
export interface ShownRound {
  readonly document: string;
  readonly case: string;
  readonly round: number;
}

/** The row of an edition. `pairs`: as PostgreSQL writes an array, which spares it a thousand quoted parts. */
export function entryOf(
  { document, case: caseId, round }: ShownRound,
  shown: EditionDocument,
): Record<string, unknown> {
  const { organ, year, edition, report } = shown;
  const text = writtenPassages(shown)
    .map((passage) => foldWords(passage.text).text)
    .join('\n');
  const pairs = `{${[...pairsOf(text), yearMark(year), formMark(report.format)].join(',')}}`;
  const names = `${foldWords(organ.name).text}\n${foldWords(report.title).text}`;
  return { document, organ: organ.code, names, year, edition, case_id: caseId, round, form: FORM, text, pairs };
}

/** Enters an edition in place of what the search knew of its document. Run under `lockDocument`, where the pointer says so. */
export async function enterEdition(tx: Tx, round: ShownRound, edition: EditionDocument): Promise<void> {
  const {
    document,
    organ,
    names,
    year,
    edition: no,
    case_id: caseId,
    round: at,
    form,
    text,
    pairs,
  } = entryOf(round, edition);
  await rows(
    tx,
    `INSERT INTO search_entry (document, organ, names, year, edition, case_id, round, form, text, pairs)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (document) DO UPDATE SET organ = excluded.organ, names = excluded.names, year = excluded.year,
       edition = excluded.edition, case_id = excluded.case_id, round = excluded.round, form = excluded.form,
       text = excluded.text, pairs = excluded.pairs`,
    [document, organ, names, year, no, caseId, at, form, text, pairs],
  );
}

/** Removes a document from the search. */
export async function forgetEdition(tx: Tx, document: string): Promise<void> {
  await rows(tx, 'DELETE FROM search_entry WHERE document = $1', [document]);
}

/** Removes whatever no live pointer names any more. */
export async function forgetOutdated(handle: Handle): Promise<void> {
  await rows(
    handle,
    `DELETE FROM search_entry AS entry WHERE NOT EXISTS
       (SELECT FROM live_pointer AS live WHERE live.document = entry.document AND live.state = 'live')`,
  );
}

/** What makes a live report one the search does not know, or knows in another round's words or another form. */
const UNENTERED = `FROM live_pointer AS live LEFT JOIN search_entry AS entry USING (document)
     WHERE live.state = 'live' AND (entry.case_id, entry.round, entry.form) IS DISTINCT FROM (live.case_id, live.round, $1)`;

/** Live rounds the search does not know as they are. */
export function findUnentered(handle: Handle): Promise<ShownRound[]> {
  return rows<ShownRound>(
    handle,
    `SELECT live.document, live.case_id AS "case", live.round ${UNENTERED} ORDER BY live.year DESC, live.document`,
    [FORM],
  );
}

/** True while a report whose address changed more than `seconds` ago is not known as it is. */
export async function isSearchBehind(handle: Handle, seconds: number): Promise<boolean> {
  const found = await row(
    handle,
    `SELECT 1 ${UNENTERED} AND live.at < clock_timestamp() - make_interval(secs => $2) LIMIT 1`,
    [FORM, seconds],
  );
  return found !== undefined;
}
