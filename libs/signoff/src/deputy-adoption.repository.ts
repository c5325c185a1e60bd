import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { DeputyStatement } from '#evidence/statements';
import { rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** Keeps a verified grant; a grant that is kept stays as it is. */
export async function insertDeputyCopy(
  tx: Tx,
  { id, principal, agent, role, organ, from, until, evidence }: DeputyStatement & { readonly evidence: Digest },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO deputy_copy (id, principal, agent, role, organ, since, until, evidence)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
    [id, principal, agent, role, organ, from, until, evidence],
  );
}

/**
 * Ends a grant; it waits for signatures being given on the strength of it, and none can be given after. An earlier end
 * stays; a grant this service did not adopt needs none.
 */
export async function revokeDeputyCopy(tx: Tx, id: string, at: Instant): Promise<void> {
  await rows(tx, 'UPDATE deputy_copy SET revoked_at = least(coalesce(revoked_at, $2), $2) WHERE id = $1', [id, at]);
}
