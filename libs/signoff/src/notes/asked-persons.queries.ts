import type { Instant } from '#domain/instant';
import { type Handle, rows } from '#persistence/sql';

/** Whom the people of a case have asked for an opinion (征求意见), while the question stands. */
export async function askedPersons(handle: Handle, caseId: string, at: Instant): Promise<readonly string[]> {
  const found = await rows<{ person: string }>(
    handle,
    'SELECT person FROM leg_consultation WHERE case_id = $1 AND person IS NOT NULL AND expires_at > $2',
    [caseId, at],
  );
  return found.map(({ person }) => person);
}
