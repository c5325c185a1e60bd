import type { NoticeKind } from '#contracts/http/notices.api';
import { plusSeconds, type Instant } from '#domain/instant';
import type { WorkCalendar } from '#domain/work-calendar';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { passkeysOf } from '../passkeys/passkey.repository.js';
import { directoryNotices } from './directory-notices.js';
import { readReportFacts } from './facts.queries.js';
import { earlier } from './latest-event.js';
import type { NoticeChannel } from './notice-channel.js';
import { applyPlan, liveNotices, lockScope, type ScopeLock, setClock, settingsOf } from './notice.repository.js';
import { type NoticeScope, scopeName } from './notice-scope.js';
import { noticesFor } from './notices-for.js';
import { passkeyNotices } from './passkey-notices.js';
import { type NoticePlan, planNotices, type StoredNotice } from './plan-notices.js';
import { waitingChanges } from './waiting-changes.queries.js';
import { type NoticeClock, NOTHING, type Truth } from './seat-notices.js';

/** What stays as true as it is: nothing about it changes by itself. */
const LASTING: ReadonlySet<NoticeKind> = new Set(['live', 'taken-down', 'passkey-registered', 'passkey-revoked']);

/** Whatever was overlooked is found within a day: a later release with more holidays, a rule that changed. */
const LOOKED_AT_DAILY_SECONDS = 86_400;

export interface SettleMeans {
  readonly calendar: WorkCalendar;
  readonly channels: readonly NoticeChannel[];
}

/**
 * Makes the live notices of a scope the true ones and hands over those whose time has come, in one transaction under one
 * lock: what is delivered is true of the very rows that this transaction read. Repeating it changes nothing. With `wait`
 * false it answers false when another transaction is at it.
 */
export async function settleNotices(
  tx: Tx,
  scope: NoticeScope,
  { calendar, channels }: SettleMeans,
  { wait } = { wait: true },
): Promise<boolean> {
  const name = scopeName(scope);
  const lock = await lockScope(tx, name, { wait });
  if (!lock) return false;
  const clock = { now: lock.now, calendar };
  const truth = await truthOf(tx, scope, clock);
  const live = await liveNotices(tx, name);
  const people = [...new Set([...truth.notices, ...live].map(({ person }) => person))];
  const means = {
    ...clock,
    channels: channels.map((channel) => channel.name),
    settingsOf: await settingsOf(tx, people),
  };
  const plan = planNotices(live, truth.notices, means);
  const created = await applyPlan(tx, scope, plan, clock.now);
  await handOver(tx, channels, [...plan.delivered, ...created.filter(({ deliveredAt }) => deliveredAt !== null)]);
  await sayUncovered(tx, plan, truth);
  await setClock(tx, name, nextLook(truth, live, plan, created, lock), lock.directory);
  return true;
}

async function truthOf(tx: Tx, scope: NoticeScope, clock: NoticeClock): Promise<Truth> {
  if (scope === 'directory') {
    return { ...NOTHING, notices: directoryNotices(await waitingChanges(tx)) };
  }
  if ('passkeysOf' in scope) {
    return { ...NOTHING, notices: passkeyNotices(await passkeysOf(tx, scope.passkeysOf)) };
  }
  const facts = await readReportFacts(tx, { ...scope, scope: scopeName(scope) });
  return facts === null ? NOTHING : noticesFor(facts, clock);
}

async function handOver(tx: Tx, channels: readonly NoticeChannel[], notices: readonly StoredNotice[]): Promise<void> {
  for (const notice of notices) {
    const channel = channels.find(({ name }) => name === notice.channel);
    await channel?.handOver(tx, notice);
  }
}

/** A year without holidays holds no notice up; an administrator hears that days of it were counted by the weekday. */
async function sayUncovered(tx: Tx, plan: NoticePlan, truth: Truth): Promise<void> {
  if (plan.created.length === 0 && plan.delivered.length === 0) return;
  for (const year of new Set([...plan.uncovered, ...truth.uncovered])) {
    await raiseAlarm(tx, 'calendar_uncovered', { year });
  }
}

/** The next time anything can be otherwise. Where nothing waits and nothing is said by the calendar there is none. */
function nextLook(
  truth: Truth,
  live: readonly StoredNotice[],
  plan: NoticePlan,
  created: readonly StoredNotice[],
  { now, officesChangeAt }: ScopeLock,
): Instant | null {
  const gone = new Set([...plan.voided, ...plan.delivered].map(({ id }) => id));
  const until = new Map(plan.waiting.map((one) => [one.id, one.until]));
  const pending = [...live, ...created].filter(({ id, deliveredAt }) => deliveredAt === null && !gone.has(id));
  const times = pending.map(({ id, deliverAfter }) => until.get(id) ?? deliverAfter);
  const soonest = [...times, truth.changesAt].reduce<Instant | null>(earlier, null);
  const waits = truth.notices.some(({ kind }) => !LASTING.has(kind));
  if (soonest === null && !waits) return null;
  return [soonest, officesChangeAt, plusSeconds(now, LOOKED_AT_DAILY_SECONDS)].reduce<Instant | null>(earlier, null);
}
