import { instant, type Instant } from '#domain/instant';
import { row } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { actorsFor, PRESENT } from './actors.queries.js';
import type { LegFacts, ReportFacts, RequestFacts, SeatFacts } from './report-facts.js';

/** Ids of the active people a condition on person `p` picks, as a JSON list. */
const peopleWho = (condition: string): string =>
  `(SELECT coalesce(json_agg(p.id ORDER BY p.id), '[]') FROM person p WHERE ${PRESENT} AND ${condition})`;

const ADMINISTRATORS = peopleWho('p.administrator');

const SEATS = `
  (SELECT coalesce(json_agg(json_build_object('seat', s.seat, 'stage', s.stage, 'since', s.since, 'actors',
     (SELECT coalesce(json_agg(a.id ORDER BY a.id), '[]') FROM (${actorsFor('s')}) a)) ORDER BY s.seat), '[]')
   FROM open_seat s WHERE s.case_id = v.case_id AND s.leg = v.leg)`;

const LEGS = `
  (SELECT coalesce(json_agg(json_build_object('case', v.case_id, 'leg', v.leg, 'round', v.round, 'edition', v.edition,
     'document', v.document, 'state', v.state, 'ending', f.ending, 'dueAt', f.due_at, 'overdue', coalesce(f.overdue, false),
     'blockedStage', f.blocked_stage, 'submitter', f.submitter, 'seats', ${SEATS}) ORDER BY v.case_id, v.leg), '[]')
   FROM case_view v LEFT JOIN leg_notice_facts f ON f.case_id = v.case_id AND f.leg = v.leg
   WHERE v.organ = $1 AND v.year = $2)`;

const DOCUMENTS = `
  SELECT document FROM report_view WHERE organ = $1 AND year = $2
  UNION SELECT document FROM case_view WHERE organ = $1 AND year = $2`;

const REPORT_FACTS = `
  SELECT
    (SELECT level FROM organ WHERE code = $1) AS level,
    (SELECT document FROM (${DOCUMENTS}) d LIMIT 1) AS document,
    (SELECT json_build_object('document', l.document, 'edition', l.edition, 'at', l.at,
       'takenDown', l.withdrawn_at IS NOT NULL, 'known',
       (SELECT coalesce(json_agg(DISTINCT n.person), '[]') FROM notice n
        WHERE n.scope = $3 AND n.void_at IS NULL AND n.mark = l.edition::text
          AND n.kind = CASE WHEN l.withdrawn_at IS NULL THEN 'live' ELSE 'taken-down' END)) FROM live_view l
     WHERE l.document IN (${DOCUMENTS}) ORDER BY l.edition DESC LIMIT 1) AS live,
    ${LEGS} AS legs,
    (SELECT coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'case', r.case_id, 'round', r.round,
       'seat', r.seat, 'stage', r.stage, 'person', r.person, 'by', r.by, 'at', r.at)), '[]')
     FROM notice_request r JOIN case_view v ON v.case_id = r.case_id AND v.round = r.round
     WHERE v.organ = $1 AND v.year = $2) AS requests,
    (SELECT coalesce(json_agg(json_build_object('document', r.document, 'edition', r.edition, 'case', r.case_id,
       'state', r.state, 'dueAt', r.due_at) ORDER BY r.document, r.edition), '[]')
     FROM ratification_view r WHERE r.organ = $1 AND r.year = $2 AND r.state IN ('owed', 'open', 'refused')) AS ratifications,
    (SELECT coalesce(json_agg(json_build_object('case', n.case_id, 'round', n.round, 'person', n.person, 'heard', n.heard)), '[]')
     FROM (SELECT case_id, round, person, bool_or(delivered_at IS NOT NULL) AS heard FROM notice
           WHERE scope = $3 AND seat IS NOT NULL AND kind <> 'blocked' GROUP BY case_id, round, person) n) AS asked,
    ${peopleWho(`EXISTS (SELECT 1 FROM role_grant g WHERE g.person = p.id AND g.role = 'drafter' AND g.organ = $1)`)} AS makers,
    ${ADMINISTRATORS} AS administrators`;

interface FactsRecord extends Omit<ReportFacts, 'level'> {
  level: string | null;
}

/** All that decides which notices of a report are true, as committed and as this transaction left it. Null for an organ nobody knows. */
export async function readReportFacts(
  tx: Tx,
  { organ, year, scope }: { readonly organ: string; readonly year: number; readonly scope: string },
): Promise<ReportFacts | null> {
  const found = await row<FactsRecord>(tx, REPORT_FACTS, [organ, year, scope]);
  if (found === undefined || found.level === null) return null;
  const { level } = found;
  const live = found.live && { ...found.live, at: at(found.live.at) };
  const ratifications = found.ratifications.map((one) => ({ ...one, dueAt: one.dueAt && at(one.dueAt) }));
  const requests = uniqueRequests(found.requests);
  return { ...found, organ, year, level, live, legs: found.legs.map(legOf), requests, ratifications };
}

/** JSON has no instants; PostgreSQL writes its own form of them. */
const at = (written: string): Instant => instant(new Date(written));

function legOf(leg: LegFacts): LegFacts {
  const seats = leg.seats.map((seat): SeatFacts => ({ ...seat, since: at(seat.since) }));
  return { ...leg, dueAt: leg.dueAt === null ? null : at(leg.dueAt), seats };
}

/** A request of a round that both legs show is one. */
function uniqueRequests(requests: readonly RequestFacts[]): readonly RequestFacts[] {
  const byId = new Map(requests.map((request) => [request.id, { ...request, at: at(request.at) }]));
  return [...byId.values()];
}
