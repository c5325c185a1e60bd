import type { Digest } from '#domain/identifiers';
import type { DecisionStatement } from '#evidence/statements';
import type { LegCase, Seat } from './leg.js';
import { stageOf } from './route.js';

/** Who decides on a seat, and what: a signature, or a return with the digest of its reason. */
export interface DecisionBy {
  readonly kind: DecisionStatement['kind'];
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly reason: Digest | null;
  readonly place: string | null;
}

/** A signature by the person for himself: the usual case. */
export function signatureBy(actor: string, onBehalfOf: string | null = null): DecisionBy {
  return { kind: 'sign', actor, onBehalfOf, reason: null, place: null };
}

/**
 * The one statement the server would write for this seat now. A signature counts only over exactly these bytes,
 * so another content, seat, route or not-before voids it without a rule about staleness.
 */
export function statementFor(legCase: LegCase, seat: Seat, by: DecisionBy): DecisionStatement {
  const { round } = legCase;
  return {
    case: round.case,
    round: round.round,
    leg: round.leg,
    seat: seat.id,
    stage: seat.stage,
    kind: by.kind,
    document: round.document,
    edition: round.edition,
    content: round.content,
    route: round.route,
    notBefore: round.notBefore,
    meaning: stageOf(legCase, seat.stage).meaning,
    actor: by.actor,
    onBehalfOf: by.onBehalfOf,
    reason: by.reason,
    place: by.place,
    act: round.kind,
    notice: round.notice,
  };
}
