import { type Refusal, refuse } from '#domain/decision';
import { databaseNow, type Handle } from '#persistence/sql';
import { DISCLOSURE_HEAD, DRAFTER } from '#signoff/directory';
import { latestDirectory } from '#signoff/directory-copy.repository';
import { findOrganOf } from './persistence/publication-detail.queries.js';

/** Offices whose holders may have a delivery retried and confirm what was posted by hand: neither can change what is sent. */
export const DELIVERY_OFFICES = [DRAFTER, DISCLOSURE_HEAD] as const;

/** Null for a person who may act on the deliveries of a document; `not_found` for everybody else. */
export async function deliveryRefusal(
  handle: Handle,
  document: string,
  person: string,
): Promise<Refusal<'not_found'> | null> {
  const organ = await findOrganOf(handle, document);
  const directory = await latestDirectory(handle);
  if (organ === undefined || directory === undefined) return refuse('not_found');
  const now = await databaseNow(handle);
  const holds = DELIVERY_OFFICES.some((role) => directory.holds(person, role, organ, now));
  return holds ? null : refuse('not_found');
}
