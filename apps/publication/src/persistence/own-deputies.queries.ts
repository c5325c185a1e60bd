import { type Instant, instant } from '#domain/instant';
import type { Office } from '#evidence/statements';
import { type Handle, rows } from '#persistence/sql';

/** A deputy's grant as this service verified it itself, with its end when it was revoked. */
export interface OwnDeputy extends Office {
  readonly principal: string;
  readonly agent: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly revokedAt: Instant | null;
}

interface DeputyRecord extends Office {
  principal: string;
  agent: string;
  since: Date;
  until: Date;
  revoked_at: Date | null;
}

/** Every grant made to one of these people. */
export async function ownDeputies(handle: Handle, agents: readonly string[]): Promise<readonly OwnDeputy[]> {
  if (agents.length === 0) return [];
  const found = await rows<DeputyRecord>(
    handle,
    'SELECT principal, agent, role, organ, since, until, revoked_at FROM deputy_copy WHERE agent = ANY($1::uuid[])',
    [agents],
  );
  return found.map(({ since, until, revoked_at: revoked, ...office }) => ({
    ...office,
    since: instant(since),
    until: instant(until),
    revokedAt: revoked && instant(revoked),
  }));
}
