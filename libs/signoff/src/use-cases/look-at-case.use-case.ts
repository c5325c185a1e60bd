import { isRefusal, type Refusal, refuse } from '#domain/decision';
import type { z } from 'zod';
import type { CaseViewed } from '#contracts/http/leg.api';
import { digest } from '#domain/identifiers';
import { ACCEPTED } from '#ledger/record-entry';
import type { Tx } from '#persistence/transaction';
import { denyUnseen } from '../act-on-leg.js';
import { insertView } from '../beside-the-case.repository.js';
import type { LegPorts, ProvenPerson } from '../leg-ports.js';
import { readLeg } from '../read-leg.js';
import { enterInLedger } from '../settle-leg.js';
import { signableBy } from '../signable-seats.js';

/**
 * Keeps that a person opened exactly this content: without it he cannot sign it. Answers what he signed of this report before, when that
 * was other content, and what he may sign now. Refusals: not_found, content_changed when
 * the case has other content by now.
 */
export async function lookAtCase(
  tx: Tx,
  { case: caseId, content: seen }: { readonly case: string; readonly content: string },
  by: ProvenPerson,
  ports: LegPorts,
): Promise<z.infer<typeof CaseViewed> | Refusal> {
  const found = await readLeg(tx, caseId, by.person);
  if (isRefusal(found)) {
    await denyUnseen(tx, { case: caseId, action: 'view' }, by, ports, found.refused);
    return found;
  }
  const { leg } = found;
  const content = digest(seen);
  const same = content === leg.legCase.round.content;
  const outcome = same ? ACCEPTED : 'content_changed';
  const cause = { action: 'view', actor: by.person, onBehalfOf: null, requestId: by.correlationId };
  await enterInLedger(tx, leg, ports, { ...cause, outcome, digests: { seen: content }, events: [] });
  if (!same) return refuse('content_changed');
  const { document } = leg.legCase.round;
  const fromContent = await insertView(tx, { case: caseId, document, person: by.person, content });
  return { case: caseId, content, fromContent, signable: signableBy(found, by.person, ports.crypto) };
}
