import { refuse, type Refusal } from '#domain/decision';
import { type Instant, plusSeconds } from '#domain/instant';
import type { Offices } from './directory.js';
import { countedPersons, type LegCase } from './leg.js';
import { isSeatOpen, type LegRules, legRules } from './leg-rules.js';

/** The holders of one seat are urged at most this often. */
const URGE_HOURS = 4;
const HOUR_SECONDS = 3600;

/** 催办 by the submitter: null when it may be done. Refusals: not_submitter, slot_not_open, too_often {next}. */
export function whyNotUrge(
  legCase: LegCase,
  urge: { readonly actor: string; readonly seat: string; readonly last: Instant | null; readonly at: Instant },
  rules: LegRules = legRules,
): Refusal | null {
  if (urge.actor !== legCase.round.submitter) return refuse('not_submitter');
  const seat = rules.findSeat(legCase, urge.seat);
  if (seat === undefined || !isSeatOpen(rules, legCase, seat)) return refuse('slot_not_open');
  const next = urge.last === null ? null : plusSeconds(urge.last, URGE_HOURS * HOUR_SECONDS);
  return next !== null && urge.at < next ? refuse('too_often', { next }) : null;
}

/** True for the people a case is between: who wrote and submitted it, who signed it, and who could sign it now. */
export function takesPart(legCase: LegCase, person: string, offices: Offices, at: Instant): boolean {
  const { round, seats } = legCase;
  const behind = [round.submitter, ...round.contributors, ...round.countedElsewhere, ...countedPersons(legCase)];
  return behind.includes(person) || seats.some((seat) => canSign(legCase, seat, person, offices, at));
}

function canSign(
  legCase: LegCase,
  seat: LegCase['seats'][number],
  person: string,
  offices: Offices,
  at: Instant,
): boolean {
  const who = { actor: person, onBehalfOf: null };
  return (
    isSeatOpen(legRules, legCase, seat) &&
    legRules.officeFor(legCase, seat, who, offices, at) !== null &&
    legRules.areDutiesSeparate(legCase, who)
  );
}

/** An opinion is given once and in time. Null when it may be; refusals: consultation_closed {at}. */
export function whyNotAnswer(
  asked: { readonly answeredAt: Instant | null; readonly expiresAt: Instant },
  at: Instant,
): Refusal | null {
  if (asked.answeredAt !== null) return refuse('consultation_closed', { at: asked.answeredAt });
  return at >= asked.expiresAt ? refuse('consultation_closed', { at: asked.expiresAt }) : null;
}
