import { digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import { type Handle, row } from '#persistence/sql';
import type { Consultation, Copy, View } from './beside-the-case.repository.js';
import type { SentBack } from './leg.js';

/** What a reader of a case sees beside its seats, each list in order of time, and whether there are notes. */
export interface BesideTheCase {
  readonly views: readonly View[];
  readonly copies: readonly Copy[];
  readonly consultations: readonly Consultation[];
  /** Returns to an earlier stage of this round. */
  readonly sentBack: readonly SentBack[];
  /** How many notes were made on it, in all rounds of this leg. */
  readonly notes: number;
}

/** What JSON makes of the instants and digests of `T`. */
type Written<T> = { readonly [K in keyof T]: T[K] extends Instant ? string : T[K] };

interface Found {
  readonly views: readonly Written<View>[];
  readonly copies: readonly Written<Copy>[];
  readonly consultations: readonly Written<Consultation>[];
  readonly sentBack: readonly Written<SentBack>[];
  readonly notes: number;
}

const list = (columns: string, from: string, by: string): string =>
  `(SELECT coalesce(json_agg(t ORDER BY ${by}), '[]') FROM (SELECT ${columns} FROM ${from}) t)`;

/** $1: the case, $2: its round in this leg. */
const BESIDE = `SELECT
  ${list(`person, content, from_content AS "fromContent", at`, 'leg_view WHERE case_id = $1', 't.at')} AS views,
  ${list('person, by, at', 'leg_copy WHERE case_id = $1', 't.at')} AS copies,
  ${list(
    `id, case_id AS "case", round, stage, content, asked_by AS "askedBy", person, token, question, asked_at AS "askedAt",
     expires_at AS "expiresAt", opinion, answered_by_name AS "answeredByName", answered_at AS "answeredAt"`,
    'leg_consultation WHERE case_id = $1',
    't."askedAt"',
  )} AS consultations,
  ${list(
    'actor AS by, at, reason, place, stage AS from, to_stage AS to',
    `leg_decision WHERE leg_case = $2 AND kind = 'return' AND to_stage IS NOT NULL`,
    't.at',
  )} AS "sentBack",
  (SELECT count(*)::int FROM note WHERE case_id = $1) AS notes`;

/** Who looked at a case, was copied in or asked, and what was sent back, in one look. `leg` is the id of the stored round. */
export async function besideTheCase(handle: Handle, caseId: string, leg: string): Promise<BesideTheCase> {
  const found = await row<Found>(handle, BESIDE, [caseId, leg]);
  if (found === undefined) throw new Error('a list of nothing is a list');
  return {
    views: found.views.map((one) => ({ ...one, at: read(one.at) })),
    copies: found.copies.map((one) => ({ ...one, at: read(one.at) })),
    consultations: found.consultations.map((one) => ({
      ...one,
      token: one.token === null ? null : digest(one.token),
      askedAt: read(one.askedAt),
      expiresAt: read(one.expiresAt),
      answeredAt: one.answeredAt === null ? null : read(one.answeredAt),
    })),
    sentBack: found.sentBack.map((one) => ({ ...one, at: read(one.at) })),
    notes: found.notes,
  };
}

/** PostgreSQL writes instants into JSON in a form of its own. */
const read = (written: string): Instant => instant(new Date(written));
