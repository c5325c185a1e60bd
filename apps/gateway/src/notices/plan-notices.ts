import type { NoticeKind, NoticeSettings } from '#contracts/http/notices.api';
import type { Instant } from '#domain/instant';
import { identityOf, type Notice, slotOf } from './notice.js';
import type { NoticeClock } from './seat-notices.js';
import { deliverableAt } from './quiet-hours.js';

/** Why a notice was taken back: a newer one on the same topic, or what it says is not so any more. */
export type VoidReason = 'replaced' | 'no-longer-true';

/** A live notice as it is kept for one channel. */
export interface StoredNotice extends Notice {
  readonly id: string;
  readonly channel: string;
  readonly deliverAfter: Instant;
  readonly deliveredAt: Instant | null;
}

/** A notice to be kept; `deliver` when it may be handed over at once. */
export interface NewNotice extends Notice {
  readonly channel: string;
  readonly deliverAfter: Instant;
  readonly deliver: boolean;
}

/** What turns the notices that are live into those that are true, and hands over those whose time has come. */
export interface NoticePlan {
  readonly voided: readonly { readonly id: string; readonly reason: VoidReason }[];
  readonly created: readonly NewNotice[];
  /** Still the same fact, with another due time. */
  readonly amended: readonly { readonly id: string; readonly dueAt: Instant | null }[];
  readonly delivered: readonly StoredNotice[];
  readonly waiting: readonly { readonly id: string; readonly until: Instant }[];
  readonly uncovered: readonly number[];
}

export interface PlanMeans extends NoticeClock {
  readonly channels: readonly string[];
  readonly settingsOf: (person: string) => NoticeSettings;
}

/** Compares what is live with what is true. Nothing untrue is left, nothing is handed over in quiet hours, nothing twice. */
export function planNotices(live: readonly StoredNotice[], truth: readonly Notice[], means: PlanMeans): NoticePlan {
  const wanted = new Map(truth.map((notice) => [identityOf(notice), notice]));
  const slots = new Set(truth.map(slotOf));
  const kept = live.filter((notice) => wanted.has(identityOf(notice)));
  const voided = live
    .filter((notice) => !wanted.has(identityOf(notice)))
    .map((notice) => ({ id: notice.id, reason: voidReason(slots.has(slotOf(notice))) }));
  const amended = kept.flatMap((notice) => {
    const { dueAt } = wanted.get(identityOf(notice))!;
    return dueAt === notice.dueAt ? [] : [{ id: notice.id, dueAt }];
  });
  const uncovered = new Set<number>();
  const created = newNotices(kept, truth, means, uncovered);
  return { voided, created, amended, ...deliveries(kept, means, uncovered), uncovered: [...uncovered] };
}

const voidReason = (replaced: boolean): VoidReason => (replaced ? 'replaced' : 'no-longer-true');

function newNotices(
  kept: readonly StoredNotice[],
  truth: readonly Notice[],
  means: PlanMeans,
  uncovered: Set<number>,
): readonly NewNotice[] {
  const known = new Set(kept.map((notice) => `${identityOf(notice)} ${notice.channel}`));
  return means.channels.flatMap((channel) =>
    truth
      .filter((notice) => !known.has(`${identityOf(notice)} ${channel}`))
      .map((notice) => {
        const deliverAfter = deliverAfterOf(notice, means, uncovered);
        return { ...notice, channel, deliverAfter, deliver: deliverAfter <= means.now };
      }),
  );
}

/** Those whose time has come are looked at by the present settings: the process may have slept into the night. */
function deliveries(
  kept: readonly StoredNotice[],
  means: PlanMeans,
  uncovered: Set<number>,
): Pick<NoticePlan, 'delivered' | 'waiting'> {
  const come = kept.filter(({ deliveredAt, deliverAfter }) => deliveredAt === null && deliverAfter <= means.now);
  const timed = come.map((notice) => ({ notice, until: deliverAfterOf(notice, means, uncovered) }));
  return {
    delivered: timed.filter(({ until }) => until <= means.now).map(({ notice }) => notice),
    waiting: timed.filter(({ until }) => until > means.now).map(({ notice, until }) => ({ id: notice.id, until })),
  };
}

/** Whoever has his account misused hears of it at once, whatever the hour. */
const AT_ONCE: ReadonlySet<NoticeKind> = new Set(['passkey-registered', 'passkey-revoked']);

/** Quiet hours put a notice off, but not beyond the time by which something is to be done. */
function deliverAfterOf({ person, kind, dueAt }: Notice, means: PlanMeans, uncovered: Set<number>): Instant {
  const { now, calendar } = means;
  if (AT_ONCE.has(kind)) return now;
  const quiet = deliverableAt(means.settingsOf(person), calendar, now);
  for (const year of quiet.uncovered) uncovered.add(year);
  return dueAt !== null && now < dueAt && dueAt <= quiet.at ? now : quiet.at;
}
