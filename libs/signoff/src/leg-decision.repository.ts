import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** A decision with its proof: the envelope this service signed, the gateway's assertion, the request's raw body. */
export interface StoredDecision {
  readonly seat: string;
  readonly stage: string;
  readonly kind: 'sign' | 'return';
  readonly actor: string;
  readonly at: Instant;
  readonly digest: Digest;
  readonly envelope: string;
  readonly caller: string;
  readonly body: Uint8Array;
  readonly reason: string | null;
  readonly place: string | null;
  readonly toStage: string | null;
  readonly onBehalfOf: string | null;
  /** The principal's grant, when a deputy decided: canonical JSON. */
  readonly deputy: string | null;
  /** How the passkey it was signed with was registered: canonical JSON. */
  readonly passkey: string | null;
}

/** Appends a decision. The seat's unique index refuses a second signature, whatever the code believed. */
export async function insertDecision(tx: Tx, id: string, legCase: string, decision: StoredDecision): Promise<void> {
  await rows(
    tx,
    `INSERT INTO leg_decision (id, leg_case, seat, stage, kind, actor, at, digest, envelope, caller, body, reason,
       place, to_stage, on_behalf_of, deputy, passkey)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      id,
      legCase,
      decision.seat,
      decision.stage,
      decision.kind,
      decision.actor,
      decision.at,
      decision.digest,
      decision.envelope,
      decision.caller,
      Buffer.from(decision.body),
      decision.reason,
      decision.place,
      decision.toStage,
      decision.onBehalfOf,
      decision.deputy,
      decision.passkey,
    ],
  );
}

/** The counted signatures of a round by seat id. */
export async function signaturesOf(tx: Tx, legCase: string): Promise<ReadonlyMap<string, StoredDecision>> {
  const found = await rows<Omit<StoredDecision, 'at' | 'digest' | 'body'> & { at: Date; digest: string; body: Buffer }>(
    tx,
    `SELECT seat, stage, kind, actor, at, digest, envelope, caller, body, reason, place, to_stage AS "toStage",
       on_behalf_of AS "onBehalfOf", deputy, passkey
     FROM leg_decision WHERE leg_case = $1 AND kind = 'sign'`,
    [legCase],
  );
  return new Map(
    found.map((one) => [one.seat, { ...one, at: instant(one.at), digest: digest(one.digest), body: one.body }]),
  );
}

/**
 * What a person (or a deputy for him) signed last of a report in this leg, if that was other content than now: the
 * difference he is shown is from there.
 */
export async function lastSignedContent(
  handle: Handle,
  { document, content }: { readonly document: string; readonly content: Digest },
  person: string,
): Promise<Digest | null> {
  const found = await row<{ content: string }>(
    handle,
    `SELECT c.content FROM leg_decision d JOIN leg_case c ON c.id = d.leg_case
     WHERE c.document = $1 AND c.content <> $2 AND d.kind = 'sign' AND (d.actor = $3 OR d.on_behalf_of = $3)
     ORDER BY d.at DESC LIMIT 1`,
    [document, content, person],
  );
  return found === undefined ? null : digest(found.content);
}
