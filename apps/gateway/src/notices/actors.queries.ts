/** Condition on person `p`: has not left. */
export const PRESENT = 'p.active AND (p.leaves_at IS NULL OR now() < p.leaves_at)';

/**
 * The people who may sign the open seat that `seat` is an alias of (role, organ, person), as a subselect of their ids:
 * the person it is named for, or all holders of its office and whoever acts for one of them. Contributors and earlier
 * signers are barred from signing and not known to the gateway, so a holder may be told of a seat that is another's to take.
 */
export function actorsFor(seat: string): string {
  return `
    SELECT p.id FROM person p WHERE ${PRESENT} AND p.id IN (
      SELECT ${seat}.person WHERE ${seat}.person IS NOT NULL
      UNION
      SELECT g.person FROM acting_office g WHERE ${seat}.person IS NULL AND g.role = ${seat}.role AND g.organ = ${seat}.organ)`;
}
