import type { Instant } from '#domain/instant';
import { type Handle, rows } from '#persistence/sql';

/** A seat that waits, and nobody else could take. */
export interface LonelySeat {
  readonly case: string;
  readonly organ: string;
  readonly stage: string;
  readonly role: string | null;
  readonly officeOrgan: string | null;
  readonly named: boolean;
}

/** Open seats that name the person, or of an office nobody but he holds at that time. */
export async function lonelySeats(handle: Handle, person: string, at: Instant): Promise<readonly LonelySeat[]> {
  return rows(
    handle,
    `SELECT s.case_id AS "case", v.organ, s.stage, s.role, s.organ AS "officeOrgan", coalesce(s.person = $1, false) AS named
     FROM open_seat s JOIN case_view v ON v.case_id = s.case_id AND v.leg = s.leg
     WHERE s.person = $1
        OR (s.person IS NULL
            AND EXISTS (SELECT 1 FROM role_grant g WHERE g.person = $1 AND g.role = s.role AND g.organ = s.organ)
            AND NOT EXISTS (SELECT 1 FROM grant_period g WHERE g.person <> $1 AND g.role = s.role AND g.organ = s.organ
              AND g.since <= $2 AND (g.until IS NULL OR g.until > $2)))
     ORDER BY s.since LIMIT 500`,
    [person, at],
  );
}

/** Reports not public yet of the organs the person drafts for. */
export async function reportsDrafted(
  handle: Handle,
  person: string,
): Promise<
  readonly { readonly document: string; readonly organ: string; readonly year: number; readonly state: string }[]
> {
  return rows(
    handle,
    `SELECT r.document, r.organ, r.year, r.state FROM report_view r
     WHERE r.state <> 'live' AND r.organ IN (SELECT organ FROM role_grant WHERE person = $1 AND role = 'drafter')
     ORDER BY r.organ, r.year LIMIT 500`,
    [person],
  );
}
