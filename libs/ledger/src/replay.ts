import type { Digest } from '#domain/identifiers';
import { isDefect } from '#evidence/defect';
import { type LedgerEntry, readEntry } from '#evidence/ledger-entry';
import { type Handle, rows } from '#persistence/sql';
import { ACCEPTED } from './record-entry.js';

/** An accepted entry of a report with what happened, as it was kept beside it; null where the act had no body. */
export interface Happened {
  readonly entry: LedgerEntry;
  readonly hash: Digest;
  readonly body: unknown;
}

/**
 * What was accepted about a report, in the order of its chain, from this service's ledger; `caseId` narrows it to one case. Throws for an entry that
 * cannot be read or a body that is gone: what was erased cannot be replayed.
 */
export async function happenedTo(handle: Handle, report: string, caseId?: string): Promise<Happened[]> {
  const stored = await rows<{ hash: string; bytes: Buffer }>(
    handle,
    'SELECT hash, bytes FROM ledger_entry WHERE report = $1 ORDER BY seq',
    [report],
  );
  const read = stored.map(({ hash, bytes }) => {
    const entry = readEntry(bytes);
    if (isDefect(entry)) throw new Error(`entry ${hash} of report ${report} cannot be read: ${entry.detail}`);
    return { entry, hash: hash as Digest };
  });
  const accepted = read.filter(
    ({ entry }) => entry.outcome === ACCEPTED && (caseId === undefined || entry.case === caseId),
  );
  const bodies = await bodiesOf(
    handle,
    accepted.flatMap(({ entry }) => entry.digests['events'] ?? []),
  );
  return accepted.map(({ entry, hash }) => {
    const events = entry.digests['events'];
    if (events === undefined) return { entry, hash, body: null };
    const bytes = bodies.get(events);
    if (bytes === undefined) throw new Error(`what entry ${hash} of report ${report} says happened is gone`);
    return { entry, hash, body: JSON.parse(bytes.toString('utf8')) as unknown };
  });
}

async function bodiesOf(handle: Handle, digests: readonly string[]): Promise<Map<string, Buffer>> {
  const found = await rows<{ digest: string; bytes: Buffer }>(
    handle,
    'SELECT digest, bytes FROM ledger_body WHERE digest = ANY ($1)',
    [digests],
  );
  return new Map(found.map(({ digest, bytes }) => [digest, bytes]));
}

/** Makes the state of a report again from what happened to it: `evolve` is the law's, and sees every body once, in order. */
export function replay<State>(
  happened: readonly Happened[],
  start: State,
  evolve: (state: State, one: Happened) => State,
): State {
  return happened.reduce(evolve, start);
}
