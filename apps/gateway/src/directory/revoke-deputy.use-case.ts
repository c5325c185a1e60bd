import { randomUUID } from 'node:crypto';
import { refuse, type Refusal } from '#domain/decision';
import type { Instant } from '#domain/instant';
import { announce } from '#outbox/announce';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { lookAgainAt } from '../notices/clocks.queries.js';
import { endDeputies, lockDeputy, takeUntoldRevocations } from './deputy.repository.js';
import { DEPUTY_STREAM } from './grant-deputy.use-case.js';

/**
 * A principal takes his grant back, at once. Refusals: not_found (also when it is another's), deputy_over (it has ended).
 * Administrators revoke by a change of the directory both agree to.
 */
export async function revokeDeputy(
  tx: Tx,
  { deputy: id, person }: { readonly deputy: string; readonly person: string },
): Promise<{ readonly deputy: string; readonly revokedAt: Instant } | Refusal> {
  const deputy = await lockDeputy(tx, id);
  if (deputy?.principal !== person) return refuse('not_found');
  const at = await databaseNow(tx);
  const { until, revokedAt } = deputy;
  if (until <= at || (revokedAt !== null && revokedAt <= at)) return refuse('deputy_over');
  await revokeAt(tx, [id], at, person);
  return { deputy: id, revokedAt: at };
}

/** Ends grants at this very time: the services are told, and whoever may sign instead hears of it. */
export async function revokeAt(tx: Tx, ids: readonly string[], at: Instant, by: string): Promise<void> {
  for (const office of await endDeputies(tx, ids, at, by)) await lookAgainAt(tx, office);
  await tellRevocations(tx);
}

/** Tells the services of every revocation whose time has come. Safe to repeat and to run twice at once. */
export async function tellRevocations(tx: Tx): Promise<void> {
  const revoked = await takeUntoldRevocations(tx);
  const correlationId = randomUUID();
  await announce(
    tx,
    revoked.map((body) => ({ type: 'gateway.deputy-revoked', stream: DEPUTY_STREAM, body, correlationId })),
  );
}
