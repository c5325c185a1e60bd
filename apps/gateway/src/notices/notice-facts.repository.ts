import type { MessageBody } from '#contracts/catalogue';
import { row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { Ending, RequestFacts } from './report-facts.js';

type LegProgressed = MessageBody<'review.progressed'>;

/** The state of a leg that is kept now, when it is of the round that a message is about. */
export async function stateBefore(tx: Tx, leg: LegProgressed): Promise<string | null> {
  const kept = await row<{ state: string }>(
    tx,
    'SELECT state FROM case_view WHERE case_id = $1 AND leg = $2 AND round = $3',
    [leg.case, leg.leg, leg.round],
  );
  return kept?.state ?? null;
}

/** How the round ended, as its leg says it. What was approved and is returned has been recalled: nobody returns it then. */
export function endingOf(state: string, before: string | null): Ending | null {
  if (state === 'withdrawn' || state === 'cancelled' || state === 'held') return state;
  if (state !== 'returned') return null;
  return before === 'approved' ? 'recalled' : 'returned';
}

/** Keeps what only the notices need of a leg that was just kept; `before` is its state until then. A service of an earlier release says less. */
export async function keepLegFacts(tx: Tx, leg: LegProgressed, before: string | null): Promise<void> {
  const { submitter, dueAt, overdue, blocked } = leg;
  await rows(
    tx,
    `INSERT INTO leg_notice_facts (case_id, leg, ending, due_at, overdue, blocked_stage, submitter)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (case_id, leg) DO UPDATE SET ending = excluded.ending, due_at = excluded.due_at,
       overdue = excluded.overdue, blocked_stage = excluded.blocked_stage, submitter = excluded.submitter`,
    [
      leg.case,
      leg.leg,
      endingOf(leg.state, before),
      dueAt ?? null,
      overdue ?? false,
      blocked?.stage ?? null,
      submitter ?? null,
    ],
  );
}

/** Keeps that somebody is to be told of an act; a repeated message is the same request. */
export async function keepRequest(tx: Tx, request: RequestFacts): Promise<void> {
  await rows(
    tx,
    `INSERT INTO notice_request (id, kind, case_id, round, seat, stage, person, by, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING`,
    [
      request.id,
      request.kind,
      request.case,
      request.round,
      request.seat,
      request.stage,
      request.person,
      request.by,
      request.at,
    ],
  );
}
