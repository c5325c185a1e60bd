import { refuse, type Refusal } from '#domain/decision';
import { lockedChanges } from '#report/correction/locked-changes';
import { placeName } from '#report/correction/report-places';
import { takeOpen } from '#report/correction/take-open';
import type { AnnualReport } from '#report/model';

/** What a correction may change: the report as it is public, and the places opened so far. */
export interface Locks {
  readonly base: AnnualReport;
  readonly open: ReadonlySet<string>;
}

/** A text that may be saved. `opens`: the place the correction begins with by it; `left`: where a file differs and was not taken. */
export interface FittedText {
  readonly report: AnnualReport;
  readonly opens: string | null;
  readonly left: readonly string[];
}

/** Names that are told in a sentence; more are counted. */
const MOST_NAMED = 8;

/**
 * A text as it may become the next revision of a correction. While nothing is open, the first place changed is what the correction begins with. Of
 * a file (`isFile`) only what is open is taken. Refuses place_locked (count, places by name, ids).
 */
export function fitToLocks(
  { base, open }: Locks,
  next: AnnualReport,
  isFile: boolean,
): FittedText | Refusal<'place_locked'> {
  const locked = lockedChanges(base, next, open);
  const [first, ...more] = locked;
  if (first === undefined) return { report: next, opens: null, left: [] };
  if (open.size === 0 && more.length === 0) return { report: next, opens: first, left: [] };
  const taken = isFile ? takeOpen(base, next, open) : null;
  const isTaken = taken !== null && lockedChanges(base, taken.report, new Set()).length > 0;
  return isTaken ? { ...taken, opens: null } : refuseLocked(base, locked);
}

function refuseLocked(base: AnnualReport, ids: readonly string[]): Refusal<'place_locked'> {
  const places = ids.slice(0, MOST_NAMED).map((place) => placeName(base, place) ?? place);
  return refuse('place_locked', { count: ids.length, places, ids });
}

/**
 * Null when a place may be opened; `reason` null is for the place a correction begins with. Refuses nothing_locked (no correction is written under
 * locks), place_unknown (place), place_open (place), reason_required.
 */
export function whyNoOpening(
  locks: Locks | null,
  place: string,
  reason: string | null,
): Refusal<'nothing_locked' | 'place_unknown' | 'place_open' | 'reason_required'> | null {
  if (locks === null) return refuse('nothing_locked');
  const name = placeName(locks.base, place);
  if (name === null) return refuse('place_unknown', { place });
  if (locks.open.has(place)) return refuse('place_open', { place: name });
  return reason === null && locks.open.size > 0 ? refuse('reason_required') : null;
}

/** The places a correction begins with, each once. Refuses place_unknown (place). */
export function firstPlaces(base: AnnualReport, places: readonly string[]): string[] | Refusal<'place_unknown'> {
  const unknown = places.find((place) => placeName(base, place) === null);
  return unknown === undefined ? [...new Set(places)] : refuse('place_unknown', { place: unknown });
}
