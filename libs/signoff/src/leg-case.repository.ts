import type { Digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import type { RouteStage } from '#evidence/statements';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { Unfillable } from './fillability.js';
import type { LegCase, LegEvent, RenewedSeat, Seat } from './leg.js';
import { evolve } from './leg-case.js';
import {
  CASE_COLUMNS,
  SEAT_COLUMNS,
  type CaseRow,
  type LockedLeg,
  type SeatRow,
  seatOf,
  type StoredLeg,
  storedLeg,
} from './stored-leg.js';

/**
 * Takes the case's current round for this transaction: everybody else who wants it waits here, and then sees what we
 * wrote. The seats are read by a second statement on purpose: one statement would read them as they were before the wait.
 */
export async function lockLegCase(tx: Tx, caseId: string): Promise<LockedLeg | undefined> {
  const found = await row<CaseRow & { locked_at: Date }>(
    tx,
    `UPDATE leg_case SET turn = turn + 1 WHERE case_id = $1 AND current RETURNING ${CASE_COLUMNS}, clock_timestamp() AS locked_at`,
    [caseId],
  );
  return found === undefined ? undefined : { ...(await withSeats(tx, found)), at: instant(found.locked_at) };
}

/** The case's current round as it stands, without a lock, and the database's time then. One statement, so one moment. */
export async function findLegCase(handle: Handle, caseId: string): Promise<LockedLeg | undefined> {
  const found = await row<CaseRow & { read_at: Date; seats: readonly WrittenSeat[] }>(
    handle,
    `SELECT ${CASE_COLUMNS}, clock_timestamp() AS read_at,
       (SELECT coalesce(json_agg(s ORDER BY s.place), '[]') FROM (SELECT ${SEAT_COLUMNS}, place FROM leg_seat
        WHERE leg_seat.leg_case = leg_case.id AND leg_seat.current) s) AS seats
     FROM leg_case WHERE case_id = $1 AND current`,
    [caseId],
  );
  if (found === undefined) return undefined;
  const seats = found.seats.map((one) =>
    seatOf({ ...one, signed_at: one.signed_at === null ? null : new Date(one.signed_at) }),
  );
  return { ...storedLeg(found, seats), at: instant(found.read_at) };
}

/** A seat as PostgreSQL writes it into JSON. */
type WrittenSeat = Omit<SeatRow, 'signed_at'> & { readonly signed_at: string | null };

/** Keeps by which version of the directory a leg was judged, and whether the rest of it can be filled as that one has it. */
export async function saveJudgement(tx: Tx, { id, blocked, judgedBy, version }: StoredLeg): Promise<void> {
  await rows(tx, 'UPDATE leg_case SET blocked = $2, judged_by = $3, version = $4 WHERE id = $1', [
    id,
    blocked === null ? null : JSON.stringify(blocked),
    judgedBy,
    version,
  ]);
}

/** What a new round brings with it beside the case itself. */
interface NewLeg {
  readonly id: string;
  readonly routeStages: readonly RouteStage[];
  readonly routeEnvelope: Digest;
  readonly dossier: Digest | null;
  readonly blocked: Unfillable | null;
  /** Version of the directory it was opened by. */
  readonly judgedBy: number;
}

/** Stores a round just opened as the case's current one; the earlier round, when there is one, is history from now on. */
export async function insertLeg(
  tx: Tx,
  leg: NewLeg,
  legCase: LegCase,
  before: StoredLeg | undefined,
): Promise<StoredLeg> {
  const { round, clock } = legCase;
  const version = (before?.version ?? 0) + 1;
  if (before !== undefined) await rows(tx, 'UPDATE leg_case SET current = false WHERE id = $1', [before.id]);
  await rows(
    tx,
    `INSERT INTO leg_case (id, case_id, round, pass, kind, notice, escalated, open_stage, opened_stage_at, due_at, blocked, judged_by, current, turn,
       version, leg, document, edition, organ, year, content, route, route_envelope, submission, submitter, contributors,
       not_before, undo_seconds, stages, counted_elsewhere, dossier, state, opened_at)
     VALUES ($1, $2, $3, $22, $23, $24, false, $25, $26, $27, $28, $29, true, 0, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
       clock_timestamp())`,
    [
      leg.id,
      round.case,
      round.round,
      version,
      round.leg,
      round.document,
      round.edition,
      round.organ,
      round.year,
      round.content,
      round.route,
      leg.routeEnvelope,
      round.submission,
      round.submitter,
      round.contributors,
      round.notBefore,
      round.undoSeconds,
      JSON.stringify(leg.routeStages),
      round.countedElsewhere,
      leg.dossier,
      legCase.state,
      round.pass,
      round.kind,
      round.notice,
      clock?.stage ?? null,
      clock?.since ?? null,
      clock?.dueAt ?? null,
      leg.blocked === null ? null : JSON.stringify(leg.blocked),
      leg.judgedBy,
    ],
  );
  await insertSeats(tx, leg.id, legCase.seats);
  return { ...leg, version, legCase, bundle: null };
}

async function insertSeats(tx: Tx, legCase: string, seats: readonly Seat[]): Promise<void> {
  await rows(
    tx,
    `INSERT INTO leg_seat (id, leg_case, place, current, stage, ordinal, role, organ, person, added_by)
     SELECT seat.id, $1, coalesce(last.place + 1, 0) + seat.nth - 1, true, seat.stage, seat.ordinal, seat.role, seat.organ,
       seat.person, seat.added_by
     FROM unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::uuid[], $8::uuid[])
       WITH ORDINALITY AS seat (id, stage, ordinal, role, organ, person, added_by, nth),
       (SELECT max(place) AS place FROM leg_seat WHERE leg_case = $1) AS last`,
    [
      legCase,
      seats.map(({ id }) => id),
      seats.map(({ stage }) => stage),
      seats.map(({ ordinal }) => ordinal),
      seats.map(({ role }) => role),
      seats.map(({ organ }) => organ),
      seats.map(({ person }) => person),
      seats.map(({ addedBy }) => addedBy),
    ],
  );
}

/** What a transition leaves behind beside the events: what the leg hands on, and whether the rest can be filled. */
interface Outcome {
  readonly dossier?: Digest;
  readonly bundle?: Digest;
  readonly blocked: Unfillable | null;
}

/** Writes what happened to a locked round and answers the round as it stands then; dossier and bundle are content digests. */
export async function saveLegEvents<Stored extends StoredLeg>(
  tx: Tx,
  stored: Stored,
  events: readonly LegEvent[],
  outcome: Outcome,
): Promise<Stored> {
  const legCase = events.reduce<LegCase>(evolve, stored.legCase);
  for (const event of events) await saveSeats(tx, stored.id, event);
  const next = { ...stored, ...outcome, version: stored.version + 1, legCase };
  const { ending, clock, round } = legCase;
  await rows(
    tx,
    `UPDATE leg_case SET version = $2, state = $3, release_at = $4, released_at = $5, dossier = $6, bundle = $7,
       ended_kind = $8, ended_by = $9, ended_at = $10, ended_reason = $11, ended_place = $12, ended_to = $13, pass = $14,
       open_stage = $15, opened_stage_at = $16, due_at = $17, escalated = $18, blocked = $19, ended_code = $20, lapses = $21
     WHERE id = $1`,
    [
      stored.id,
      next.version,
      legCase.state,
      legCase.releaseAt,
      legCase.releasedAt,
      next.dossier,
      next.bundle,
      ending?.kind ?? null,
      ending?.by ?? null,
      ending?.at ?? null,
      ending?.reason ?? null,
      ending?.place ?? null,
      ending?.to ?? null,
      round.pass,
      clock?.stage ?? null,
      clock?.since ?? null,
      clock?.dueAt ?? null,
      clock?.escalated ?? false,
      next.blocked === null ? null : JSON.stringify(next.blocked),
      ending?.code ?? null,
      JSON.stringify(legCase.lapses),
    ],
  );
  return next;
}

async function saveSeats(tx: Tx, legCase: string, event: LegEvent): Promise<void> {
  switch (event.type) {
    case 'seat-signed':
      await rows(
        tx,
        `UPDATE leg_seat SET signed_by = $2, signed_for = $3, signed_at = $4, as_role = $5, as_organ = $6 WHERE id = $1`,
        [event.seat, event.actor, event.onBehalfOf, event.at, event.as?.role ?? null, event.as?.organ ?? null],
      );
      return;
    case 'sent-back':
    case 'lapsed':
    case 'reopened':
    case 'taken-back':
      await renewSeats(tx, event.renewed);
      return;
    case 'handed-over':
      await renewSeats(tx, [event]);
      await rows(tx, 'UPDATE leg_seat SET person = $2 WHERE id = $1', [event.id, event.to]);
      return;
    case 'seat-added':
      await insertSeats(tx, legCase, [event.seat]);
      return;
    case 'seat-removed':
      await rows(tx, 'UPDATE leg_seat SET current = false WHERE id = $1', [event.seat]);
      return;
    default:
  }
}

/** The old seats stay for what was decided on them; fresh ones take their places. */
async function renewSeats(tx: Tx, renewed: readonly RenewedSeat[]): Promise<void> {
  const old = renewed.map(({ seat }) => seat);
  await rows(tx, 'UPDATE leg_seat SET current = false WHERE id = ANY ($1)', [old]);
  await rows(
    tx,
    `INSERT INTO leg_seat (id, leg_case, place, current, stage, ordinal, role, organ, person, added_by)
     SELECT fresh.id, seat.leg_case, seat.place, true, seat.stage, seat.ordinal, seat.role, seat.organ, seat.person, seat.added_by
     FROM unnest($1::uuid[], $2::uuid[]) AS fresh (seat, id) JOIN leg_seat seat ON seat.id = fresh.seat`,
    [old, renewed.map(({ id }) => id)],
  );
}

async function withSeats(handle: Handle, found: CaseRow): Promise<StoredLeg> {
  const seats = await rows<SeatRow>(
    handle,
    `SELECT ${SEAT_COLUMNS} FROM leg_seat WHERE leg_case = $1 AND current ORDER BY place`,
    [found.id],
  );
  return storedLeg(found, seats.map(seatOf));
}
