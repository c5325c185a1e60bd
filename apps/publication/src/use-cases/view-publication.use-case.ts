import type { z } from 'zod';
import type { PublicationDetail } from '#contracts/http/publication.api';
import { type Refusal, refuse } from '#domain/decision';
import { type Instant, instant } from '#domain/instant';
import { parseCanonical } from '#evidence/canonical';
import type { RouteDocument } from '#evidence/statements';
import { getContent } from '#content-store/content-store';
import { type Directory, DISCLOSURE_HEAD, routeFor } from '#signoff/directory';
import { mayRead } from '#signoff/reading-rights';
import { databaseNow, type Handle } from '#persistence/sql';
import { latestDirectory } from '#signoff/directory-copy.repository';
import type { OpenChannels } from '../channels/open-channels.js';
import { DELIVERY_OFFICES } from '../delivery-rights.js';
import { publicPath } from '../domain/public-address.js';
import { type DeliveryRow, findDeliveries } from '../persistence/channel-delivery.queries.js';
import { type EditionRow, findEditions, findLive } from '../persistence/publication-detail.queries.js';
import { findSteps, type StepRow } from '../persistence/publication-step.repository.js';
import { shownDelivery } from './deliveries-shown.js';
import { ATTEMPTS_SHOWN, shownCause, shownNext, shownTrail } from './trail-shown.js';

/**
 * How publication stands for a document, for its organ's drafters and whoever holds an office its route names. For everybody else it does
 * not exist: `not_found`. `site`: origin of the public site; `opened`: the channels beside it, as they are configured now.
 */
export async function viewPublication(
  handle: Handle,
  asked: { readonly document: string; readonly person: string; readonly site: string; readonly opened: OpenChannels },
): Promise<z.infer<typeof PublicationDetail> | Refusal<'not_found'>> {
  const { document, person, site, opened } = asked;
  const editions = await findEditions(handle, document);
  const organ = editions.find((edition) => edition.organ !== null)?.organ;
  const directory = await latestDirectory(handle);
  const now = await databaseNow(handle);
  if (organ == null || directory === undefined || !(await maySee(handle, directory, { organ, person, now })))
    return refuse('not_found');
  const live = await findLive(handle, document);
  const deliveries = await findDeliveries(handle, document);
  const steps = await findSteps(handle, document, ATTEMPTS_SHOWN);
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
    contact: opened.contact,
    heads: [...directory.holders(DISCLOSURE_HEAD, organ, now)],
    mayAct: DELIVERY_OFFICES.some((role) => directory.holds(person, role, organ, now)),
    editions: editions.map((row) => shownEdition(row, { deliveries, steps, opened })),
  };
}

function shownEdition(
  row: EditionRow,
  of: {
    readonly deliveries: readonly DeliveryRow[];
    readonly steps: readonly StepRow[];
    readonly opened: OpenChannels;
  },
): z.infer<typeof PublicationDetail>['editions'][number] {
  const { edition, case: caseId, round, kind, content, state, attempts, defect, releasedAt, effectAt } = row;
  return {
    edition,
    case: caseId,
    round,
    kind,
    content,
    state,
    attempts,
    defect,
    cause: shownCause(row, of.steps),
    nextAt: shownNext(row),
    trail: shownTrail(row, of.steps),
    releasedAt: releasedAt && instant(releasedAt),
    effectAt: effectAt && instant(effectAt),
    deliveries: of.deliveries
      .filter((delivery) => delivery.case === caseId && delivery.round === round)
      .map((delivery) => shownDelivery(delivery, of.opened.channels)),
  };
}

async function maySee(
  handle: Handle,
  directory: Directory,
  { organ, person, now }: { readonly organ: string; readonly person: string; readonly now: Instant },
): Promise<boolean> {
  const route = routeFor(directory.document, organ, 'publish');
  const document = route && (parseCanonical(await getContent(handle, route.digest)) as RouteDocument);
  return mayRead({ organ, stages: document?.stages ?? [], people: [] }, person, directory, now);
}
