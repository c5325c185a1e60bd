import type { z } from 'zod';
import type { PublicationDetail } from '#contracts/http/publication.api';
import { type Refusal, refuse } from '#domain/decision';
import { instant } from '#domain/instant';
import { databaseNow, type Handle } from '#persistence/sql';
import { latestDirectory } from '#signoff/directory-copy.repository';
import { publicPath } from '../domain/public-address.js';
import { findEditions, findLive } from '../persistence/publication-detail.queries.js';

/**
 * How publication stands for a document, for whoever holds an office at its organ. For everybody else it does not exist: `not_found`.
 * `site`: origin of the public site.
 */
export async function viewPublication(
  handle: Handle,
  asked: { readonly document: string; readonly person: string; readonly site: string },
): Promise<z.infer<typeof PublicationDetail> | Refusal<'not_found'>> {
  const { document, person, site } = asked;
  const editions = await findEditions(handle, document);
  const organ = editions.find((edition) => edition.organ !== null)?.organ;
  const directory = await latestDirectory(handle);
  const now = await databaseNow(handle);
  const mayRead =
    organ !== undefined &&
    directory?.document.persons.some(({ id, active }) => id === person && active) === true &&
    directory.document.grants.some(
      (grant) =>
        grant.person === person &&
        grant.organ === organ &&
        grant.from <= now &&
        (grant.until === null || now < grant.until),
    );
  if (!mayRead) return refuse('not_found');
  const live = await findLive(handle, document);
  return {
    document,
    live: live
      ? {
          edition: live.edition,
          path: publicPath(live.organ, live.year),
          url: `${site}${publicPath(live.organ, live.year)}`,
          at: instant(live.liveAt),
          receipt: live.receipt,
        }
      : null,
    editions: editions.map(({ organ: _, ...edition }) => edition),
  };
}
