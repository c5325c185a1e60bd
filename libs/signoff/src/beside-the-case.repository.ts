import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** Everybody who was copied in on a case or asked for an opinion: they may read it. */
export async function personsBeside(handle: Handle, caseId: string): Promise<readonly string[]> {
  const found = await rows<{ person: string }>(
    handle,
    `SELECT person FROM leg_copy WHERE case_id = $1
     UNION SELECT person FROM leg_consultation WHERE case_id = $1 AND person IS NOT NULL`,
    [caseId],
  );
  return found.map(({ person }) => person);
}

/** A person and when he looked at which content, having signed `fromContent` before. */
export interface View {
  readonly person: string;
  readonly content: Digest;
  readonly fromContent: Digest | null;
  readonly at: Instant;
}

/**
 * Notes that a person opened this content (the first time is kept), and answers what he signed last of the report in this
 * leg, himself or by a deputy, if that was other content: the difference he is shown is from there.
 */
export async function insertView(
  tx: Tx,
  view: { readonly case: string; readonly document: string; readonly person: string; readonly content: Digest },
): Promise<Digest | null> {
  const kept = await row<{ from_content: string | null }>(
    tx,
    `INSERT INTO leg_view (case_id, person, content, from_content, at)
     SELECT $1::uuid, $2::uuid, $3::text, (${LAST_SIGNED}), clock_timestamp()
     ON CONFLICT (case_id, person, content) DO UPDATE SET at = leg_view.at RETURNING from_content`,
    [view.case, view.person, view.content, view.document],
  );
  return kept?.from_content == null ? null : digest(kept.from_content);
}

/** $2: the person, $3: the present content, $4: the report. */
const LAST_SIGNED = `SELECT c.content FROM leg_decision d JOIN leg_case c ON c.id = d.leg_case
  WHERE c.document = $4 AND c.content <> $3 AND d.kind = 'sign' AND (d.actor = $2 OR d.on_behalf_of = $2)
  ORDER BY d.at DESC LIMIT 1`;

/** What a person opened last of a report in this leg, if that was other content than now. */
export async function lastSeenContent(
  handle: Handle,
  { document, content }: { readonly document: string; readonly content: Digest },
  person: string,
): Promise<Digest | null> {
  const found = await row<{ content: string }>(
    handle,
    `SELECT v.content FROM leg_view v
     WHERE v.person = $3 AND v.content <> $2
       AND EXISTS (SELECT 1 FROM leg_case c WHERE c.case_id = v.case_id AND c.document = $1)
     ORDER BY v.at DESC LIMIT 1`,
    [document, content, person],
  );
  return found === undefined ? null : digest(found.content);
}

/** When the holders of a seat were last asked to act. */
export async function lastUrged(handle: Handle, seat: string): Promise<Instant | null> {
  const found = await row<{ at: Date }>(handle, 'SELECT at FROM leg_urge WHERE seat = $1 ORDER BY at DESC LIMIT 1', [
    seat,
  ]);
  return found === undefined ? null : instant(found.at);
}

/** Keeps that the holders of a seat were asked to act. */
export async function insertUrge(
  tx: Tx,
  urge: {
    readonly id: string;
    readonly case: string;
    readonly seat: string;
    readonly by: string;
    readonly at: Instant;
  },
): Promise<void> {
  await rows(tx, 'INSERT INTO leg_urge (id, case_id, seat, by, at) VALUES ($1, $2, $3, $4, $5)', [
    urge.id,
    urge.case,
    urge.seat,
    urge.by,
    urge.at,
  ]);
}

/** Who was copied in, by whom, when. */
export interface Copy {
  readonly person: string;
  readonly by: string;
  readonly at: Instant;
}

/** Keeps a copy; false when the person has one already. */
export async function insertCopy(tx: Tx, caseId: string, copy: Copy): Promise<boolean> {
  const kept = await rows(
    tx,
    'INSERT INTO leg_copy (case_id, person, by, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING person',
    [caseId, copy.person, copy.by, copy.at],
  );
  return kept.length === 1;
}

/** An opinion asked for, of a person or of whoever holds a link (`token`: its SHA-256). It is never a signature. */
export interface Consultation {
  readonly id: string;
  readonly case: string;
  readonly round: number;
  readonly stage: string;
  readonly content: Digest;
  readonly askedBy: string;
  readonly person: string | null;
  readonly token: Digest | null;
  readonly question: string;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
  readonly opinion: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: Instant | null;
}

type ConsultationRow = Omit<Consultation, 'content' | 'token' | 'askedAt' | 'expiresAt' | 'answeredAt'> & {
  readonly content: string;
  readonly token: string | null;
  readonly askedAt: Date;
  readonly expiresAt: Date;
  readonly answeredAt: Date | null;
};

const CONSULTATION = `SELECT id, case_id AS "case", round, stage, content, asked_by AS "askedBy", person, token, question,
  asked_at AS "askedAt", expires_at AS "expiresAt", opinion, answered_by_name AS "answeredByName", answered_at AS "answeredAt"
  FROM leg_consultation`;

const consultationOf = (found: ConsultationRow): Consultation => ({
  ...found,
  content: digest(found.content),
  token: found.token === null ? null : digest(found.token),
  askedAt: instant(found.askedAt),
  expiresAt: instant(found.expiresAt),
  answeredAt: found.answeredAt === null ? null : instant(found.answeredAt),
});

/** Keeps a question; the opinion comes later. */
export async function insertConsultation(
  tx: Tx,
  one: Omit<Consultation, 'opinion' | 'answeredByName' | 'answeredAt'>,
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO leg_consultation (id, case_id, round, stage, content, asked_by, person, token, question, asked_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      one.id,
      one.case,
      one.round,
      one.stage,
      one.content,
      one.askedBy,
      one.person,
      one.token,
      one.question,
      one.askedAt,
      one.expiresAt,
    ],
  );
}

/** A question by its id or by the SHA-256 of its link, locked so that it is answered once. */
export async function lockConsultation(
  tx: Tx,
  by: { readonly id: string } | { readonly token: Digest },
): Promise<Consultation | undefined> {
  const [column, value] = 'id' in by ? (['id', by.id] as const) : (['token', by.token] as const);
  const found = await row<ConsultationRow>(tx, `${CONSULTATION} WHERE ${column} = $1 FOR UPDATE`, [value]);
  return found === undefined ? undefined : consultationOf(found);
}

/** The question behind a link, without a lock. */
export async function consultationByToken(handle: Handle, token: Digest): Promise<Consultation | undefined> {
  const found = await row<ConsultationRow>(handle, `${CONSULTATION} WHERE token = $1`, [token]);
  return found === undefined ? undefined : consultationOf(found);
}

/** Keeps the opinion on a locked question. */
export async function answerConsultation(
  tx: Tx,
  id: string,
  answer: { readonly opinion: string; readonly name: string | null; readonly at: Instant },
): Promise<void> {
  await rows(tx, 'UPDATE leg_consultation SET opinion = $2, answered_by_name = $3, answered_at = $4 WHERE id = $1', [
    id,
    answer.opinion,
    answer.name,
    answer.at,
  ]);
}
