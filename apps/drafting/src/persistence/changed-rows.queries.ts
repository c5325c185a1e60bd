import { rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** A row as a transaction left it. The text of a revision or a file is not in it, only its digest. */
export interface ChangedRow {
  readonly table:
    'report' | 'revision' | 'submission' | 'public_act' | 'suggestion' | 'last_year_file' | 'opened_place';
  readonly row: Readonly<Record<string, unknown>>;
}

/** What this transaction has written about a report: the rows' own transaction number says so, whatever wrote them. */
export function changedRows(tx: Tx, document: string): Promise<ChangedRow[]> {
  return rows<ChangedRow>(
    tx,
    `SELECT 'report' AS "table", to_jsonb(r) AS row FROM report r WHERE id = $1 AND xmin = pg_current_xact_id()::xid
     UNION ALL SELECT 'revision', to_jsonb(v) - 'report' FROM revision v
       WHERE report_id = $1 AND xmin = pg_current_xact_id()::xid
     UNION ALL SELECT 'submission', to_jsonb(s) FROM submission s
       WHERE report_id = $1 AND xmin = pg_current_xact_id()::xid
     UNION ALL SELECT 'public_act', to_jsonb(a) FROM public_act a
       WHERE report_id = $1 AND xmin = pg_current_xact_id()::xid
     UNION ALL SELECT 'suggestion', to_jsonb(g) FROM suggestion g
       WHERE document = $1 AND xmin = pg_current_xact_id()::xid
     UNION ALL SELECT 'last_year_file', to_jsonb(f) - 'report' FROM last_year_file f
       WHERE report_id = $1 AND xmin = pg_current_xact_id()::xid
     UNION ALL SELECT 'opened_place', to_jsonb(o) FROM opened_place o
       WHERE report_id = $1 AND xmin = pg_current_xact_id()::xid`,
    [document],
  );
}
