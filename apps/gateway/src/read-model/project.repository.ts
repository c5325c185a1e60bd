import type { MessageBody } from '#contracts/catalogue';
import { rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

type ReportChanged = MessageBody<'drafting.report-changed'>;
type LegProgressed = MessageBody<'review.progressed'>;
type PublicationLive = MessageBody<'publication.live'>;
type PublicationWithdrawn = MessageBody<'publication.withdrawn'>;

/** Keeps a report as announced; the stream is in order, so the last one counts. */
export async function keepReport(tx: Tx, report: ReportChanged, at: string): Promise<void> {
  await rows(
    tx,
    `INSERT INTO report_view (document, organ, year, state, revision, errors, warnings, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (document) DO UPDATE SET state = excluded.state, revision = excluded.revision,
       errors = excluded.errors, warnings = excluded.warnings, updated_at = excluded.updated_at`,
    [report.document, report.organ, report.year, report.state, report.revision, report.errors, report.warnings, at],
  );
}

/** Keeps a leg as announced when its (round, version) is higher than the one kept. False when it was old news. */
export async function keepLeg(tx: Tx, leg: LegProgressed, at: string): Promise<boolean> {
  const kept = await rows(
    tx,
    `INSERT INTO case_view AS c (case_id, leg, round, version, document, edition, organ, year, state, content, stage,
       signed, release_at, updated_at, kind)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     ON CONFLICT (case_id, leg) DO UPDATE SET round = excluded.round, version = excluded.version,
       edition = excluded.edition, state = excluded.state, content = excluded.content, stage = excluded.stage,
       signed = excluded.signed, release_at = excluded.release_at, updated_at = excluded.updated_at, kind = excluded.kind
     WHERE (c.round, c.version) < (excluded.round, excluded.version)
     RETURNING case_id`,
    [
      leg.case,
      leg.leg,
      leg.round,
      leg.version,
      leg.document,
      leg.edition,
      leg.organ,
      leg.year,
      leg.state,
      leg.content,
      leg.stage,
      leg.signedSeats.length,
      leg.releaseAt,
      at,
      leg.kind ?? 'publish',
    ],
  );
  if (kept.length === 0) return false;
  await replaceOpenSeats(tx, leg, at);
  return true;
}

/** A seat that stays open keeps the time since when it waits. */
async function replaceOpenSeats(tx: Tx, leg: LegProgressed, at: string): Promise<void> {
  const open = leg.openSeats.map(({ seat }) => seat);
  await rows(tx, 'DELETE FROM open_seat WHERE case_id = $1 AND leg = $2 AND seat <> ALL($3::uuid[])', [
    leg.case,
    leg.leg,
    open,
  ]);
  if (open.length === 0) return;
  await rows(
    tx,
    `INSERT INTO open_seat (seat, case_id, leg, stage, role, organ, person, superior, since)
     SELECT seat, $1, $2, stage, role, organ, person, superior, $3
     FROM json_to_recordset($4::json) AS s(seat uuid, stage text, role text, organ text, person uuid, superior text)
     ON CONFLICT (seat) DO UPDATE SET superior = excluded.superior`,
    [leg.case, leg.leg, at, JSON.stringify(leg.openSeats)],
  );
}

/** Keeps where a document is public; a higher edition replaces a lower one. */
export async function keepLive(tx: Tx, live: PublicationLive, at: string): Promise<void> {
  await rows(
    tx,
    `INSERT INTO live_view AS l (document, edition, path, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (document) DO UPDATE SET edition = excluded.edition, path = excluded.path, at = excluded.at,
       withdrawn_at = NULL
     WHERE l.edition < excluded.edition`,
    [live.document, live.edition, live.path, at],
  );
}

/** Keeps that an edition was taken back; a higher one that is public already stays so. */
export async function keepWithdrawn(tx: Tx, { document, edition }: PublicationWithdrawn, at: string): Promise<void> {
  await rows(tx, 'UPDATE live_view SET withdrawn_at = $3, at = $3 WHERE document = $1 AND edition <= $2', [
    document,
    edition,
    at,
  ]);
}
