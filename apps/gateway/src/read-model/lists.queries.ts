import { type Instant, instant } from '#domain/instant';
import { type Handle, row, rows } from '#persistence/sql';

/**
 * Organs whose reports person $1 may see: those he drafts for, and those whose route names an office he holds or acts in.
 * The service that owns a report or case decides again; this only keeps lists from naming what it would not show.
 */
export const VISIBLE = `
  SELECT g.organ AS code FROM role_grant g WHERE g.person = $1 AND g.role = 'drafter'
  UNION
  SELECT o.organ FROM organ_route o JOIN route_slot s ON s.route = o.route
    JOIN acting_office g ON g.person = $1 AND g.role = s.role
      AND (g.organ = s.organ OR (s.organ = 'self' AND g.organ = o.organ))`;

/** Open seats (s) person $1 may sign: his own, of an office he holds or acts in, of one that is overdue, of his principal. */
const SIGNABLE = `s.person = $1
  OR (s.person IS NULL
      AND EXISTS (SELECT 1 FROM acting_office g WHERE g.person = $1 AND g.role = s.role AND g.organ = s.organ))
  OR EXISTS (SELECT 1 FROM acting_office g WHERE g.person = $1 AND g.role || '@' || g.organ = s.superior)
  OR EXISTS (SELECT 1 FROM deputy d WHERE d.agent = $1 AND d.principal = s.person AND d.role = s.role AND d.organ = s.organ
             AND d.since <= now() AND now() < d.until AND (d.revoked_at IS NULL OR now() < d.revoked_at))`;

/**
 * Cases person $1 is let into whatever his offices: copied in (抄送) or asked for an opinion (征求意见), for good as the legs have it, and
 * while a seat of it waits for him (加签). These cases alone, not the reports of their organs.
 */
const ADMITTED = `
  SELECT n.case_id FROM notice_request n WHERE n.person = $1 AND n.kind IN ('copied', 'consulted')
  UNION
  SELECT s.case_id FROM open_seat s WHERE ${SIGNABLE}`;

/** The leg a case is in: of the highest round, approval before review. */
const CURRENT_LEG = "ORDER BY v.edition DESC, v.round DESC, v.state = 'sent-back', v.leg = 'approval' DESC LIMIT 1";

interface Dated {
  readonly at: Date;
}
const withInstant = <R extends Dated>({ at, ...rest }: R): Omit<R, 'at'> & { updatedAt: Instant } => ({
  ...rest,
  updatedAt: instant(at),
});

/** One page of the reports the person may see, newest change first. */
export interface ReportPage {
  readonly organ: string | null;
  readonly year: number | null;
  readonly limit: number;
  /** The last line of the page before. */
  readonly after: { readonly updatedAt: string; readonly document: string } | null;
}

interface ReportRecord extends Dated {
  document: string;
  organ: string;
  organName: string;
  year: number;
  state: string;
  case: string | null;
  leg: string | null;
  caseState: string | null;
  kind: string | null;
  stage: string | null;
  path: string | null;
  caseOnly: boolean;
}

/**
 * Reports as lists show them. Of one whose organ is not his the person sees the newest case he was let into and what became of it, not
 * what its drafters do besides.
 */
export async function visibleReports(
  handle: Handle,
  person: string,
  page: ReportPage,
): Promise<(Omit<ReportRecord, 'at'> & { updatedAt: Instant })[]> {
  const found = await rows<ReportRecord>(
    handle,
    `WITH visible AS (${VISIBLE}), admitted AS (${ADMITTED}), let_in AS (
       SELECT DISTINCT v.document FROM case_view v
       WHERE v.case_id IN (SELECT case_id FROM admitted) AND v.organ NOT IN (SELECT code FROM visible)),
     shown AS (
       SELECT r.*, false AS case_only FROM report_view r WHERE r.organ IN (SELECT code FROM visible)
       UNION ALL
       SELECT r.*, true FROM report_view r WHERE r.document IN (SELECT document FROM let_in))
     SELECT * FROM (
       SELECT r.document, r.organ, o.name AS "organName", r.year, r.case_only AS "caseOnly",
         CASE WHEN NOT r.case_only THEN r.state WHEN c.state IN ('done', 'superseded') THEN 'live' ELSE 'submitted' END AS state,
         c.case_id AS "case", c.leg, c.state AS "caseState", c.kind, c.stage, CASE WHEN l.withdrawn_at IS NULL THEN l.path END AS path, greatest(r.updated_at, c.updated_at, l.at) AS at
       FROM shown r
       JOIN organ o ON o.code = r.organ
       LEFT JOIN LATERAL (
         SELECT * FROM case_view v WHERE v.document = r.document
           AND CASE WHEN r.case_only THEN v.case_id IN (SELECT case_id FROM admitted)
                    ELSE v.kind IN ('publish', 'correct', 'emergency') END
         ${CURRENT_LEG}) c ON true
       LEFT JOIN live_view l ON l.document = r.document
       WHERE ($2::text IS NULL OR r.organ = $2) AND ($3::int IS NULL OR r.year = $3)
     ) line
     WHERE $4::timestamptz IS NULL OR (at, document) < ($4, $5::uuid)
     ORDER BY at DESC, document DESC LIMIT $6`,
    [person, page.organ, page.year, page.after?.updatedAt ?? null, page.after?.document ?? null, page.limit],
  );
  return found.map(withInstant);
}

