import type { Digest } from '#domain/identifiers';
import { isDefect } from '#evidence/defect';
import { type LedgerEntry, readEntry } from '#evidence/ledger-entry';
import { type Handle, rows } from '#persistence/sql';
import { ACCEPTED } from './record-entry.js';

/** A chain that cannot be told again because somebody damaged it. */
export class Unreplayable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreplayable';
  }
}

/** An accepted entry of a report with what happened, as it was kept beside it; null where the act had no body, or it was erased. */
export interface Happened {
  readonly entry: LedgerEntry;
  readonly hash: Digest;
  readonly body: unknown;
  /** What happened was erased, as a later entry of the chain says: no row can be made of it again. */
  readonly erased: boolean;
}

/**
 * What was accepted about a report, in the order of its chain, from this service's ledger; `caseId` narrows it to one case. Throws Unreplayable for
 * an entry that cannot be read or a body that is gone; one that was erased is marked so.
 */
export async function happenedTo(handle: Handle, report: string, caseId?: string): Promise<Happened[]> {
  const stored = await rows<{ hash: string; bytes: Buffer }>(
    handle,
    'SELECT hash, bytes FROM ledger_entry WHERE report = $1 ORDER BY seq',
    [report],
  );
  const read = stored.map(({ hash, bytes }) => {
    const entry = readEntry(bytes);
    if (isDefect(entry)) throw new Unreplayable(`entry ${hash} of report ${report} cannot be read: ${entry.detail}`);
    return { entry, hash: hash as Digest };
  });
  const accepted = read.filter(
    ({ entry }) => entry.outcome === ACCEPTED && (caseId === undefined || entry.case === caseId),
  );
  const erasures = new Set(read.flatMap(({ entry }) => erasedBy(entry) ?? []));
  const bodies = await bodiesOf(
    handle,
    accepted.flatMap(({ entry }) => entry.digests['events'] ?? []),
  );
  return accepted.map(({ entry, hash }) => {
    const events = entry.digests['events'];
    if (events === undefined) return { entry, hash, body: null, erased: false };
    const bytes = bodies.get(events);
    if (bytes === undefined && erasures.has(events)) return { entry, hash, body: null, erased: true };
    if (bytes === undefined) throw new Unreplayable(`what entry ${hash} of report ${report} says happened is gone`);
    return { entry, hash, body: JSON.parse(bytes.toString('utf8')) as unknown, erased: false };
  });
}

/** The digest of the body an entry says was erased; undefined for every other entry. */
export function erasedBy({ action, outcome, digests }: LedgerEntry): Digest | undefined {
  return outcome === ACCEPTED && action.endsWith('.erase') ? digests['erased'] : undefined;
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
