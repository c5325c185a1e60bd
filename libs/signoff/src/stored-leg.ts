import type { CaseKind } from '#domain/case-kind';
import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import type { Leg, RouteStage } from '#evidence/statements';
import type { Unfillable } from './fillability.js';
import type { Ending, Lapse, LegCase, LegState, Seat, StageClock } from './leg.js';

/** A round of a leg as stored. `routeStages` are those of both legs; `dossier` and `bundle` are content digests. */
export interface StoredLeg {
  readonly id: string;
  readonly version: number;
  readonly legCase: LegCase;
  readonly routeStages: readonly RouteStage[];
  readonly routeEnvelope: Digest;
  readonly dossier: Digest | null;
  readonly bundle: Digest | null;
  /** The stage distinct people can no longer fill, as last judged. */
  readonly blocked: Unfillable | null;
  /** Version of the directory the seats were held against last. */
  readonly judgedBy: number;
}

/** A round with the database's time at which it was read: once a lock was taken, where one is. */
export interface LockedLeg extends StoredLeg {
  readonly at: Instant;
}

/** The columns of a row of leg_case that are read. */
export const CASE_COLUMNS = `id, case_id, round, pass, kind, version, leg, document, edition, organ, year, content, route,
  route_envelope, submission, submitter, contributors, not_before, notice, undo_seconds, stages, counted_elsewhere, dossier,
  bundle, state, open_stage, opened_stage_at, due_at, escalated, blocked, release_at, released_at, ended_kind, ended_by,
  ended_at, ended_reason, ended_place, ended_to, ended_code, lapses, judged_by`;

/** A row of leg_case as the database answers it. */
export interface CaseRow {
  id: string;
  case_id: string;
  round: number;
  pass: number;
  kind: CaseKind;
  version: number;
  leg: Leg;
  document: string;
  edition: number;
  organ: string;
  year: number;
  content: string;
  route: string;
  route_envelope: string;
  submission: string;
  submitter: string;
  contributors: string[];
  not_before: Date | null;
  notice: string | null;
  undo_seconds: number;
  stages: string;
  counted_elsewhere: string[];
  dossier: string | null;
  bundle: string | null;
  state: LegState;
  release_at: Date | null;
  released_at: Date | null;
  ended_kind: Ending['kind'] | null;
  ended_by: string | null;
  ended_at: Date | null;
  ended_reason: string | null;
  ended_place: string | null;
  ended_to: string | null;
  ended_code: string | null;
  lapses: string;
  judged_by: number;
  open_stage: string | null;
  opened_stage_at: Date | null;
  due_at: Date | null;
  escalated: boolean;
  blocked: string | null;
}

/** The columns of a row of leg_seat that are read. */
export const SEAT_COLUMNS =
  'id, stage, ordinal, role, organ, person, added_by, signed_by, signed_for, signed_at, as_role, as_organ';

/** A row of leg_seat as the database answers it. */
export interface SeatRow {
  id: string;
  stage: string;
  ordinal: number;
  role: string;
  organ: string;
  signed_by: string | null;
  signed_for: string | null;
  signed_at: Date | null;
  person: string | null;
  added_by: string | null;
  as_role: string | null;
  as_organ: string | null;
}

/** A round from its row and its seats in route order. */
export function storedLeg(found: CaseRow, seats: readonly Seat[]): StoredLeg {
  const routeStages = JSON.parse(found.stages) as RouteStage[];
  return {
    id: found.id,
    version: found.version,
    routeStages,
    routeEnvelope: digest(found.route_envelope),
    dossier: digestOrNull(found.dossier),
    bundle: digestOrNull(found.bundle),
    blocked: found.blocked === null ? null : (JSON.parse(found.blocked) as Unfillable),
    judgedBy: found.judged_by,
    legCase: {
      round: {
        case: found.case_id,
        round: found.round,
        pass: found.pass,
        kind: found.kind,
        leg: found.leg,
        document: found.document,
        edition: found.edition,
        organ: found.organ,
        year: found.year,
        content: digest(found.content),
        route: digest(found.route),
        submission: digest(found.submission),
        submitter: found.submitter,
        contributors: found.contributors,
        notBefore: instantOrNull(found.not_before),
        notice: digestOrNull(found.notice),
        undoSeconds: found.undo_seconds,
        stages: routeStages.filter(({ leg }) => leg === found.leg),
        stagesBefore:
          found.leg === 'approval' ? routeStages.filter(({ leg }) => leg === 'review').map(({ id }) => id) : [],
        countedElsewhere: found.counted_elsewhere,
      },
      state: found.state,
      seats,
      clock: clockOf(found),
      ending: endingOf(found),
      lapses: JSON.parse(found.lapses) as readonly Lapse[],
      releaseAt: instantOrNull(found.release_at),
      releasedAt: instantOrNull(found.released_at),
    },
  };
}

function endingOf(found: CaseRow): Ending | null {
  const { ended_kind: kind, ended_by: by, ended_at: at, ended_reason: reason, ended_place: place } = found;
  if (kind === null || at === null) return null;
  const { ended_to: to, ended_code: code } = found;
  return { kind, by, at: instant(at), reason: reason ?? '', place, to, ...(code === null ? {} : { code }) };
}

function clockOf(found: CaseRow): StageClock | null {
  const { open_stage: stage, opened_stage_at: since, due_at: dueAt, escalated } = found;
  if (stage === null || since === null) return null;
  return { stage, since: instant(since), dueAt: instantOrNull(dueAt), escalated };
}

/** A seat from its row. */
export function seatOf(found: SeatRow): Seat {
  const { id, stage, ordinal, role, organ, signed_by: actor, signed_for: onBehalfOf, signed_at: at } = found;
  const as = found.as_role === null || found.as_organ === null ? null : { role: found.as_role, organ: found.as_organ };
  const signature = actor === null || at === null ? null : { actor, onBehalfOf, at: instant(at), as };
  return { id, stage, ordinal, role, organ, person: found.person, addedBy: found.added_by, signature };
}

function instantOrNull(value: Date | null): Instant | null {
  return value === null ? null : instant(value);
}

function digestOrNull(value: string | null): Digest | null {
  return value === null ? null : digest(value);
}
