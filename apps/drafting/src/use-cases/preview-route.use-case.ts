import type { z } from 'zod';
import type { RoutePreview } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import { resolveOrgan, seatsNeeded } from '#evidence/route-law';
import { databaseNow, type Handle } from '#persistence/sql';
import { routeFillability } from '#signoff/fillability';
import type { WritingKind } from '../domain/report-life.js';
import type { DraftingPorts } from '../drafting-ports.js';
import { knownDirectory, reportToWrite } from '../drafting-rights.js';
import { emergencyTerms } from '../emergency-terms.js';
import { authorsSince, findReport } from '../persistence/report.repository.js';
import { agreedRoute } from '../solvable-route.js';

/**
 * Who would sign if this person submitted now, and the stage that could not be filled without those who wrote. Refuses
 * not_found, not_allowed, no_route (organ, kind), and of an emergency what `emergencyTerms` refuses.
 */
export async function previewRoute(
  handle: Handle,
  { document, kind }: { readonly document: string; readonly kind: WritingKind },
  person: string,
  ports: DraftingPorts,
): Promise<z.infer<typeof RoutePreview> | Refusal> {
  const report = await reportToWrite(handle, await findReport(handle, document), person);
  if (isRefusal(report)) return report;
  const { organ, liveRevision } = report;
  const directory = await knownDirectory(handle);
  const at = await databaseNow(handle);
  const route = await agreedRoute(handle, { directory, organ, kind, at }, ports);
  if (isRefusal(route)) return route;
  const excluded = [...new Set([...(await authorsSince(handle, document, liveRevision)), person])];
  const sought = { directory, organ, excluded, at };
  const ratification = kind === 'emergency' ? await emergencyTerms(handle, document, sought, ports) : null;
  if (ratification !== null && isRefusal(ratification)) return ratification;
  const unfillable = routeFillability(route.statement, organ, directory, excluded, at);
  const stages = route.statement.stages.map((stage) => ({
    id: stage.id,
    leg: stage.leg,
    name: stage.name,
    need: seatsNeeded(stage),
    slots: stage.slots.map((slot) => ({
      role: slot.role,
      organ: resolveOrgan(slot.organ, organ),
      person: slot.person ?? null,
    })),
  }));
  return {
    document,
    kind,
    stages,
    unfillable: unfillable === null ? null : { stage: unfillable.stage, seats: [...unfillable.seats] },
    ratification,
  };
}
