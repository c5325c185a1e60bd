import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inApp } from '../../apps/gateway/src/notices/notice-channel.js';
import { toldOfPublication } from '../../apps/gateway/src/notices/told-of-publication.queries.js';
import { NoticeWorld, type Progress } from '../support/notice-world.js';
import { rows } from '#persistence/sql';

let world: NoticeWorld;
beforeAll(async () => {
  world = await NoticeWorld.open();
}, 60_000);
afterAll(() => world?.gateway.close());

const actOn = ({ case: caseId, round, document, edition, content }: Progress): object => ({
  case: caseId,
  round,
  document,
  edition,
  content,
  receipt: 'b'.repeat(64),
});

/** A report that its deputy leader was asked to sign, up to the moment before it is public. */
async function approved(): Promise<Progress> {
  const body = world.progress({ leg: 'approval', stage: 'deputy', openSeats: [world.seat('deputy')] });
  await world.hearLeg(body);
  await world.hearLeg({ ...body, version: 2, state: 'done', stage: null, openSeats: [] });
  return body;
}

async function published(): Promise<Progress> {
  const body = await approved();
  await world.hear('publication.live', { ...actOn(body), path: `/xxgk/ndbg/${body.organ}/${body.year}/` });
  return body;
}

const told = async ({ document }: Progress): Promise<Record<string, unknown>[]> =>
  (await toldOfPublication(world.db, document)).map(({ name, isDrafter, stages, news, because, deliveredAt }) => ({
    name,
    isDrafter,
    stages,
    news,
    because,
    delivered: deliveredAt !== null,
  }));
const nameOf = async (login: string): Promise<string> => {
  const [found] = await rows<{ name: string }>(world.db, 'SELECT name FROM person WHERE id = $1', [
    world.person(login),
  ]);
  return found?.name ?? '';
};
const byName = (a: Record<string, unknown>, b: Record<string, unknown>): number =>
  String(a['name']) < String(b['name']) ? -1 : 1;

/** Whether somebody is left alone now, from two hours ago until in two hours. */
async function leftAlone(login: string, isQuiet: boolean): Promise<void> {
  await rows(
    world.db,
    `UPDATE notice_settings SET quiet_from = c.since, quiet_until = c.until FROM (
       SELECT to_char(n.at - n.long, 'HH24:MI') AS since, to_char(n.at + n.long, 'HH24:MI') AS until
       FROM (SELECT now() AT TIME ZONE 'Asia/Shanghai' AS at, make_interval(hours => $2) AS long) n) c WHERE person = $1`,
    [world.person(login), isQuiet ? 2 : 0],
  );
}

describe('who was told that a report is public', () => {
  it('are the drafters and those asked to sign, each by name, as what, and that it reached them', async () => {
    const body = await published();
    const [drafter, leader] = [await nameOf('drafter'), await nameOf('deputy-leader')];
    const stages = [expect.stringMatching(/\S/)];
    const line = { news: 'live', because: null, delivered: true };
    expect((await told(body)).toSorted(byName)).toEqual(
      [
        { ...line, name: drafter, isDrafter: true, stages: [] },
        { ...line, name: leader, isDrafter: false, stages },
      ].toSorted(byName),
    );
  });

  it('are nobody before it is, and nobody of a document that is not there', async () => {
    expect(await told(await approved())).toEqual([]);
    expect(await told(world.progress())).toEqual([]);
  });

  it('and that it was taken down again, beside what they had been told before', async () => {
    const body = await published();
    await world.hear('publication.withdrawn', actOn(body));
    const all = await told(body);
    expect(all.map(({ news, because }) => [news, because])).toEqual([
      ['live', null],
      ['live', null],
      ['taken-down', null],
      ['taken-down', null],
    ]);
  });

  it('is everybody who was to be, with why it has not reached him, and when it has, open pages of others are told', async () => {
    const body = await approved();
    await leftAlone('deputy-leader', true);
    await world.hear('publication.live', { ...actOn(body), path: `/xxgk/ndbg/${body.organ}/${body.year}/` });
    const leader = await nameOf('deputy-leader');
    const ofLeader = async () => (await told(body)).find(({ name }) => name === leader);
    expect(await ofLeader()).toMatchObject({ because: 'quiet', delivered: false });

    await rows(world.db, `UPDATE notice SET deliver_after = now() - interval '5 minutes' WHERE document = $1`, [
      body.document,
    ]);
    expect(await ofLeader()).toMatchObject({ because: 'late', delivered: false });

    const page = await (await world.client('first-reviewer')).events();
    const heard = page(({ kind, document }) => kind === 'told' && document === body.document);
    await leftAlone('deputy-leader', false);
    await rows(world.db, 'UPDATE notice_clock SET next_at = now() WHERE scope = $1', [
      `report:${body.organ}:${body.year}`,
    ]);
    await world.sweep([inApp]);
    expect(await heard).toMatchObject({ document: body.document });
    expect(await ofLeader()).toMatchObject({ because: null, delivered: true });
  });

  it('also whoever signed in his quiet hours, before he could be told that it was his turn', async () => {
    await leftAlone('deputy-leader', true);
    const body = await approved();
    const leader = await nameOf('deputy-leader');
    const turns = await rows(
      world.db,
      `SELECT 1 FROM notice WHERE document = $1 AND person = $2 AND seat IS NOT NULL AND delivered_at IS NOT NULL`,
      [body.document, world.person('deputy-leader')],
    );
    expect(turns).toEqual([]);
    await world.hear('publication.live', { ...actOn(body), path: `/xxgk/ndbg/${body.organ}/${body.year}/` });
    const shown = (await told(body)).find(({ name }) => name === leader);
    const stages = [expect.stringMatching(/\S/)];
    expect(shown).toMatchObject({ isDrafter: false, stages, because: 'quiet', delivered: false });
  });

  it('also whoever signed so soon that his turn and his signature arrived together', async () => {
    const body = world.progress({ leg: 'approval', stage: 'deputy', openSeats: [world.seat('deputy')] });
    await world.hearTogether([body, { ...body, version: 2, state: 'done', stage: null, openSeats: [] }]);
    await world.hear('publication.live', { ...actOn(body), path: `/xxgk/ndbg/${body.organ}/${body.year}/` });
    const leader = await nameOf('deputy-leader');
    expect((await told(body)).find(({ name }) => name === leader)).toMatchObject({ news: 'live' });
  });

  it('reaches nobody who has left, and is past when something newer came before it went out', async () => {
    const body = await approved();
    await leftAlone('deputy-leader', true);
    await world.hear('publication.live', { ...actOn(body), path: `/xxgk/ndbg/${body.organ}/${body.year}/` });
    await world.hear('publication.withdrawn', actOn(body));
    const leader = await nameOf('deputy-leader');
    const ofLeader = async () => (await told(body)).filter(({ name }) => name === leader).map((one) => one['because']);
    expect(await ofLeader()).toEqual(['void', 'quiet']);
    await rows(world.db, `UPDATE person SET leaves_at = now() - interval '1 minute' WHERE id = $1`, [
      world.person('deputy-leader'),
    ]);
    expect(await ofLeader()).toEqual(['left', 'left']);
  });
});
