import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import { nodeCrypto } from '#evidence/node-crypto';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { releaseNextDue } from '#signoff/use-cases/release-case.use-case';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';
import { endNextStranded } from '../../apps/approval/src/use-cases/end-stranded.use-case.js';
import { remindNextUnpublished } from '../../apps/approval/src/use-cases/remind-publication.use-case.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { barrier } from '../support/gate.js';
import { replayAgainstRows } from '#signoff/replay-against-rows';
import { PEOPLE, SignoffWorld, type Submitted } from '../support/signoff-world.js';

let database: TestDatabase;
let world: SignoffWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
}, 60_000);
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

const alarms = async (kind: string, submitted: Submitted): Promise<number> =>
  (
    await rows(world.legs.approval, `SELECT 1 FROM alarm WHERE kind = $1 AND detail->>'case' = $2`, [
      kind,
      submitted.case,
    ])
  ).length;

function live(submitted: Submitted, receipt: string, changes: Record<string, unknown> = {}): Promise<void> {
  const { case: caseId, round, document, content } = submitted;
  const path = '/xxgk/ndbg/xiangyang/2020/';
  const body = { case: caseId, round, document, edition: 1, content, receipt, path, ...changes };
  return world.handle('approval', 'publication.live', body);
}

describe('a released case is closed', () => {
  it('by a receipt over its bundle, once', async () => {
    const released = await world.released();
    const receipt = await world.receipt(released);
    await live(released, receipt);
    await live(released, receipt);
    expect(await world.state('approval', released)).toMatchObject({ state: 'done' });
    expect(await alarms('live_without_release', released)).toBe(0);
  });

  it.each<[string, string, Parameters<SignoffWorld['receipt']>[1], string]>([
    ['over another bundle', 'receipt.bundle', { bundle: digest('9'.repeat(64)) }, 'publication'],
    ['over other content', 'receipt.content', { content: digest('9'.repeat(64)) }, 'publication'],
    ['of another case', 'receipt.case', { case: '00000000-0000-4000-8000-000000000000' }, 'publication'],
    ['signed by another service', 'unknown_key', {}, 'review'],
  ])('by no receipt %s', async (_what, sentence, changes, by) => {
    const released = await world.released();
    const receipt = await world.receipt(released, changes, by);
    await expect(live(released, receipt)).rejects.toThrow(sentence);
    expect(await world.state('approval', released)).toMatchObject({ state: 'released' });
  });
});

describe('a page nobody released', () => {
  it('raises an alarm and closes nothing', async () => {
    const waiting = await world.inApproval();
    const receipt = await world.receipt({ ...waiting, bundle: digest('9'.repeat(64)) });
    await expect(live(waiting, receipt)).rejects.toThrow('statement_mismatch');
    await live({ ...waiting, round: 7 }, receipt);
    expect(await alarms('live_without_release', waiting)).toBe(1);
    expect(await world.state('approval', waiting)).toMatchObject({ state: 'in-review' });
  });
});

