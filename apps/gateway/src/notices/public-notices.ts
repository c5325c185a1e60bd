import { plusSeconds } from '#domain/instant';
import { latestOf } from './latest-event.js';
import type { Notice } from './notice.js';
import type { Asked, LegFacts, RatificationFacts, ReportFacts } from './report-facts.js';
import { type NoticeClock, NOTHING, soonest, type Truth } from './seat-notices.js';

/** For so long it is news to whoever gets an office that something is public; those who have been told keep it. */
const NEWS_FOR_SECONDS = 3 * 86_400;

/** True while an edition of the report is public. */
export function isPublic({ live }: Pick<ReportFacts, 'live'>): boolean {
  return live !== null && !live.takenDown;
}

/** Whom a seat waited for in that round of that case. */
function askedIn({ asked }: Pick<ReportFacts, 'asked'>, { case: caseId, round }: LegFacts): readonly Asked[] {
  return asked.filter((one) => one.case === caseId && one.round === round);
}

/** Whoever was told, in that round of that case, that a seat waited for him. */
export function toldIn(facts: Pick<ReportFacts, 'asked'>, leg: LegFacts): readonly string[] {
  return askedIn(facts, leg).flatMap(({ person, heard }) => (heard ? [person] : []));
}

/**
 * Public, or taken down again: drafters, and everybody who had been asked to sign something about that edition; also who signed before the notice of it
 * could reach him in his quiet hours.
 */
export function publicNotices(facts: ReportFacts, { now }: NoticeClock): Truth {
  if (facts.live === null) return NOTHING;
  const { document, edition, at, known, takenDown } = facts.live;
  const legs = facts.legs.filter((one) => one.document === document && one.edition === edition);
  const leg = legs.find(({ state }) => state === 'done') ?? legs[0];
  const concerned = [...facts.makers, ...legs.flatMap((one) => askedIn(facts, one).map(({ person }) => person))];
  const people = now < plusSeconds(at, NEWS_FOR_SECONDS) ? [...known, ...concerned] : known;
  const about: Omit<Notice, 'person'> = {
    kind: takenDown ? 'taken-down' : 'live',
    topic: `live:${document}`,
    mark: String(edition),
    case: leg?.case ?? null,
    round: leg?.round ?? null,
    seat: null,
    stage: null,
    document,
    actor: null,
    dueAt: null,
  };
  return { ...NOTHING, notices: people.map((person) => ({ ...about, person })) };
}

/** An emergency publication still to be confirmed: the drafters start that, and hear when it is refused or overdue. */
export function ratificationNotices(facts: ReportFacts, { now }: NoticeClock): Truth {
  const truths = facts.ratifications.map((one): Truth => {
    const due = one.dueAt === null ? [] : [{ at: one.dueAt }];
    const { current, next } = latestOf(due, now);
    const mark = current === null ? one.state : `${one.state} overdue`;
    const notices = facts.makers.map((person) => ratificationNotice(one, mark, person));
    return { notices, changesAt: next, uncovered: [] };
  });
  return { notices: truths.flatMap(({ notices }) => notices), changesAt: soonest(truths), uncovered: [] };
}

function ratificationNotice(one: RatificationFacts, mark: string, person: string): Notice {
  const { document, edition, case: caseId, dueAt } = one;
  const topic = `ratification:${document}:${edition}`;
  const none = { round: null, seat: null, stage: null, actor: null };
  return { ...none, person, kind: 'ratification', topic, mark, case: caseId, document, dueAt };
}
