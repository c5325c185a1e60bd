import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tables, migrations } from '../../apps/gateway/src/data-source.js';
import { openClock } from '../../apps/gateway/src/notices/clocks.queries.js';
import { inApp } from '../../apps/gateway/src/notices/notice-channel.js';
import { officeCalendar } from '../../apps/gateway/src/notices/office-calendar.js';
import { settleNotices } from '../../apps/gateway/src/notices/settle-notices.use-case.js';
import { openSeasons } from '../../apps/gateway/src/notices/sweep-notices.js';
import { eventually } from '../support/client.js';
import { emptyDatabase } from '../support/message-world.js';
import { NoticeWorld, type Progress } from '../support/notice-world.js';
import { dataSourceFor, migrateSchema } from '#persistence/data-source';
import { databaseNow, row, rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { plusSeconds } from '#domain/instant';

let world: NoticeWorld;
beforeAll(async () => {
  world = await NoticeWorld.open();
}, 60_000);
afterAll(() => world?.gateway.close());

const DAY_SECONDS = 86_400;
const means = { calendar: officeCalendar(), channels: [inApp] };

async function opened(over: Partial<Progress> = {}): Promise<Progress> {
  const body = world.progress(over);
  await world.hearLeg(body);
  return body;
}

const ofCase = async (login: string, body: Progress): Promise<{ id: string; text: { zh: string; en: string } }[]> =>
  (await (await world.client(login)).get('/notices?limit=200')).body.items.filter(
    (item: { year: number }) => item.year === body.year,
  );

/** An act beside the case, as its leg announces it. */
const requested = (body: Progress, over: object): object => {
  const { case: caseId, round, document, edition, content, organ, year, leg } = body;
  const identity = { case: caseId, round, document, edition, content, organ, year, leg };
  return { ...identity, seat: null, stage: null, person: null, by: world.person('drafter'), ...over };
};

const seatOf = ({ openSeats }: Progress): object => ({ seat: openSeats[0]?.seat, stage: openSeats[0]?.stage });

describe('an open seat', () => {
  it('is told to the holders of its office, to nobody else, and to their open pages', async () => {
    const page = await (await world.client('first-reviewer')).events();
    const heard = page(({ kind }) => kind === 'notice');
    const body = await opened();
    expect(await world.live(body)).toEqual(['first-reviewer turn']);
    expect(await heard).toEqual({ document: body.document, case: body.case, kind: 'notice' });
    expect((await ofCase('first-reviewer', body)).map(({ text }) => text)).toEqual([
      {
        zh: `【轮到您】测试区organ-0001局${body.year}年度报告：初审，等您签批。`,
        en: `Your turn: the stage first-review of the ${body.year} report of 测试区organ-0001局 waits for your signature.`,
      },
    ]);
    expect(await ofCase('secrecy-reviewer', body)).toEqual([]);
  });

  it('named for one person is told to that person', async () => {
    const person = world.person('principal.two');
    const body = await opened({ openSeats: [{ ...world.seat('principal'), person }] });
    expect(await world.live(body)).toEqual(['principal.two turn']);
  });

  it('signed is taken back, and the next one is told', async () => {
    const body = await opened();
    const next = { version: 2, stage: 'secrecy-review', openSeats: [world.seat('secrecy-review')] };
    await world.hearLeg({ ...body, ...next });
    expect(await world.told(body)).toEqual([
      { person: 'first-reviewer', kind: 'turn', delivered: true, void: 'no-longer-true' },
      { person: 'secrecy-reviewer', kind: 'turn', delivered: true, void: null },
    ]);
    expect(await ofCase('first-reviewer', body)).toEqual([]);
  });

  it('announced again, or late, is told once', async () => {
    const body = await opened({ version: 3 });
    await world.hearLeg(body);
    await world.hearLeg({ ...body, version: 2, openSeats: [world.seat('deputy')] });
    expect(await world.told(body)).toHaveLength(1);
  });

  it('that nobody can sign is told to drafters and administrators', async () => {
    const body = await opened({ openSeats: [{ ...world.seat('deputy'), role: 'nobody-has-it' }] });
    expect(await world.live(body)).toEqual(['admin.one blocked', 'admin.two blocked', 'drafter blocked']);
  });

  it('follows its office: who gets it is told, who left is not', async () => {
    const body = await opened({ openSeats: [world.seat('countersign')] });
    const outsider = world.person('outsider');
    await rows(world.db, `INSERT INTO role_grant VALUES ($1, 'countersigner', 'test-office')`, [outsider]);
    await rows(world.db, `UPDATE person SET active = false WHERE id = $1`, [world.person('countersigner')]);
    await rows(world.db, `INSERT INTO directory_version (version, digest) VALUES (2, 'x')`);
    await world.sweep([inApp]);
    expect(await world.live(body)).toEqual(['outsider turn']);
    await rows(world.db, `UPDATE person SET active = true`);
    await rows(world.db, `DELETE FROM role_grant WHERE person = $1 AND role = 'countersigner'`, [outsider]);
    await rows(world.db, 'UPDATE directory_version SET version = 3 WHERE version = 2');
    await world.sweep([inApp]);
    expect(await world.live(body)).toEqual(['countersigner turn']);
    await rows(world.db, 'DELETE FROM directory_version WHERE version > 1');
    await rows(world.db, 'UPDATE notice_clock SET directory = 1');
  });
});

it('an office that ends at its time ends the turn of who held it, without any message', async () => {
  const body = await opened({ openSeats: [world.seat('secrecy-review')] });
  await rows(
    world.db,
    `UPDATE grant_period SET until = clock_timestamp() + interval '1 second' WHERE person = $1 AND role = 'secrecy-reviewer'`,
    [world.person('secrecy-reviewer')],
  );
  await runInTransaction(world.db, (tx) => settleNotices(tx, body, means));
  expect(await world.live(body)).toEqual(['secrecy-reviewer turn']);
  await eventually('the sweep finds that the office ended', async () => {
    await world.sweep([inApp]);
    return (await world.live(body)).includes('drafter blocked') || undefined;
  });
  expect(await world.live(body)).toEqual(['admin.one blocked', 'admin.two blocked', 'drafter blocked']);
  await rows(world.db, 'UPDATE grant_period SET until = NULL');
});

describe('one live notice for each person and seat', () => {
  it('the newer replaces the older, also when that was read', async () => {
    const body = await opened();
    const [turn] = await ofCase('first-reviewer', body);
    await (await world.client('first-reviewer')).send('POST', `/api/v1/notices/${turn?.id}/read`);
    await world.hear('review.notice-requested', requested(body, { kind: 'urged', ...seatOf(body) }));
    expect(await world.told(body)).toEqual([
      { person: 'first-reviewer', kind: 'turn', delivered: true, void: 'replaced' },
      { person: 'first-reviewer', kind: 'urged', delivered: true, void: null },
    ]);
    const [urged] = await ofCase('first-reviewer', body);
    expect(urged).toMatchObject({ readAt: null, byName: '起草人' });
    expect(urged?.text.zh).toContain('起草人催办');
  });

  it('is held by the table itself', async () => {
    const body = await opened();
    const again = rows(
      world.db,
      `INSERT INTO notice SELECT gen_random_uuid(), scope, person, channel, 'urged', topic, 'x', organ, year, document,
         case_id, round, seat, stage, actor, due_at, created_at, deliver_after FROM notice WHERE organ = $1 AND year = $2`,
      [body.organ, body.year],
    );
    await expect(again).rejects.toMatchObject({ code: '23505' });
  });
});

describe('acts beside the case', () => {
  it('an opinion is asked for and given, a copy is sent', async () => {
    const body = await opened();
    const outsider = world.person('outsider');
    await world.hear('review.notice-requested', requested(body, { kind: 'consulted', person: outsider }));
    await world.hear('review.notice-requested', requested(body, { kind: 'copied', person: world.person('principal') }));
    expect(await world.live(body)).toEqual(['first-reviewer turn', 'outsider consulted', 'principal copied']);
    const answer = requested(body, { kind: 'answered', person: world.person('drafter'), by: outsider });
    await world.hear('review.notice-requested', answer);
    expect(await world.live(body)).toEqual(['drafter answered', 'first-reviewer turn', 'principal copied']);
  });

  it('urged after the signature is told to nobody', async () => {
    const body = await opened();
    await world.hearLeg({ ...body, version: 2, state: 'cleared', stage: null, openSeats: [] });
    await world.hear('review.notice-requested', requested(body, { kind: 'urged', ...seatOf(body) }));
    expect(await world.live(body)).toEqual([]);
  });
});

describe('the end of a round', () => {
  const end = (body: Progress, state: Progress['state'], version = 9): Promise<void> =>
    world.hearLeg({ ...body, version, state, stage: null, openSeats: [] });

  it('returned tells the drafters, until it is submitted again', async () => {
    const body = await opened();
    await end(body, 'returned');
    expect(await world.live(body)).toEqual(['drafter returned']);
    await world.hearLeg({ ...body, round: 2, openSeats: [world.seat('first-review')] });
    expect(await world.live(body)).toEqual(['first-reviewer turn']);
  });

  it('withdrawn tells those who had been told to sign', async () => {
    const body = await opened();
    await end(body, 'withdrawn');
    expect(await world.live(body)).toEqual(['drafter withdrawn', 'first-reviewer withdrawn']);
  });

  it('approved and then back is recalled: nobody can return it then', async () => {
    const body = await opened({ leg: 'approval', openSeats: [world.seat('principal')] });
    await world.hearLeg({ ...body, version: 8, state: 'approved', stage: null, openSeats: [] });
    await end(body, 'returned');
    expect(await world.live(body)).toEqual(['drafter recalled', 'principal recalled', 'principal.two recalled']);
  });

  it('sent back by the approval leg, the review stage has it returned to it', async () => {
    const body = await opened({ state: 'cleared', openSeats: [] });
    const approval = {
      ...body,
      leg: 'approval' as const,
      state: 'in-review' as const,
      openSeats: [world.seat('deputy')],
    };
    await world.hearLeg(approval);
    await world.hearLeg({ ...approval, version: 2, state: 'sent-back', stage: null, openSeats: [] });
    await world.hearLeg({ ...body, version: 2, state: 'in-review', openSeats: [world.seat('first-review')] });
    expect(await world.live(body)).toEqual(['first-reviewer returned']);
  });

  it('public tells the drafters and those who were asked to sign', async () => {
    const body = await opened({ leg: 'approval', openSeats: [world.seat('deputy')] });
    await end(body, 'done');
    const { case: caseId, round, document, edition, content } = body;
    const live = { case: caseId, round, document, edition, content, receipt: 'b'.repeat(64) };
    await world.hear('publication.live', { ...live, path: '/xxgk/ndbg/organ-0001/2020/' });
    expect(await world.live(body)).toEqual(['deputy-leader live', 'drafter live']);
    await world.hear('publication.withdrawn', live);
    expect(await world.live(body)).toEqual(['deputy-leader taken-down', 'drafter taken-down']);
  });

  it('an emergency is to be ratified until it is', async () => {
    const body = world.progress({ organ: 'organ-0002' });
    const { document, edition, organ, year } = body;
    const dueAt = plusSeconds(await databaseNow(world.db), 5 * DAY_SECONDS);
    const owed = { document, edition, organ, year, state: 'owed', case: null, dueAt };
    await world.hear('drafting.ratification-changed', owed);
    expect(await world.live(body)).toEqual(['drafter ratification']);
    expect((await ofCase('drafter', body))[0]?.text.zh).toMatch(/^【待追认】.*已应急公开，须补办审签追认，.*（周.）前/);
    await world.hear('drafting.ratification-changed', { ...owed, state: 'ratified' });
    expect(await world.live(body)).toEqual([]);
  });

  it('held tells the drafters, whoever had been asked to sign, and whoever can find out why', async () => {
    const body = await opened({ leg: 'approval', openSeats: [world.seat('deputy')] });
    await end(body, 'held');
    expect(await world.live(body)).toEqual(['admin.one held', 'admin.two held', 'deputy-leader held', 'drafter held']);
  });
});

describe('due times', () => {
  const clockOf = async (body: Progress): Promise<Date | null | undefined> =>
    (
      await row<{ at: Date | null }>(world.db, `SELECT next_at AS at FROM notice_clock WHERE scope = $1`, [
        `report:${body.organ}:${body.year}`,
      ])
    )?.at;
  /** As if so much time had passed: everything kept is that much earlier. */
  const pass = async (body: Progress, seconds: number): Promise<void> => {
    const by = `make_interval(secs => ${seconds})`;
    await rows(world.db, `UPDATE leg_notice_facts SET due_at = due_at - ${by} WHERE case_id = $1`, [body.case]);
    await rows(world.db, `UPDATE open_seat SET since = since - ${by} WHERE case_id = $1`, [body.case]);
    await rows(world.db, `UPDATE notice_clock SET next_at = next_at - ${by} WHERE scope = $1`, [
      `report:${body.organ}:${body.year}`,
    ]);
  };

  it('are rows: nothing is said before, and the sweep says it when the clock has come', async () => {
    const dueAt = plusSeconds(await databaseNow(world.db), 30 * DAY_SECONDS);
    const body = await opened({ dueAt });
    await world.sweep([inApp]);
    expect(await world.live(body)).toEqual(['first-reviewer turn']);
    expect((await clockOf(body))?.getTime()).toBeLessThanOrEqual(Date.now() + DAY_SECONDS * 1000 + 60_000);
    await pass(body, 29.5 * DAY_SECONDS);
    await world.sweep([inApp]);
    expect(await world.live(body)).toEqual(['first-reviewer due-soon']);
    await pass(body, DAY_SECONDS);
    await world.sweep([inApp]);
    await world.sweep([inApp]);
    expect(await world.told(body)).toEqual([
      { person: 'first-reviewer', kind: 'turn', delivered: true, void: 'replaced' },
      { person: 'first-reviewer', kind: 'due-soon', delivered: true, void: 'replaced' },
      { person: 'first-reviewer', kind: 'overdue', delivered: true, void: null },
    ]);
  });

  it('a report nobody has begun is reminded of, and one that is public is not', async () => {
    const scope = { organ: 'organ-0002', year: 2020 };
    await openClock(world.db, scope);
    await world.sweep([inApp]);
    expect(await world.live(world.progress(scope))).toEqual(['drafter overdue']);
    const document = randomUUID();
    const report = { ...scope, document, state: 'live', revision: 1, errors: 0, warnings: 0 };
    await world.hear('drafting.report-changed', report);
    const live = {
      case: randomUUID(),
      round: 1,
      document,
      edition: 1,
      content: 'a'.repeat(64),
      receipt: 'b'.repeat(64),
    };
    await world.hear('publication.live', { ...live, path: '/xxgk/ndbg/organ-0002/2020/' });
    expect(await world.live(world.progress(scope))).toEqual(['drafter live']);
  });

  it('every organ with a route has a clock for the report that is due next, once', async () => {
    await openSeasons(world.db);
    await openSeasons(world.db);
    const found = await rows<{ scope: string }>(
      world.db,
      `SELECT scope FROM notice_clock WHERE scope LIKE 'report:organ-0003:%'`,
    );
    const now = new Date(Date.parse(await databaseNow(world.db)) + 8 * 3_600_000);
    const january = now.getUTCMonth() === 0;
    expect(found).toEqual([{ scope: `report:organ-0003:${now.getUTCFullYear() - (january ? 1 : 0)}` }]);
  });

  it('one scope that fails does not hold the others up', async () => {
    const body = world.progress();
    await rows(world.db, `INSERT INTO notice_clock VALUES ('nonsense', now() - interval '1 hour', 9)`);
    await openClock(world.db, body);
    await expect(world.sweep([inApp])).rejects.toThrow('1 of');
    expect(await clockOf(body)).not.toBeUndefined();
    expect(
      await row(world.db, `SELECT 1 FROM notice_clock WHERE scope = $1 AND directory > 0`, [
        `report:${body.organ}:${body.year}`,
      ]),
    ).toBeDefined();
    await rows(world.db, `DELETE FROM notice_clock WHERE scope = 'nonsense'`);
  });
});

describe('quiet hours', () => {
  /** A time of day in China so many hours from now. */
  const hoursFromNow = async (hours: number): Promise<string> => {
    const now = Date.parse(await databaseNow(world.db));
    return new Date(now + (8 + hours) * 3_600_000).toISOString().slice(11, 16);
  };
  const quietNow = async (login: string): Promise<void> => {
    const settings = { quietFrom: await hoursFromNow(-2), quietUntil: await hoursFromNow(2), quietOnDaysOff: false };
    const reply = await (await world.client(login)).send('PUT', '/api/v1/notices/settings', settings);
    expect(reply).toMatchObject({ status: 200, body: settings });
    expect((await (await world.client(login)).get('/notices/settings')).body).toEqual(settings);
  };
  const never = { quietFrom: '00:00', quietUntil: '00:00', quietOnDaysOff: false };

  it('hold a notice back; what is no longer true by their end is never delivered', async () => {
    await quietNow('first-reviewer');
    const body = await opened();
    await world.sweep([inApp]);
    expect(await world.told(body)).toEqual([{ person: 'first-reviewer', kind: 'turn', delivered: false, void: null }]);
    expect(await ofCase('first-reviewer', body)).toEqual([]);
    await world.hearLeg({ ...body, version: 2, state: 'cleared', stage: null, openSeats: [] });
    expect(await world.told(body)).toEqual([
      { person: 'first-reviewer', kind: 'turn', delivered: false, void: 'no-longer-true' },
    ]);
  });

  it('made shorter, let through what waited', async () => {
    await quietNow('first-reviewer');
    const body = await opened();
    const client = await world.client('first-reviewer');
    await client.send('PUT', '/api/v1/notices/settings', never);
    await world.sweep([inApp]);
    expect(await world.told(body)).toEqual([{ person: 'first-reviewer', kind: 'turn', delivered: true, void: null }]);
  });

  it('are looked at again at delivery: a sweep that comes late does not speak at night', async () => {
    await quietNow('first-reviewer');
    const body = await opened();
    await rows(world.db, `UPDATE notice SET deliver_after = now() - interval '1 hour' WHERE year = $1`, [body.year]);
    await rows(world.db, `UPDATE notice_clock SET next_at = now()`);
    await world.sweep([inApp]);
    expect(await world.told(body)).toEqual([{ person: 'first-reviewer', kind: 'turn', delivered: false, void: null }]);
    await (await world.client('first-reviewer')).send('PUT', '/api/v1/notices/settings', never);
  });

  it('of a year whose holidays are not known hold nothing up, and an alarm says which year', async () => {
    await rows(world.db, 'UPDATE notice_settings SET quiet_on_days_off = true WHERE person = $1', [
      world.person('first-reviewer'),
    ]);
    const body = world.progress();
    await rows(world.db, 'DELETE FROM alarm');
    await world.hearLeg(body, async (tx) => {
      await rows(tx, 'UPDATE person SET active = false WHERE id = $1', [world.person('first-reviewer')]);
    });
    await rows(world.db, 'UPDATE person SET active = true');
    await runInTransaction(world.db, (tx) =>
      settleNotices(tx, body, { ...means, calendar: { years: [], office: [] } }),
    );
    expect(await world.live(body)).toContain('first-reviewer turn');
    expect((await world.told(body)).every(({ delivered }) => delivered)).toBe(true);
    const alarms = await rows<{ year: number }>(
      world.db,
      `SELECT (detail->>'year')::int AS year FROM alarm WHERE kind = 'calendar_uncovered'`,
    );
    expect(alarms.map(({ year }) => year)).toContain(new Date(await databaseNow(world.db)).getUTCFullYear());
    await rows(world.db, 'UPDATE notice_settings SET quiet_on_days_off = false');
  });
});

describe('the list', () => {
  it('shows unread first and then the newest, in pages without loss or repetition; reading counts once', async () => {
    const client = await world.client('deputy-leader');
    const bodies: Progress[] = [];
    for (let n = 0; n < 5; n += 1) bodies.push(await opened({ openSeats: [world.seat('deputy')] }));
    const all = (await client.get('/notices?limit=200')).body.items as {
      id: string;
      year: number;
      readAt: string | null;
    }[];
    const before = (await client.get('/notices/counts')).body;
    expect(before.unread).toBe(all.length);
    const middle = all.find(({ year }) => year === bodies[2]?.year);
    const read = await client.send('POST', `/api/v1/notices/${middle?.id}/read`);
    expect(read.body).toEqual({ ...before, unread: before.unread - 1, unreadByKind: expect.any(Object) });
    expect((await client.send('POST', `/api/v1/notices/${middle?.id}/read`)).body).toEqual(read.body);
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await client.get(`/notices?limit=2${next === '' ? '' : `&cursor=${next}`}`);
      seen.push(...body.items.map((item: { id: string }) => item.id));
      next = body.next;
    }
    expect(seen).toEqual([...all.filter(({ id }) => id !== middle?.id), middle].map((one) => one?.id));
    expect((await client.get('/notices?unread=true&limit=200')).body.items).toHaveLength(all.length - 1);
    expect((await client.get('/notices?cursor=x')).body.code).toBe('malformed');
  });

  it('read all leaves unread what came after the person looked', async () => {
    const client = await world.client('secrecy-reviewer');
    await opened({ openSeats: [world.seat('secrecy-review')] });
    const until = (await client.get('/notices')).body.items[0].deliveredAt;
    await opened({ openSeats: [world.seat('secrecy-review')] });
    expect((await client.send('POST', '/api/v1/notices/read', { until })).body).toMatchObject({ unread: 1 });
  });

  it('shows and marks nobody else’s, and takes only settings that make sense', async () => {
    const body = await opened();
    const [own] = await ofCase('first-reviewer', body);
    const other = await world.client('principal');
    expect(await other.send('POST', `/api/v1/notices/${own?.id}/read`)).toMatchObject({ status: 404 });
    for (const settings of [{ quietFrom: '24:00' }, { quietUntil: '7:00' }, { quietOnDaysOff: 'yes' }, { more: 1 }]) {
      const all = { quietFrom: '22:00', quietUntil: '07:00', quietOnDaysOff: true, ...settings };
      expect((await other.send('PUT', '/api/v1/notices/settings', all)).body.code).toBe('malformed');
    }
  });
});

