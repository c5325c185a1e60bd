import type { Decision } from '#evidence/bundle';
import type { CountedSeat } from '#evidence/statements';
import type { Tx } from '#persistence/transaction';
import { decisionEvidence } from './decision-record.js';
import { signedSeats } from './leg.js';
import type { StoredLeg } from './stored-leg.js';
import { signaturesOf, type StoredDecision } from './leg-decision.repository.js';

/** The seats of a complete leg as a dossier or seal lists them, with their decisions in the same order. */
interface CountedSeats {
  readonly seats: readonly CountedSeat[];
  readonly decisions: readonly Decision[];
}

/** Reads the decisions behind a leg's signed seats, in signing order. Throws when a signed seat has none. */
export async function countedSeats(tx: Tx, { id, legCase }: StoredLeg): Promise<CountedSeats> {
  const kept = await signaturesOf(tx, id);
  const pairs = signedSeats(legCase).map((seat) => ({ seat, decision: decisionFor(kept, seat.id) }));
  return {
    seats: pairs.map(({ seat, decision }) => ({
      seat: seat.id,
      stage: seat.stage,
      role: seat.role,
      organ: seat.organ,
      actor: seat.signature.actor,
      decision: decision.digest,
      at: seat.signature.at,
      onBehalfOf: seat.signature.onBehalfOf,
      added: seat.addedBy !== null,
      as: seat.signature.as,
    })),
    decisions: pairs.map(({ decision }) => decisionEvidence(decision)),
  };
}

function decisionFor(kept: ReadonlyMap<string, StoredDecision>, seat: string): StoredDecision {
  const found = kept.get(seat);
  if (found === undefined) throw new Error(`seat ${seat} is signed and no decision is kept for it`);
  return found;
}
