import { row } from '#persistence/sql';
import { enterOperated, inPublication } from './publication-database.js';

/** What the search knows of all live reports. `behind`: reports it does not know as they are. */
export interface SearchCount {
  readonly live: number;
  readonly entered: number;
  readonly behind: number;
}

const COUNT = `SELECT count(*)::int AS live, count(entry.document)::int AS entered,
    (count(*) FILTER (WHERE entry.document IS NULL OR entry.form = 0 OR
      (entry.case_id, entry.round) IS DISTINCT FROM (live.case_id, live.round)))::int AS behind
  FROM live_pointer AS live LEFT JOIN search_entry AS entry USING (document) WHERE live.state = 'live'`;

/** How far the search is. Throws CommandFailure `no_database`. */
export function countSearch(url: string): Promise<SearchCount> {
  return inPublication(url, async (tx) => (await row<SearchCount>(tx, COUNT)) ?? { live: 0, entered: 0, behind: 0 });
}

/**
 * Has every entry made anew from the signed bytes by publication's sweep, with a ledger entry: each stays as it is, and is found, until its turn.
 * Answers how many there are to make.
 */
export function rebuildSearch(url: string, operator: string): Promise<SearchCount> {
  return inPublication(url, async (tx) => {
    // No way of folding and pairing has the number 0, so the sweep takes each for one made by an older one.
    await row(tx, 'UPDATE search_entry SET form = 0');
    const found = (await row<SearchCount>(tx, COUNT)) ?? { live: 0, entered: 0, behind: 0 };
    await enterOperated(tx, { action: 'publication.rebuild-search', operator, about: { reports: found.behind } });
    return found;
  });
}