it('a directory change is told to the administrator it waits for, until it is settled', async () => {
  const live = (): Promise<unknown[]> =>
    rows(
      world.db,
      `SELECT a.login, n.delivered_at IS NOT NULL AS told FROM notice n JOIN account a USING (person)
       WHERE n.scope = 'directory' AND n.void_at IS NULL`,
    );
  const one = await (await world.client('admin.one')).stepUp();
  const two = await (await world.client('admin.two')).stepUp();
  const changes = [{ type: 'rename-organ', organ: 'organ-0003', name: '改名后的机关' }];
  const propose = async (): Promise<string> =>
    (await one.command('/directory/proposals', { changes, reason: '机构改革' })).body.proposal;
  const proposal = await propose();
  expect(await live()).toEqual([{ login: 'admin.two', told: true }]);
  const [shown] = (await two.get('/notices?limit=200')).body.items.filter(
    ({ kind }: { kind: string }) => kind === 'directory-change',
  );
  expect(shown.text.zh).toBe('【待您确认】管理员甲提出一项目录变更，须您确认后生效。');
  await one.command(`/directory/proposals/${proposal}/withdrawal`, {});
  expect(await live()).toEqual([]);
  const again = await propose();
  const { content } = (await two.get(`/directory/proposals/${again}`)).body;
  expect(await two.command(`/directory/proposals/${again}/signatures`, { content })).toMatchObject({ status: 200 });
  expect(await live()).toEqual([]);
});