describe('a case publication cannot prove', () => {
  const heldOf = (of: Awaited<ReturnType<SignoffWorld['released']>>, round = of.round) => ({
    case: of.case,
    round,
    document: of.document,
    edition: 1,
    content: of.content,
    code: 'role_not_held',
  });
  const seen = async (of: { readonly case: string }) => {
    const detail = await viewLeg(world.legs.approval, of.case, PEOPLE.drafter, nodeCrypto);
    if (isRefusal(detail)) throw new Error(detail.refused);
    return detail;
  };

  it('is held with an alarm, and its drafter may submit it again: the next round goes its whole way', async () => {
    const released = await world.released();
    for (let said = 0; said < 2; said += 1) await world.handle('approval', 'publication.held', heldOf(released));
    expect(await alarms('publication_held', released)).toBe(1);
    expect(await seen(released)).toMatchObject({
      state: 'held',
      ended: { kind: 'held', by: null, because: { code: 'role_not_held', zh: expect.stringMatching(/不任该职/) } },
    });
    expect(await world.announced(released, 'drafting')).toMatchObject({ 'approval.ended': 1 });
    await world.deliver();
    expect(await world.state('review', released)).toMatchObject({ state: 'returned' });
    const again = await world.submit(released);
    await world.sign('review', again, 'reviewer', await world.signable('review', again, 'reviewer'));
    await world.deliver();
    await world.handle('approval', 'publication.held', heldOf(released));
    for (const person of ['principalOne', 'principalTwo'] as const)
      await world.sign('approval', again, person, await world.signable('approval', again, person));
    await world.handle('approval', 'publication.held', heldOf(released));
    expect(await world.state('approval', again)).toMatchObject({ state: 'released', round: 2 });
  });

  it('may be cancelled, and is neither recalled nor released again', async () => {
    const released = await world.released();
    await world.handle('approval', 'publication.held', heldOf(released));
    expect(await world.end('recall', 'approval', released, 'drafter')).toMatchObject({ refused: 'not_approved' });
    expect(isRefusal(await world.end('cancel', 'approval', released, 'drafter'))).toBe(false);
    await world.handle('approval', 'publication.held', heldOf(released));
    expect(await world.state('approval', released)).toMatchObject({ state: 'cancelled' });
    expect((await replayAgainstRows(world.legs.approval, 'approval')).differences).toEqual([]);
  });

  it('cancelled while its next round is under review, lets the next case of the kind wait until the review has heard of it', async () => {
    const released = await world.released();
    await world.handle('approval', 'publication.held', heldOf(released));
    const again = await world.submit(released);
    expect(isRefusal(await world.end('cancel', 'approval', released, 'drafter'))).toBe(false);
    const next = { case: randomUUID(), document: released.document, round: 0, content: released.content };
    await expect(world.submit(next)).rejects.toThrow(/leg_case_open_document/);
    expect(await world.state('review', again)).toMatchObject({ state: 'in-review', round: 2 });
    await world.deliver();
    expect(await world.state('review', again)).toMatchObject({ state: 'cancelled' });
    expect(await world.state('review', await world.submit(next))).toMatchObject({ state: 'in-review', round: 1 });
  });

  it('is either public or its drafter’s again, when both are said at once', async () => {
    for (let n = 0; n < 20; n += 1) {
      const released = await world.released();
      const receipt = await world.receipt(released);
      const { case: caseId, round, document, content } = released;
      const news = { case: caseId, round, document, edition: 1, content, receipt, path: '/xxgk/ndbg/xiangyang/2020/' };
      const gate = barrier(2);
      await Promise.all([
        world.handle('approval', 'publication.held', heldOf(released), gate),
        world.handle('approval', 'publication.live', news, gate),
      ]);
      const { state } = (await world.state('approval', released)) ?? {};
      const ended = (await world.announced(released, 'drafting'))['approval.ended'] ?? 0;
      expect([state, ended]).toEqual(state === 'done' ? ['done', 0] : ['held', 1]);
      expect(await alarms('live_without_release', released)).toBe(state === 'done' ? 0 : 1);
    }
  });

  it('that an earlier release held without a way on, is ended by the sweep', async () => {
    const released = await world.released();
    await rows(world.legs.approval, `UPDATE leg_case SET state = 'held' WHERE case_id = $1`, [released.case]);
    const end = (): Promise<boolean> =>
      runInTransaction(world.legs.approval, (tx) => endNextStranded(tx, world.portsOf('approval')));
    expect([await end(), await end()]).toEqual([true, false]);
    expect(await seen(released)).toMatchObject({ state: 'held', ended: { because: { code: 'held_before' } } });
  });

  it('is no other round’s and no other case’s', async () => {
    const released = await world.released();
    const { case: caseId, round, document, content } = released;
    const body = { case: caseId, round, document, edition: 1, content, code: 'content_digest' };
    await world.handle('approval', 'publication.held', { ...body, round: 7 });
    await world.handle('approval', 'publication.held', { ...body, case: randomUUID() });
    expect(await world.state('approval', released)).toMatchObject({ state: 'released' });
  });
});

describe('the sweeps', () => {
  it('release what is due by the database clock, and nothing before', async () => {
    await world.agree(3600);
    const submitted = await world.released();
    const release = (): Promise<boolean> =>
      runInTransaction(world.legs.approval, (tx) => releaseNextDue(tx, world.portsOf('approval')));
    expect(await release()).toBe(false);
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'approved' });
    await rows(world.legs.approval, `UPDATE leg_case SET release_at = clock_timestamp() WHERE case_id = $1`, [
      submitted.case,
    ]);
    expect(await release()).toBe(true);
    expect(await release()).toBe(false);
    expect(await world.announced(submitted, 'publication')).toEqual({ 'approval.granted': 1, 'approval.released': 1 });
    await world.agree(0);
  });

  it('say a release again that is not live after a minute, with an alarm, once in ten minutes', async () => {
    const released = await world.released();
    const remind = (): Promise<boolean> => runInTransaction(world.legs.approval, remindNextUnpublished);
    while (await remind());
    expect(await world.announced(released, 'publication')).toMatchObject({ 'approval.released': 1 });
    await rows(
      world.legs.approval,
      `UPDATE leg_case SET released_at = released_at - interval '61 s' WHERE case_id = $1`,
      [released.case],
    );
    expect([await remind(), await remind()]).toEqual([true, false]);
    expect(await world.announced(released, 'publication')).toMatchObject({ 'approval.released': 2 });
    expect(await alarms('approved_not_live', released)).toBe(1);
  });
});
