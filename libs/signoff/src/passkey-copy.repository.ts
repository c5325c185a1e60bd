import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import type { PasskeyStatement } from '#evidence/statements';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** A passkey whose registration this service has verified. */
export interface CopiedPasskey extends PasskeyStatement {
  readonly revokedAt: Instant | null;
  /** The highest count its authenticator has told this service; 0 while it does not count. */
  readonly counter: number;
  readonly evidence: Digest;
}

interface PasskeyRecord extends Omit<CopiedPasskey, 'at' | 'revokedAt' | 'counter' | 'evidence'> {
  at: Date;
  revokedAt: Date | null;
  counter: string;
  evidence: string;
}

/** The passkey an assertion claims to be from; nobody revokes it and no other signature of it counts until the transaction ends. */
export async function lockPasskey(tx: Tx, credential: string): Promise<CopiedPasskey | undefined> {
  const found = await row<PasskeyRecord>(
    tx,
    `SELECT id, person, credential, public_key AS "publicKey", rp_id AS "rpId", origin, registered_at AS at,
       revoked_at AS "revokedAt", counter, evidence
     FROM passkey_copy WHERE credential = $1 FOR UPDATE`,
    [credential],
  );
  return (
    found && {
      ...found,
      at: instant(found.at),
      revokedAt: found.revokedAt && instant(found.revokedAt),
      counter: Number(found.counter),
      evidence: digest(found.evidence),
    }
  );
}

/** Keeps a verified passkey; one that is kept stays as it is. */
export async function insertPasskeyCopy(
  tx: Tx,
  { id, person, credential, publicKey, rpId, origin, at }: PasskeyStatement,
  evidence: Digest,
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO passkey_copy (id, person, credential, public_key, rp_id, origin, registered_at, counter, evidence)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8) ON CONFLICT (id) DO NOTHING`,
    [id, person, credential, publicKey, rpId, origin, at, evidence],
  );
}

/** Ends a passkey; it waits for a signature being given with it, and none can be given after. An earlier end stays. */
export async function revokePasskeyCopy(tx: Tx, id: string, at: Instant): Promise<void> {
  await rows(tx, 'UPDATE passkey_copy SET revoked_at = least(coalesce(revoked_at, $2), $2) WHERE id = $1', [id, at]);
}

/** Notes how often the authenticator says it has signed. */
export async function countPasskey(tx: Tx, id: string, counter: number): Promise<void> {
  await rows(tx, 'UPDATE passkey_copy SET counter = greatest(counter, $2) WHERE id = $1', [id, counter]);
}

/** When these passkeys were revoked, by id; those that were not, or that this service does not know, are left out. */
export async function passkeysRevoked(handle: Handle, ids: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
  if (ids.length === 0) return new Map();
  const found = await rows<{ id: string; at: Date }>(
    handle,
    'SELECT id, revoked_at AS at FROM passkey_copy WHERE id = ANY($1::uuid[]) AND revoked_at IS NOT NULL',
    [ids],
  );
  return new Map(found.map(({ id, at }) => [id, instant(at)]));
}
