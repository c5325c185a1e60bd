/** Condition on person `p`: has not left. */
export const PRESENT = 'p.active AND (p.leaves_at IS NULL OR now() < p.leaves_at)';

/**
 * The people who may sign the open seat that `seat` is an alias of (role, organ, person, superior), as a subselect of their
 * ids: the person it is named for and his deputies, or all holders of its office and whoever acts for one of them, and once
 * overdue the holders of its superior's. Contributors and earlier signers are barred from signing and not known to the
 * gateway, so a holder may be told of a seat that is another's to take.
 */
export function actorsFor(seat: string): string {
  return `
    SELECT p.id FROM person p WHERE ${PRESENT} AND p.id IN (
      SELECT ${seat}.person WHERE ${seat}.person IS NOT NULL
      UNION
      SELECT d.agent FROM deputy d WHERE d.principal = ${seat}.person AND d.role = ${seat}.role AND d.organ = ${seat}.organ
        AND d.since <= now() AND now() < d.until AND (d.revoked_at IS NULL OR now() < d.revoked_at)
      UNION
      SELECT g.person FROM acting_office g WHERE ${seat}.person IS NULL AND g.role = ${seat}.role AND g.organ = ${seat}.organ
      UNION
      SELECT g.person FROM acting_office g WHERE g.role || '@' || g.organ = ${seat}.superior)`;
}
