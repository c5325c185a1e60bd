import { groupBy } from '#domain/grouping';
import { digest } from '#domain/identifiers';
import type { Leg } from '#evidence/statements';
import { type Happened, happenedTo, Unreplayable } from '#ledger/replay';
import { type Handle, row, rows } from '#persistence/sql';
import type { LegEvent, Seat } from './leg.js';
import { type LedgerStep, type ReplayedLeg, replayDifference, replayLeg } from './leg-replay.js';
import { type CaseRow, type SeatRow, seatOf, storedLeg } from './stored-leg.js';

/** A case whose rows say something else than its entries, and where; or one that cannot be told again, and why. */
export interface ReplayFinding {
  readonly case: string;
  readonly place: string;
}

/** What telling a leg again has shown. */
export interface LegReplay {
  readonly cases: number;
  readonly differences: readonly ReplayFinding[];
  /** Cases of which the ledger does not have everything, and rightly so: a body was erased, or they are older than the ledger. */
  readonly untold: readonly ReplayFinding[];
}

/** Reports looked at between two questions for more. */
const AT_ONCE = 100;
const REPORTS = `SELECT report FROM (SELECT report FROM ledger_head UNION SELECT document FROM leg_case) AS known (report)
  WHERE report > $1 ORDER BY report LIMIT ${AT_ONCE}`;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Holds every case of a leg against the ledger, one report after another: what its entries tell, from the first on, and what its rows say. An
 * entry somebody wrote by hand, with a leaf of its own, is found here and nowhere else. The connection's search path names the leg's schema.
 */
export async function replayAgainstRows(handle: Handle, leg: Leg): Promise<LegReplay> {
  const first = await row<{ at: Date | null }>(handle, 'SELECT min(at) AS at FROM ledger_entry');
  const found: Found = { cases: 0, differences: [], untold: [] };
  for (let after = BEFORE_ALL; ;) {
    const reports = await rows<{ report: string }>(handle, REPORTS, [after]);
    for (const { report } of reports) await compareReport(handle, { report, leg, since: first?.at ?? null }, found);
    const last = reports.at(-1);
    if (last === undefined || reports.length < AT_ONCE) return found;
    after = last.report;
  }
}

interface Found extends LegReplay {
  cases: number;
  readonly differences: ReplayFinding[];
  readonly untold: ReplayFinding[];
}

/** `since`: the time of the service's first entry. */
async function compareReport(
  handle: Handle,
  { report, leg, since }: { readonly report: string; readonly leg: Leg; readonly since: Date | null },
  found: Found,
): Promise<void> {
  const kept = await rowsByCase(handle, report, leg);
  const all = await toldOf(handle, report);
  if (all instanceof Unreplayable) return void found.differences.push({ case: report, place: all.message });
  for (const caseId of new Set([...all.keys(), ...kept.keys()])) {
    found.cases += 1;
    const told = all.get(caseId) ?? { steps: [], erased: [] };
    const { rounds = [], openedAt } = kept.get(caseId) ?? {};
    const place = differenceOf(told.steps, rounds);
    if (place === null) continue;
    const isOlder = openedAt !== undefined && !isToldFromTheFirst(told) && (since === null || openedAt < since);
    const [erased] = told.erased;
    if (erased !== undefined) found.untold.push({ case: caseId, place: `erased ${erased}` });
    else if (isOlder) found.untold.push({ case: caseId, place: 'older than the ledger' });
    else found.differences.push({ case: caseId, place });
  }
}

/** What each case of a report did; the reason when its chain is damaged. */
function toldOf(handle: Handle, report: string): Promise<Map<string, ToldCase> | Unreplayable> {
  return stepsByCase(handle, report).catch((error: unknown) => {
    if (error instanceof Unreplayable) return error;
    throw error;
  });
}

function isToldFromTheFirst({ steps: [first] }: ToldCase): boolean {
  const [opening] = first?.events ?? [];
  return opening?.type === 'opened' && opening.round.round === 1;
}

function differenceOf(steps: readonly LedgerStep[], kept: readonly ReplayedLeg[]): string | null {
  try {
    return replayDifference(replayLeg(steps), kept);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return error.message;
  }
}

interface ToldCase {
  readonly steps: LedgerStep[];
  /** Places of entries whose body was erased. */
  readonly erased: string[];
}

/** What each case's accepted commands did, in the order of its report's chain. Acts beside the law, such as notes, change no row of it. */
async function stepsByCase(handle: Handle, report: string): Promise<Map<string, ToldCase>> {
  const cases = new Map<string, ToldCase>();
  for (const { entry, body, erased } of await happenedTo(handle, report)) {
    if (entry.case === null) continue;
    const told = cases.get(entry.case) ?? { steps: [], erased: [] };
    const events = eventsIn(body);
    if (erased) told.erased.push(`${report}/${entry.seq}`);
    if (events !== undefined) told.steps.push({ events, digests: entry.digests });
    if (erased || events !== undefined) cases.set(entry.case, told);
  }
  return cases;
}

function eventsIn(body: Happened['body']): readonly LegEvent[] | undefined {
  const { events } = (body ?? {}) as { readonly events?: unknown };
  return Array.isArray(events) ? (events as readonly LegEvent[]) : undefined;
}

interface KeptCase {
  readonly rounds: readonly ReplayedLeg[];
  readonly openedAt: Date;
}

async function rowsByCase(handle: Handle, report: string, leg: Leg): Promise<Map<string, KeptCase>> {
  const found = await rows<CaseRow & { opened_at: Date }>(
    handle,
    'SELECT * FROM leg_case WHERE document = $1 ORDER BY case_id, round, pass, opened_at',
    [report],
  );
  const seats = await rows<SeatRow & { leg_case: string }>(
    handle,
    'SELECT * FROM leg_seat WHERE current AND leg_case = ANY ($1) ORDER BY place',
    [found.map(({ id }) => id)],
  );
  const seatsOf = (id: string): readonly Seat[] => seats.filter((seat) => seat.leg_case === id).map(seatOf);
  const roundOf = (one: CaseRow): ReplayedLeg => {
    const { legCase, dossier, bundle } = storedLeg(one, seatsOf(one.id));
    // The approval leg is given its dossier, it does not make it.
    return { legCase, dossier: leg === 'review' ? dossier : null, bundle: bundle && digest(bundle) };
  };
  return new Map(
    [...groupBy(found, ({ case_id: caseId }) => caseId)].map(([caseId, all]) => [
      caseId,
      { rounds: all.map(roundOf), openedAt: all.reduce((a, b) => (b.opened_at < a.opened_at ? b : a)).opened_at },
    ]),
  );
}
