import { plusSeconds } from '#domain/instant';
import { type Defect, defect } from '#evidence/defect';
import type { BundleSummary } from '#evidence/verify-bundle';
import type { OwnDeputy } from '../persistence/own-deputies.queries.js';

/** A leg that had not heard of a revocation yet could not refuse; what it accepted so shortly after stands. */
const LAG_SECONDS = 60;

/**
 * Whether whoever signed for another did so by a grant this service adopted itself and that had not been revoked. `later`:
 * the grant is not known here yet. `held`: it had been revoked, whatever the leg accepted. Undefined when all is well.
 */
export function deputiesDefect(
  seats: BundleSummary['seats'],
  deputies: readonly OwnDeputy[],
): ({ readonly answer: 'later' | 'held' } & Defect) | undefined {
  for (const seat of seats) {
    const principal = seat.onBehalfOf ?? null;
    if (principal === null) continue;
    const { role, organ } = seat.as ?? seat;
    const where = `seat ${seat.seat}`;
    const granted = deputies.filter(
      (one) =>
        one.principal === principal &&
        one.agent === seat.actor &&
        one.role === role &&
        one.organ === organ &&
        one.since <= seat.at &&
        seat.at < one.until,
    );
    if (granted.length === 0)
      return { answer: 'later', ...defect('deputy_unknown', where, `${seat.actor} for ${principal}`) };
    const stood = granted.some(({ revokedAt }) => revokedAt === null || seat.at < plusSeconds(revokedAt, LAG_SECONDS));
    if (!stood) return { answer: 'held', ...defect('deputy_revoked', where, `${seat.actor} for ${principal}`) };
  }
  return undefined;
}