it('what was under way before there were notices is told after the upgrade; what is public already is not', async () => {
  const database = await emptyDatabase();
  const at = migrations.findIndex(({ name }) => name.startsWith('CreateNotices'));
  const released = dataSourceFor({
    service: 'gateway',
    url: database.url,
    tables,
    migrations: migrations.slice(0, at),
  });
  await migrateSchema(released, 'gateway');
  const now = dataSourceFor({ service: 'gateway', url: database.url, tables, migrations });
  try {
    await now.initialize();
    const person = randomUUID();
    await rows(now, `INSERT INTO organ (code, name, level) VALUES ('o', '某局', 'department')`);
    await rows(now, `INSERT INTO person (id, name) VALUES ($1, '某人')`, [person]);
    await rows(now, `INSERT INTO role_grant VALUES ($1, 'first-reviewer', 'o')`, [person]);
    for (const [year, live] of [
      [2030, false],
      [2031, true],
    ] as const) {
      const [caseId, document] = [randomUUID(), randomUUID()];
      await rows(
        now,
        `INSERT INTO case_view VALUES ($1, 'review', 1, 1, $2, 1, 'o', $3, 'in-review', 'x', 'first-review', 0, NULL, now())`,
        [caseId, document, year],
      );
      await rows(
        now,
        `INSERT INTO open_seat VALUES ($1, $2, 'review', 'first-review', 'first-reviewer', 'o', NULL, now())`,
        [randomUUID(), caseId],
      );
      if (live) await rows(now, `INSERT INTO live_view VALUES ($1, 1, '/x/', now())`, [document]);
    }
    await migrateSchema(now, 'gateway');
    const due = await rows<{ scope: string }>(now, 'SELECT scope FROM notice_clock');
    expect(due).toEqual([{ scope: 'report:o:2030' }]);
    await runInTransaction(now, (tx) => settleNotices(tx, { organ: 'o', year: 2030 }, means));
    expect(await rows(now, 'SELECT person, kind FROM notice')).toEqual([{ person, kind: 'turn' }]);
  } finally {
    await now.destroy();
    await database.drop();
  }
});
