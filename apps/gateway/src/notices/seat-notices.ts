import type { NoticeKind } from '#contracts/http/notices.api';
import { type Instant, instant } from '#domain/instant';
import { addWorkdays, type WorkCalendar } from '#domain/work-calendar';
import { type CivilDay, dayAt } from '#domain/work-day';
import { bestKnown } from './best-known.js';
import { earlier, latestOf, type Timed } from './latest-event.js';
import type { Notice } from './notice.js';
import { startOfDay } from './quiet-hours.js';
import type { LegFacts, ReportFacts, RequestFacts, SeatFacts } from './report-facts.js';

/** Said so many working days before a seat is due. */
const WARNED_BEFORE = 1;

/** What is true now, when something else will be, and the years whose holidays were missing. */
export interface Truth {
  readonly notices: readonly Notice[];
  readonly changesAt: Instant | null;
  readonly uncovered: readonly number[];
}

/** Nobody is to know anything, ever. */
export const NOTHING: Truth = { notices: [], changesAt: null, uncovered: [] };

/** When the first of several truths changes. */
export function soonest(truths: readonly Truth[]): Instant | null {
  return truths.reduce<Instant | null>((first, { changesAt }) => earlier(first, changesAt), null);
}

/** What time it is, and which days are worked. */
export interface NoticeClock {
  readonly now: Instant;
  readonly calendar: WorkCalendar;
}

interface SeatEvent extends Timed {
  readonly kind: NoticeKind;
  readonly mark: string;
  readonly actor: string | null;
}

/** The last day of a period that is over at `dueAt`, the 24:00 of it. */
export const lastDayBefore = (dueAt: Instant): CivilDay => dayAt(instant(new Date(Date.parse(dueAt) - 1)));

/**
 * What those who may sign an open seat are to know: the newest of its events. When nobody can sign it, drafters and
 * administrators are told: the one waits for it, the other can give the office to somebody.
 */
export function seatNotices(
  { leg, seat, sentBack }: { readonly leg: LegFacts; readonly seat: SeatFacts; readonly sentBack: boolean },
  { makers, administrators, requests }: Pick<ReportFacts, 'makers' | 'administrators' | 'requests'>,
  clock: NoticeClock,
): Truth {
  const about = subjectOf(leg, seat);
  const timed = timedEvents(leg, clock);
  const opened: SeatEvent = {
    kind: sentBack ? 'returned' : 'turn',
    at: past(seat.since, clock),
    mark: '',
    actor: null,
  };
  const urges = requests.filter((one) => one.kind === 'urged' && one.seat === seat.seat);
  const told = seat.actors.map((person) => {
    const { current, next } = latestOf([opened, ...timed.events, ...urgesOf(urges, person, clock)], clock.now);
    const { kind, mark, actor } = current ?? opened;
    return { notice: { ...about, person, kind, mark, actor }, next };
  });
  const blocked = seat.actors.length === 0 || leg.blockedStage === seat.stage;
  const helpers = blocked ? [...new Set([...submitterOf(leg), ...makers, ...administrators])] : [];
  const calls = helpers.map((person): Notice => ({ ...about, person, kind: 'blocked', mark: '', actor: null }));
  const notices = [...told.map(({ notice }) => notice), ...calls];
  return { notices, changesAt: told[0]?.next ?? null, uncovered: timed.uncovered };
}

/** Whoever submitted the round, where that is known. */
export const submitterOf = ({ submitter }: LegFacts): readonly string[] => (submitter === null ? [] : [submitter]);

function subjectOf(leg: LegFacts, { seat, stage }: SeatFacts): Omit<Notice, 'person' | 'kind' | 'mark' | 'actor'> {
  const { case: caseId, round, document, dueAt } = leg;
  return { topic: `seat:${seat}`, case: caseId, round, seat, stage, document, dueAt };
}

/** What has been announced has happened, even when the clock of whoever announced it is ahead. */
const past = (at: Instant, { now }: NoticeClock): Instant => (at < now ? at : now);

function timedEvents(
  { dueAt, overdue }: LegFacts,
  { now, calendar }: NoticeClock,
): { readonly events: readonly SeatEvent[]; readonly uncovered: readonly number[] } {
  if (dueAt === null) {
    const known: SeatEvent = { kind: 'overdue', at: now, mark: '', actor: null };
    return { events: overdue ? [known] : [], uncovered: [] };
  }
  const warned = bestKnown(calendar, (known) => addWorkdays(known, lastDayBefore(dueAt), -WARNED_BEFORE));
  const events: SeatEvent[] = [
    { kind: 'due-soon', at: startOfDay(warned.value), mark: dueAt, actor: null },
    { kind: 'overdue', at: dueAt, mark: dueAt, actor: null },
  ];
  return { events, uncovered: warned.uncovered };
}

function urgesOf(urges: readonly RequestFacts[], person: string, clock: NoticeClock): readonly SeatEvent[] {
  return urges
    .filter((one) => one.person === null || one.person === person)
    .map(({ id, at, by }) => ({ kind: 'urged', at: past(at, clock), mark: id, actor: by }));
}
