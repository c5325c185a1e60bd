import type { CaseKind } from '#domain/case-kind';
import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { Leg, Office, RouteStage } from '#evidence/statements';

/** Where one leg of a case stands; the same words as `CaseState` in the contracts. */
export type LegState =
  | 'in-review'
  | 'returned'
  | 'withdrawn'
  | 'cleared'
  | 'approved'
  | 'released'
  | 'held'
  | 'done'
  | 'superseded'
  | 'sent-back'
  | 'cancelled';

/** Why a round, or this leg of it (`sent-back`), ended without publication; `held`: publication could not prove it and gave it up. */
type EndKind = 'returned' | 'withdrawn' | 'recalled' | 'cancelled' | 'sent-back' | 'held';

/** What never changes within one pass of a round of one leg. `countedElsewhere` are the persons the other leg counted. */
export interface Round {
  readonly case: string;
  readonly round: number;
  /** Counts how often this leg began within the round: more than once when the later leg sent the case back. */
  readonly pass: number;
  readonly kind: CaseKind;
  readonly leg: Leg;
  readonly document: string;
  readonly edition: number;
  readonly organ: string;
  readonly year: number;
  readonly content: Digest;
  readonly route: Digest;
  readonly submission: Digest;
  readonly submitter: string;
  readonly contributors: readonly string[];
  readonly notBefore: Instant | null;
  /** Digest of what the public is told of a correction, withdrawal or emergency. */
  readonly notice: Digest | null;
  readonly undoSeconds: number;
  readonly stages: readonly RouteStage[];
  /** Stages of the leg before this one, to which the case can be sent back. */
  readonly stagesBefore: readonly string[];
  readonly countedElsewhere: readonly string[];
}

/**
 * A counted signature: who, for whom, when (database clock, never before an earlier one of the round). `as`: the superior
 * office by which an overdue seat was taken.
 */
interface SeatSignature {
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly at: Instant;
  readonly as: Office | null;
}

/**
 * A place to sign. `id` is fresh per opening; `ordinal` counts from 0 within the stage; `organ` is resolved from "self".
 * `person`: the only one who may take it. `addedBy`: who asked for it beside the route (加签).
 */
export interface Seat extends Office {
  readonly id: string;
  readonly stage: string;
  readonly ordinal: number;
  readonly person: string | null;
  readonly addedBy: string | null;
  readonly signature: SeatSignature | null;
}

/** A seat that carries a counted signature. */
export type SignedSeat = Seat & { readonly signature: SeatSignature };

/** The stage people sign in: since when, until when (null: no limit, or a calendar nobody loaded), and whether its superior was asked. */
export interface StageClock {
  readonly stage: string;
  readonly since: Instant;
  readonly dueAt: Instant | null;
  readonly escalated: boolean;
}

/**
 * How a round ended: by whom, why, and where in the report (`place`). `to`: the review stage it was sent back to. What no
 * person ended has `by` null, an empty reason and a `code` that says why.
 */
export interface Ending {
  readonly kind: EndKind;
  readonly by: string | null;
  readonly at: Instant;
  readonly reason: string;
  readonly place: string | null;
  readonly to: string | null;
  readonly code?: string;
}

/** Signatures that turned out to count for nothing: the case went back to stage `to`. `from`: the stage that was open. */
export interface Lapse {
  readonly at: Instant;
  readonly from: string | null;
  readonly to: string;
  readonly code: string;
}

/** One round of one leg of a case. `releaseAt` is set by the last approval signature, `releasedAt` by the release. */
export interface LegCase {
  readonly round: Round;
  readonly state: LegState;
  readonly seats: readonly Seat[];
  readonly clock: StageClock | null;
  readonly ending: Ending | null;
  /** Oldest first. */
  readonly lapses: readonly Lapse[];
  readonly releaseAt: Instant | null;
  readonly releasedAt: Instant | null;
}

/** A seat that is opened anew under a fresh id, so that whatever was prepared for the old one opens nothing. */
export interface RenewedSeat {
  readonly seat: string;
  readonly id: string;
}

/** Back to an earlier stage of the leg: by whom, why, where in the report, and which stages. */
export interface SentBack {
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
  readonly place: string | null;
  readonly from: string;
  readonly to: string;
}

/** What ledgers of an earlier release hold and nothing causes any more: a case held without a way on. */
type FormerEvent = { readonly type: 'held' };

/** What happened to one leg of a case. */
export type LegEvent =
  | { readonly type: 'opened'; readonly round: Round; readonly seats: readonly Seat[] }
  | { readonly type: 'stage-opened'; readonly stage: string; readonly at: Instant; readonly dueAt: Instant | null }
  | ({ readonly type: 'seat-signed'; readonly seat: string } & SeatSignature)
  | ({ readonly type: 'sent-back'; readonly renewed: readonly RenewedSeat[] } & SentBack)
  | ({ readonly type: 'lapsed'; readonly renewed: readonly RenewedSeat[] } & Lapse)
  | ({ readonly type: 'reopened'; readonly renewed: readonly RenewedSeat[] } & Omit<Lapse, 'from' | 'code'> & {
        readonly code?: string;
      })
  | { readonly type: 'taken-back'; readonly actor: string; readonly renewed: readonly RenewedSeat[] }
  | ({ readonly type: 'handed-over'; readonly by: string | null; readonly to: string | null } & RenewedSeat)
  | { readonly type: 'seat-added'; readonly seat: Seat }
  | { readonly type: 'seat-removed'; readonly seat: string; readonly by: string }
  | { readonly type: 'escalated'; readonly stage: string; readonly at: Instant }
  | { readonly type: 'cleared' | 'done' | 'superseded' }
  | FormerEvent
  | { readonly type: 'approved'; readonly releaseAt: Instant }
  | { readonly type: 'postponed'; readonly by: string; readonly releaseAt: Instant }
  | { readonly type: 'released'; readonly at: Instant }
  | { readonly type: 'ended'; readonly ending: Ending }
  | { readonly type: 'ended-elsewhere'; readonly kind: Ending['kind'] };

/** The seats of a stage in route order. */
export function seatsOf(seats: readonly Seat[], stage: string): readonly Seat[] {
  return seats.filter((seat) => seat.stage === stage);
}

/** The seats that carry a counted signature, in the order in which they were signed. */
export function signedSeats(legCase: LegCase): readonly SignedSeat[] {
  return legCase.seats
    .filter((seat): seat is SignedSeat => seat.signature !== null)
    .toSorted((a, b) => compareText(a.signature.at, b.signature.at) || seatIndex(legCase, a) - seatIndex(legCase, b));
}

/** Every person who stands behind a counted signature of this leg: signers and those they signed for. */
export function countedPersons(legCase: LegCase): readonly string[] {
  return signedSeats(legCase).flatMap(({ signature }) => personsBehind(signature));
}

/** The signer and, when there is one, the person signed for: both count, for separation of duties. */
export function personsBehind(signature: Pick<SeatSignature, 'actor' | 'onBehalfOf'>): readonly string[] {
  return signature.onBehalfOf === null ? [signature.actor] : [signature.actor, signature.onBehalfOf];
}

/** Position of a stage in its leg, from 0; -1 when it is none of it. */
export function stageIndex({ round }: LegCase, stage: string): number {
  return round.stages.findIndex(({ id }) => id === stage);
}

function seatIndex(legCase: LegCase, seat: Seat): number {
  return stageIndex(legCase, seat.stage) * 1000 + seat.ordinal;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