interface CaseRecord extends Dated {
  case: string;
  document: string;
  organ: string;
  organName: string;
  year: number;
  round: number;
  leg: string;
  kind: string;
  state: string;
  stage: string | null;
  content: string;
  signatures: number;
  path: string | null;
}

/** One case the person may see, as its present leg announced it last; undefined when there is none for him. */
export async function visibleCase(
  handle: Handle,
  person: string,
  caseId: string,
): Promise<(Omit<CaseRecord, 'at'> & { updatedAt: Instant }) | undefined> {
  const found = await row<CaseRecord>(
    handle,
    `SELECT v.case_id AS "case", v.document, v.organ, o.name AS "organName", v.year, v.round, v.leg, v.kind, v.state, v.stage,
       v.content, CASE WHEN l.withdrawn_at IS NULL THEN l.path END AS path, greatest(v.updated_at, l.at) AS at,
       (SELECT sum(signed)::int FROM case_view b WHERE b.case_id = v.case_id AND b.round = v.round AND b.state <> 'sent-back') AS signatures
     FROM case_view v JOIN organ o ON o.code = v.organ
     LEFT JOIN live_view l ON l.document = v.document AND l.edition = v.edition
     WHERE v.case_id = $2 AND (v.organ IN (${VISIBLE}) OR v.case_id IN (${ADMITTED})) ${CURRENT_LEG}`,
    [person, caseId],
  );
  return found && withInstant(found);
}

interface InboxRecord {
  case: string;
  document: string;
  leg: string;
  kind: string;
  seat: string;
  stage: string;
  organ: string;
  organName: string;
  year: number;
  content: string;
  errors: number;
  warnings: number;
  since: Date;
}

/** 轮到我: open seats the person may sign, longest waiting first; at most 500. */
export async function inboxOf(
  handle: Handle,
  person: string,
): Promise<(Omit<InboxRecord, 'since'> & { since: Instant })[]> {
  const found = await rows<InboxRecord>(
    handle,
    `SELECT s.case_id AS "case", v.document, s.leg, v.kind, s.seat, s.stage, v.organ, o.name AS "organName", v.year, v.content,
       coalesce(r.errors, 0) AS errors, coalesce(r.warnings, 0) AS warnings, s.since
     FROM open_seat s JOIN case_view v ON v.case_id = s.case_id AND v.leg = s.leg JOIN organ o ON o.code = v.organ
     LEFT JOIN report_view r ON r.document = v.document
     WHERE ${SIGNABLE}
     ORDER BY s.since, s.seat LIMIT 500`,
    [person],
  );
  return found.map((item) => ({ ...item, since: instant(item.since) }));
}

/** Everybody who may see the reports of an organ, or of the document's organ, or a case of that document. */
export async function readersOf(
  handle: Handle,
  of: { readonly organ: string | null; readonly document: string | null },
): Promise<Set<string>> {
  const found = await rows<{ person: string }>(
    handle,
    `WITH named AS (
       SELECT coalesce($1, (SELECT organ FROM report_view WHERE document = $2::uuid),
                       (SELECT organ FROM case_view WHERE document = $2::uuid LIMIT 1)) AS code)
     SELECT g.person FROM role_grant g JOIN named n ON g.organ = n.code WHERE g.role = 'drafter'
     UNION
     SELECT g.person FROM named n JOIN organ_route o ON o.organ = n.code JOIN route_slot s ON s.route = o.route
       JOIN acting_office g ON g.role = s.role AND (g.organ = s.organ OR (s.organ = 'self' AND g.organ = o.organ))
     UNION
     SELECT r.person FROM case_view v JOIN notice_request r ON r.case_id = v.case_id
     WHERE v.document = $2::uuid AND r.person IS NOT NULL AND r.kind IN ('copied', 'consulted')
     UNION
     SELECT s.person FROM case_view v JOIN open_seat s ON s.case_id = v.case_id
     WHERE v.document = $2::uuid AND s.person IS NOT NULL`,
    [of.organ, of.document],
  );
  return new Set(found.map(({ person }) => person));
}

/** True when the organ is one of those whose reports the person may see. */
export async function seesOrgan(handle: Handle, person: string, organ: string): Promise<boolean> {
  return (await row(handle, `SELECT 1 FROM (${VISIBLE}) seen WHERE code = $2`, [person, organ])) !== undefined;
}

interface PersonRecord {
  person: string;
  name: string;
  login: string;
  administrator: boolean;
  grants: { role: string; organ: string; organName: string; level: string }[];
}

/** A person as he sees himself: name and offices. */
export async function personOf(handle: Handle, person: string): Promise<PersonRecord> {
  const found = await row<PersonRecord>(
    handle,
    `SELECT p.id AS person, p.name, a.login, p.administrator, coalesce(
       (SELECT json_agg(json_build_object('role', g.role, 'organ', g.organ, 'organName', o.name, 'level', o.level) ORDER BY g.organ, g.role)
        FROM role_grant g JOIN organ o ON o.code = g.organ WHERE g.person = p.id), '[]'::json) AS grants
     FROM person p JOIN account a ON a.person = p.id WHERE p.id = $1`,
    [person],
  );
  if (!found) throw new Error(`person ${person} has a session and no account`);
  return found;
}

/** The levels of the organs at which a person holds office. */
export async function levelsOf(handle: Handle, person: string): Promise<string[]> {
  const found = await rows<{ level: string }>(
    handle,
    'SELECT DISTINCT organ.level FROM role_grant JOIN organ ON organ.code = role_grant.organ WHERE role_grant.person = $1',
    [person],
  );
  return found.map(({ level }) => level);
}
