import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readReportFacts } from '../../apps/gateway/src/notices/facts.queries.js';
import type { NoticeChannel } from '../../apps/gateway/src/notices/notice-channel.js';
import { applyPlan, liveNotices, lockScope, settingsOf } from '../../apps/gateway/src/notices/notice.repository.js';
import { scopeName } from '../../apps/gateway/src/notices/notice-scope.js';
import { noticesFor } from '../../apps/gateway/src/notices/notices-for.js';
import { officeCalendar } from '../../apps/gateway/src/notices/office-calendar.js';
import { planNotices, type StoredNotice } from '../../apps/gateway/src/notices/plan-notices.js';
import { settleNotices } from '../../apps/gateway/src/notices/settle-notices.use-case.js';
import { barrier } from '../support/gate.js';
import { NoticeWorld, type Progress } from '../support/notice-world.js';
import { databaseNow, row, rows } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';

let world: NoticeWorld;
beforeAll(async () => {
  world = await NoticeWorld.open();
}, 60_000);
afterAll(() => world?.gateway.close());

interface Delivery {
  readonly id: string;
  /** Whether the seat still waited, as the delivering transaction saw it. */
  readonly waiting: boolean;
}
let deliveries: Delivery[] = [];
beforeEach(() => {
  deliveries = [];
});

const witness: NoticeChannel = {
  name: 'in-app',
  handOver: async (tx, { id, seat }) => {
    const open = await row(tx, 'SELECT 1 FROM open_seat WHERE seat = $1', [seat]);
    deliveries.push({ id, waiting: open !== undefined });
  },
};
const means = { calendar: officeCalendar(), channels: [witness] };

/** A seat whose notice is due and has not been delivered: it came in quiet hours that are over. */
async function pending(): Promise<Progress> {
  const body = world.progress();
  const holder = world.person('first-reviewer');
  const at = Date.parse(await databaseNow(world.db));
  const wall = (hours: number): string => new Date(at + (8 + hours) * 3_600_000).toISOString().slice(11, 16);
  const quiet = 'UPDATE notice_settings SET quiet_from = $2, quiet_until = $3 WHERE person = $1';
  await rows(world.db, quiet, [holder, wall(-1), wall(1)]);
  await world.hearLeg(body);
  await rows(world.db, quiet, [holder, '00:00', '00:00']);
  await rows(world.db, 'UPDATE notice SET deliver_after = clock_timestamp() WHERE year = $1', [body.year]);
  return body;
}

const signed = (body: Progress): Progress => ({ ...body, version: 2, state: 'cleared', stage: null, openSeats: [] });

const deliver = (body: Progress, gate: () => Promise<void> = async () => undefined): Promise<boolean> =>
  runInTransaction(world.db, async (tx) => {
    await gate();
    return settleNotices(tx, body, means);
  });

/** The broken variant: everything as it should be, but without the lock, so that something may happen `between` looking and acting. */
async function deliverWithoutLock(tx: Tx, body: Progress, between: () => Promise<void>): Promise<void> {
  const scope = scopeName(body);
  const clock = { now: await databaseNow(tx), calendar: means.calendar };
  const facts = await readReportFacts(tx, { ...body, scope });
  const truth = facts === null ? [] : noticesFor(facts, clock).notices;
  const live: StoredNotice[] = await liveNotices(tx, scope);
  const people = await settingsOf(tx, [world.person('first-reviewer')]);
  const plan = planNotices(live, truth, { ...clock, channels: ['in-app'], settingsOf: people });
  await between();
  await applyPlan(tx, body, plan, clock.now);
  for (const notice of plan.delivered) await witness.handOver(tx, notice);
}

interface Kept {
  readonly delivered: Date | null;
  readonly voided: Date | null;
}
const keptOf = async (body: Progress): Promise<Kept[]> =>
  rows<Kept>(world.db, 'SELECT delivered_at AS delivered, void_at AS voided FROM notice WHERE year = $1', [body.year]);

