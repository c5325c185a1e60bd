import type { Instant } from '#domain/instant';
import type { RouteStage } from '#evidence/statements';
import { resolveOrgan } from '#evidence/route-law';
import { DISCLOSURE_HEAD, DRAFTER, type Offices } from './directory.js';

/** What decides who may see a case: its organ, the route of both legs, and the people behind it. */
export interface ReadableCase {
  readonly organ: string;
  readonly stages: readonly RouteStage[];
  readonly people: readonly string[];
}

/**
 * True for the people behind a case (submitter, contributors, signers), for the drafters and the head of disclosure of its
 * organ, and for whoever holds an office its route names, a superior's too. For everybody else the case does not exist (`not_found`).
 */
export function mayRead(of: ReadableCase, person: string, offices: Offices, at: Instant): boolean {
  return (
    of.people.includes(person) ||
    [DRAFTER, DISCLOSURE_HEAD].some((role) => offices.holds(person, role, of.organ, at)) ||
    of.stages.some(({ slots, escalation = null }) =>
      [...slots, ...(escalation === null ? [] : [escalation])].some((slot) =>
        offices.holds(person, slot.role, resolveOrgan(slot.organ, of.organ), at),
      ),
    )
  );
}
