import { getContent } from '#content-store/content-store';
import type { Instant } from '#domain/instant';
import type { Office } from '#evidence/statements';
import type { Tx } from '#persistence/transaction';
import { grantInForce, lockDeputies } from './deputy-copy.repository.js';

/**
 * The proof of the grant by which somebody just signed for a principal, as canonical JSON. Throws when there is none: the
 * law has let the signature pass on the strength of this very grant.
 */
export async function deputyEvidence(
  tx: Tx,
  who: { readonly agent: string; readonly principal: string },
  office: Office,
  at: Instant,
): Promise<string> {
  const grant = grantInForce(await lockDeputies(tx, who.agent, who.principal), who, office, at);
  if (grant === undefined) throw new Error(`${who.agent} signs for ${who.principal} without a grant`);
  return Buffer.from(await getContent(tx, grant.evidence)).toString('utf8');
}
