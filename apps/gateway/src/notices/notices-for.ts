import type { Instant } from '#domain/instant';
import { statutoryDate } from '#domain/season';
import { endOfDay } from '#domain/work-day';
import { aboutRound } from './about-round.js';
import { type Notice, slotOf } from './notice.js';
import type { LegFacts, ReportFacts } from './report-facts.js';
import { isPublic, publicNotices, ratificationNotices, toldIn } from './public-notices.js';
import { requestNotices } from './request-notices.js';
import { openLegs, presentRounds } from './rounds.js';
import { type NoticeClock, NOTHING, seatNotices, soonest, submitterOf, type Truth } from './seat-notices.js';
import { statutoryReminder } from './statutory-reminders.js';

/**
 * Every notice that is true of a report now, one for each person and topic. What is not among them is taken back or
 * never delivered: this is the one place that says who is to know what. Pure: same facts, same time, same notices.
 */
export function noticesFor(facts: ReportFacts, clock: NoticeClock): Truth {
  const truths = [
    ...presentRounds(facts.legs).map((round) => roundNotices(facts, round, clock)),
    endingNotices(facts, clock),
    publicNotices(facts, clock),
    ratificationNotices(facts, clock),
    statutoryNotices(facts, clock),
  ];
  return {
    notices: onePerSlot(truths.flatMap(({ notices }) => notices)),
    changesAt: soonest(truths),
    uncovered: [...new Set(truths.flatMap(({ uncovered }) => uncovered))],
  };
}

/** The first named of each slot: somebody who is to sign is told that, and not also that a seat is blocked. */
function onePerSlot(notices: readonly Notice[]): readonly Notice[] {
  const slots = new Map<string, Notice>();
  for (const notice of notices) if (!slots.has(slotOf(notice))) slots.set(slotOf(notice), notice);
  return [...slots.values()];
}

/** Seats, opinions and copies of a round that goes on. */
function roundNotices(facts: ReportFacts, round: readonly LegFacts[], clock: NoticeClock): Truth {
  const sentBack = round.some(({ state }) => state === 'sent-back');
  const seats = openLegs(round).flatMap((leg) =>
    leg.seats.map((seat) => seatNotices({ leg, seat, sentBack }, facts, clock)),
  );
  return {
    notices: [...seats.flatMap(({ notices }) => notices), ...requestNotices(facts, round)],
    changesAt: soonest(seats),
    uncovered: seats.flatMap(({ uncovered }) => uncovered),
  };
}

/** How the newest case ended without going out, until it is submitted again: the drafters, and whoever had been asked to sign. */
function endingNotices(facts: ReportFacts, { now }: NoticeClock): Truth {
  const newest = Math.max(0, ...facts.legs.map(({ edition }) => edition));
  const ended = presentRounds(facts.legs)
    .flatMap(
      (round) => round.find(({ ending }) => ending === 'held') ?? round.find(({ ending }) => ending !== null) ?? [],
    )
    .filter(({ edition }) => edition === newest);
  const due = endOfDay(statutoryDate(facts.level, facts.year));
  const dueAt = !isPublic(facts) && now < due && ended.length > 0 ? due : null;
  return { notices: ended.flatMap((leg) => endingOf(facts, leg, dueAt)), changesAt: dueAt, uncovered: [] };
}

/**
 * The drafters have until the statutory date; those who were to sign need not wait any longer, and a return is not theirs to
 * mend. What was signed and held concerns those who signed, and whoever can find out why.
 */
function endingOf(facts: ReportFacts, leg: LegFacts, dueAt: Instant | null): readonly Notice[] {
  const kind = leg.ending ?? 'returned';
  const about = aboutRound(leg, `case:${leg.case}`);
  const mark = `${leg.round} ${kind}`;
  const drafters = [...submitterOf(leg), ...facts.makers, ...(kind === 'held' ? facts.administrators : [])];
  const signers = kind === 'returned' ? [] : toldIn(facts, leg);
  return [
    ...drafters.map((person): Notice => ({ ...about, person, kind, mark, dueAt })),
    ...signers.map((person): Notice => ({ ...about, person, kind, mark })),
  ];
}

/** The statutory date comes nearer, or has passed, and the report is not public. */
function statutoryNotices(facts: ReportFacts, { now, calendar }: NoticeClock): Truth {
  if (isPublic(facts)) return NOTHING;
  const date = statutoryDate(facts.level, facts.year);
  const { current, next, uncovered } = statutoryReminder(date, calendar, now);
  if (current === null) return { ...NOTHING, changesAt: next, uncovered };
  const { kind, mark, forSigners } = current;
  const signers = forSigners ? presentRounds(facts.legs).flatMap(openLegs).flatMap(actorsIn) : [];
  const makers = facts.makers.length > 0 ? facts.makers : facts.administrators;
  const about = { case: null, round: null, seat: null, stage: null, document: facts.document, actor: null };
  const topic = `report:${facts.organ}:${facts.year}`;
  const people = [...makers, ...signers];
  const notices = people.map((person): Notice => ({ ...about, person, kind, topic, mark, dueAt: endOfDay(date) }));
  return { notices, changesAt: next, uncovered };
}

const actorsIn = ({ seats }: LegFacts): readonly string[] => seats.flatMap(({ actors }) => actors);
