import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import type { Office } from '#evidence/statements';
import { type Handle, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { Offices } from './directory.js';

/** A deputy's grant as this service verified it; `evidence` names its proof in the content store. */
export interface DeputyGrant extends Office {
  readonly id: string;
  readonly principal: string;
  readonly agent: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly revoked: boolean;
  readonly evidence: Digest;
}

interface GrantRow extends Omit<DeputyGrant, 'since' | 'until' | 'evidence'> {
  readonly since: Date;
  readonly until: Date;
  readonly evidence: string;
}

const COLUMNS = 'id, principal, agent, role, organ, since, until, revoked_at IS NOT NULL AS revoked, evidence';

const grantOf = (found: GrantRow): DeputyGrant => ({
  ...found,
  since: instant(found.since),
  until: instant(found.until),
  evidence: digest(found.evidence),
});

/** Every grant made to this person, past ones too. */
export async function deputiesOf(handle: Handle, agent: string): Promise<readonly DeputyGrant[]> {
  const found = await rows<GrantRow>(handle, `SELECT ${COLUMNS} FROM deputy_copy WHERE agent = $1 ORDER BY since`, [
    agent,
  ]);
  return found.map(grantOf);
}

/** The grants by which one person acts for another; nobody revokes them until the transaction ends. */
export async function lockDeputies(tx: Tx, agent: string, principal: string): Promise<readonly DeputyGrant[]> {
  const found = await rows<GrantRow>(
    tx,
    `SELECT ${COLUMNS} FROM deputy_copy WHERE agent = $1 AND principal = $2 ORDER BY since FOR SHARE`,
    [agent, principal],
  );
  return found.map(grantOf);
}

/** True from the beginning of a grant to its end, unless it was revoked. */
export function isInForce({ revoked, since, until }: DeputyGrant, at: Instant): boolean {
  return !revoked && since <= at && at < until;
}

/** The grant in force by which this person signs that office for the principal; undefined when there is none. */
export function grantInForce(
  grants: readonly DeputyGrant[],
  who: { readonly agent: string; readonly principal: string },
  { role, organ }: Office,
  at: Instant,
): DeputyGrant | undefined {
  return grants.find(
    (grant) =>
      grant.agent === who.agent &&
      grant.principal === who.principal &&
      grant.role === role &&
      grant.organ === organ &&
      isInForce(grant, at),
  );
}

/** The directory together with these grants. One hop: whoever acts for another does so by a grant of that person himself. */
export function withDeputies<O extends Offices>(offices: O, grants: readonly DeputyGrant[]): O {
  return {
    ...offices,
    actsFor: (agent, principal, role, organ, at) =>
      grantInForce(grants, { agent, principal }, { role, organ }, at) !== undefined,
  };
}
