import type { CaseKind } from '#domain/case-kind';
import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import type { Leg, RouteStage } from '#evidence/statements';
import type { Ending, LegCase, LegState, Seat } from './leg.js';

/** A round of a leg as stored. `routeStages` are those of both legs; `dossier` and `bundle` are content digests. */
export interface StoredLeg {
  readonly id: string;
  readonly version: number;
  readonly legCase: LegCase;
  readonly routeStages: readonly RouteStage[];
  readonly routeEnvelope: Digest;
  readonly dossier: Digest | null;
  readonly bundle: Digest | null;
}

/** A round whose row is locked until the transaction ends, and the database's time read after the lock was taken. */
export interface LockedLeg extends StoredLeg {
  readonly at: Instant;
}

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
}

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
        countedElsewhere: found.counted_elsewhere,
      },
      state: found.state,
      seats,
      ending: endingOf(found),
      releaseAt: instantOrNull(found.release_at),
      releasedAt: instantOrNull(found.released_at),
    },
  };
}

function endingOf(found: CaseRow): Ending | null {
  const { ended_kind: kind, ended_by: by, ended_at: at, ended_reason: reason, ended_place: place } = found;
  if (kind === null || by === null || at === null) return null;
  return { kind, by, at: instant(at), reason: reason ?? '', place };
}

/** A seat from its row. */
export function seatOf(found: SeatRow): Seat {
  const { id, stage, ordinal, role, organ, signed_by: actor, signed_for: onBehalfOf, signed_at: at } = found;
  const signature = actor === null || at === null ? null : { actor, onBehalfOf, at: instant(at) };
  return { id, stage, ordinal, role, organ, signature };
}

function instantOrNull(value: Date | null): Instant | null {
  return value === null ? null : instant(value);
}

function digestOrNull(value: string | null): Digest | null {
  return value === null ? null : digest(value);
}
