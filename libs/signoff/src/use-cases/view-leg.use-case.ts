import type { z } from 'zod';
import type { LegCaseDetail } from '#contracts/http/leg.api';
import { isRefusal, type Refusal } from '#domain/decision';
import { resolveOrgan } from '#evidence/route-law';
import type { RouteStage } from '#evidence/statements';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { Handle } from '#persistence/sql';
import { besideTheCase } from '../beside-the-case.queries.js';
import type { Consultation } from '../beside-the-case.repository.js';
import type { Ending, LegCase, Seat, SentBack } from '../leg.js';
import { openStageId } from '../leg-announcement.js';
import { legRules, openStage, seatState } from '../leg-rules.js';
import { readLeg } from '../read-leg.js';
import { reasonOf } from '../reason-sentences.js';
import { signableBy } from '../signable-seats.js';

type Detail = z.infer<typeof LegCaseDetail>;

/** One leg of a case as this person may see it, with the exact statements he could sign now. `not_found` otherwise. */
export async function viewLeg(
  handle: Handle,
  caseId: string,
  person: string,
  crypto: EvidenceCrypto,
): Promise<Detail | Refusal> {
  const found = await readLeg(handle, caseId, person);
  if (isRefusal(found)) return found;
  const { legCase, version, bundle, blocked, routeStages, id } = found.leg;
  const { round, state, seats, ending, clock, releaseAt } = legCase;
  const { views, copies, consultations, sentBack, notes } = await besideTheCase(handle, caseId, id);
  const own = views.find((view) => view.person === person && view.content === round.content);
  return {
    case: round.case,
    leg: round.leg,
    round: round.round,
    pass: round.pass,
    kind: round.kind,
    version,
    state,
    document: round.document,
    edition: round.edition,
    organ: round.organ,
    year: round.year,
    content: round.content,
    notice: round.notice,
    route: round.route,
    submitter: round.submitter,
    notBefore: round.notBefore,
    stage: openStageId(legCase),
    clock,
    blocked: blocked === null ? null : { stage: blocked.stage, seats: [...blocked.seats] },
    stages: routeStages.map((stage) => stageDetail(stage, round.organ)),
    seats: seats.map((seat) => seatDetail(legCase, seat)),
    signable: signableBy(found, person, crypto),
    takeable: takeableBy(legCase, person),
    removable: removableBy(legCase, person),
    viewed: own === undefined ? null : { at: own.at, fromContent: own.fromContent },
    views: views.map(({ person: who, content, at }) => ({ person: who, content, at })),
    copies: [...copies],
    consultations: consultations.map(consultationDetail),
    sentBack: sentBackDetails(sentBack, legCase),
    notes,
    ended: ending === null ? null : endingDetail(ending),
    releaseAt,
    bundle,
  };
}

/** Returns by persons, and those no person made, in the order in which they happened. */
function sentBackDetails(byPersons: readonly SentBack[], { lapses }: LegCase): Detail['sentBack'] {
  return [
    ...byPersons.map((one) => ({ ...one, because: null })),
    ...lapses.map(({ code, ...lapse }) => ({ ...lapse, by: null, reason: '', place: null, because: reasonOf(code) })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function endingDetail({ code, ...ending }: Ending): NonNullable<Detail['ended']> {
  return { ...ending, because: code === undefined ? null : reasonOf(code) };
}

function stageDetail(stage: RouteStage, organ: string): Detail['stages'][number] {
  const { slots, checklist = [], duty = null, escalation = null, ...facts } = stage;
  const asked = slots.map((slot) => ({
    role: slot.role,
    organ: resolveOrgan(slot.organ, organ),
    person: slot.person ?? null,
  }));
  return { ...facts, checklist: [...checklist], duty, escalation, slots: asked };
}

function consultationDetail({
  case: _case,
  content: _content,
  token: _token,
  ...asked
}: Consultation): Detail['consultations'][number] {
  return asked;
}

/** The person's own signatures that may still be taken back. */
function takeableBy(legCase: LegCase, person: string): Detail['takeable'] {
  if (legCase.state !== 'in-review') return [];
  return legCase.seats
    .filter((seat) => legRules.isOwnSignature(seat, person) && legRules.isLastSigned(legCase, seat))
    .map(({ id }) => id);
}

function removableBy(legCase: LegCase, person: string): Detail['removable'] {
  const open = legCase.state === 'in-review' ? openStage(legRules, legCase)?.id : undefined;
  return legCase.seats.filter((seat) => seat.stage === open && legRules.mayRemove(seat, person)).map(({ id }) => id);
}

function seatDetail(legCase: LegCase, seat: Seat): Detail['seats'][number] {
  const { id, stage, role, organ, person, addedBy, signature } = seat;
  return {
    seat: id,
    stage,
    role,
    organ,
    person,
    addedBy,
    state: seatState(legRules, legCase, seat),
    signedBy: signature?.actor ?? null,
    signedFor: signature?.onBehalfOf ?? null,
    signedAs: signature?.as ?? null,
    signedAt: signature?.at ?? null,
  };
}