describe('a delivery and the signature at one instant', () => {
  const PAIRS = 150;

  it(`never tell what is not so any more, ${PAIRS} times of ${PAIRS}`, async () => {
    let told = 0;
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const body = await pending();
      const gate = barrier(2);
      // The message of the signature wins the race as often as it can: it is let go at the same instant.
      await Promise.all([deliver(body, gate), world.hearLeg(signed(body), gate)]);
      const [kept, ...more] = await keptOf(body);
      expect(more).toEqual([]);
      expect(kept?.voided).not.toBeNull();
      if (kept?.delivered) {
        told += 1;
        expect(kept.delivered.getTime()).toBeLessThanOrEqual(kept.voided?.getTime() ?? 0);
      }
    }
    expect(deliveries).toHaveLength(told);
    expect(deliveries.every(({ waiting }) => waiting)).toBe(true);
  }, 120_000);

  it('in either order: signed first, it is not delivered; delivered first, it is taken back', async () => {
    const first = await pending();
    await world.hearLeg(signed(first));
    await deliver(first);
    expect(await keptOf(first)).toEqual([{ delivered: null, voided: expect.any(Date) }]);
    const second = await pending();
    await deliver(second);
    await world.hearLeg(signed(second));
    expect(await keptOf(second)).toEqual([{ delivered: expect.any(Date), voided: expect.any(Date) }]);
    expect(deliveries).toHaveLength(1);
  });

  it('without the lock would tell it: the lock is what holds this up', async () => {
    const body = await pending();
    await runInTransaction(world.db, (tx) => deliverWithoutLock(tx, body, () => world.hearLeg(signed(body))));
    expect(deliveries).toEqual([{ id: expect.any(String), waiting: false }]);
  });

  it('with the lock has the signature wait for the delivery', async () => {
    const body = await pending();
    let heard: Promise<void> | undefined;
    let over = false;
    await runInTransaction(world.db, async (tx) => {
      await lockScope(tx, scopeName(body), { wait: true });
      heard = world.hearLeg(signed(body)).then(() => void (over = true));
      const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
      while ((await row(world.db, waiting)) === undefined) await new Promise((resolve) => setImmediate(resolve));
      await settleNotices(tx, body, means);
      expect(over).toBe(false);
    });
    await heard;
    expect(deliveries).toEqual([{ id: expect.any(String), waiting: true }]);
    expect(await keptOf(body)).toEqual([{ delivered: expect.any(Date), voided: expect.any(Date) }]);
  });
});

describe('two that deliver at one instant', () => {
  const PAIRS = 150;

  it(`deliver once, ${PAIRS} times of ${PAIRS}`, async () => {
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const body = await pending();
      const gate = barrier(2);
      await Promise.all([deliver(body, gate), deliver(body, gate)]);
      expect(await keptOf(body)).toEqual([{ delivered: expect.any(Date), voided: null }]);
    }
    expect(deliveries).toHaveLength(PAIRS);
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(PAIRS);
  }, 120_000);

  it('without the lock would deliver twice: the lock is what holds this up', async () => {
    const body = await pending();
    const gate = barrier(2);
    const one = (): Promise<void> => runInTransaction(world.db, (tx) => deliverWithoutLock(tx, body, gate));
    await Promise.all([one(), one()]);
    expect(deliveries).toHaveLength(2);
  });

  it('a sweep leaves a scope alone that another process is at, and comes back to it', async () => {
    const body = await pending();
    const [open, close] = [barrier(2), barrier(2)];
    const holding = runInTransaction(world.db, async (tx) => {
      await lockScope(tx, scopeName(body), { wait: true });
      await open();
      await close();
    });
    await open();
    await rows(world.db, 'UPDATE notice_clock SET next_at = now() WHERE scope = $1', [scopeName(body)]);
    await world.sweep([witness]);
    expect(deliveries).toEqual([]);
    await close();
    await holding;
    await world.sweep([witness]);
    expect(deliveries).toHaveLength(1);
  });
});

describe('the two legs of a case, announced at one instant', () => {
  it('leave the notices of what both say, 60 times of 60', async () => {
    for (let pair = 0; pair < 60; pair += 1) {
      const body = world.progress();
      await world.hearLeg(body);
      const gate = barrier(2);
      const approval = { ...body, leg: 'approval' as const, openSeats: [world.seat('countersign')] };
      await Promise.all([world.hearLeg(signed(body), gate), world.hearLeg(approval, gate)]);
      expect(await world.live(body)).toEqual(['countersigner turn']);
    }
  }, 60_000);
});
