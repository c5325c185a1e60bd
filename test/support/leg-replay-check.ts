import { digest } from '#domain/identifiers';
import type { Leg } from '#evidence/statements';
import { happenedTo } from '#ledger/replay';
import { type Handle, rows } from '#persistence/sql';
import type { LegEvent, Seat } from '#signoff/leg';
import { type LedgerStep, type ReplayedLeg, replayDifference, replayLeg } from '#signoff/leg-replay';
import { type CaseRow, type SeatRow, seatOf, storedLeg } from '#signoff/stored-leg';

/**
 * Holds every case of a leg against the ledger: what its entries tell, from the first on, and what its rows say. Answers each
 * difference with the case it is in. The connection's search path names the leg's schema.
 */
export async function replayDifferences(handle: Handle, leg: Leg): Promise<readonly string[]> {
  const [steps, kept] = [await stepsByCase(handle), await rowsByCase(handle, leg)];
  const cases = new Set([...steps.keys(), ...kept.keys()]);
  return [...cases].flatMap((caseId) => {
    const found = replayDifference(replayLeg(steps.get(caseId) ?? []), kept.get(caseId) ?? []);
    return found === null ? [] : [`${caseId}: ${found}`];
  });
}

/** What each case's accepted commands did, in the order of its report's chain. */
async function stepsByCase(handle: Handle): Promise<Map<string, LedgerStep[]>> {
  const steps = new Map<string, LedgerStep[]>();
  for (const { report } of await rows<{ report: string }>(handle, 'SELECT report FROM ledger_head ORDER BY report')) {
    for (const { entry, body } of await happenedTo(handle, report)) {
      if (entry.case === null || body === null) continue;
      const { events } = body as { readonly events: readonly LegEvent[] };
      steps.set(entry.case, [...(steps.get(entry.case) ?? []), { events, digests: entry.digests }]);
    }
  }
  return steps;
}

async function rowsByCase(handle: Handle, leg: Leg): Promise<Map<string, ReplayedLeg[]>> {
  const found = await rows<CaseRow>(handle, 'SELECT * FROM leg_case ORDER BY case_id, round, pass, opened_at');
  const seats = await rows<SeatRow & { leg_case: string }>(
    handle,
    'SELECT * FROM leg_seat WHERE current ORDER BY place',
  );
  const kept = new Map<string, ReplayedLeg[]>();
  const seatsOf = (id: string): readonly Seat[] => seats.filter((seat) => seat.leg_case === id).map(seatOf);
  for (const one of found) {
    const { legCase, dossier, bundle } = storedLeg(one, seatsOf(one.id));
    // The approval leg is given its dossier, it does not make it.
    const made = { legCase, dossier: leg === 'review' ? dossier : null, bundle: bundle && digest(bundle) };
    kept.set(one.case_id, [...(kept.get(one.case_id) ?? []), made]);
  }
  return kept;
}
