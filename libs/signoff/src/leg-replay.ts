import type { Digest } from '#domain/identifiers';
import type { LegCase, LegEvent } from './leg.js';
import { evolve } from './leg-case.js';

/** One accepted command of a leg as the ledger keeps it: its events, and the digests the entry names. */
export interface LedgerStep {
  readonly events: readonly LegEvent[];
  readonly digests: Readonly<Record<string, Digest>>;
}

/** A round of a leg as the ledger tells it: what stood in the row, and what the leg handed on. */
export interface ReplayedLeg {
  readonly legCase: LegCase;
  readonly dossier: Digest | null;
  readonly bundle: Digest | null;
}

/**
 * Tells one leg of one case again from its ledger alone, in the order of its entries: every round and pass that was opened,
 * oldest first, as its row must stand. RangeError when an entry follows no opening: then entries are missing.
 */
export function replayLeg(steps: readonly LedgerStep[]): readonly ReplayedLeg[] {
  const rounds: ReplayedLeg[] = [];
  for (const [index, { events, digests }] of steps.entries()) {
    const opens = events[0]?.type === 'opened';
    const before = opens ? undefined : rounds.pop();
    if (!opens && before === undefined) throw new RangeError(`entry ${index} of the case follows no opening`);
    const legCase = events.reduce<LegCase | null>(evolve, before?.legCase ?? null);
    if (legCase === null) throw new RangeError(`entry ${index} of the case tells nothing`);
    const dossier = legCase.round.leg === 'review' ? (digests['dossier'] ?? before?.dossier ?? null) : null;
    rounds.push({ legCase, dossier, bundle: digests['bundle'] ?? before?.bundle ?? null });
  }
  return rounds;
}

/** Where rows and ledger differ: a place such as `round 1.1 seats[0].person`; null when they tell the same. */
export function replayDifference(told: readonly ReplayedLeg[], kept: readonly ReplayedLeg[]): string | null {
  if (told.length !== kept.length) return `${told.length} rounds in the ledger, ${kept.length} in the table`;
  for (const [index, one] of told.entries()) {
    const { round, pass } = one.legCase.round;
    const place = differingPlace(one, kept[index]);
    if (place !== null) return `round ${round}.${pass}${place}`;
  }
  return null;
}

function differingPlace(told: unknown, kept: unknown): string | null {
  if (Object.is(told, kept)) return null;
  if (typeof told !== 'object' || typeof kept !== 'object' || told === null || kept === null) return '';
  const [one, other] = [told as Record<string, unknown>, kept as Record<string, unknown>];
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const place = differingPlace(one[key], other[key]);
    if (place !== null) return `${Array.isArray(told) ? `[${key}]` : `.${key}`}${place}`;
  }
  return null;
}
