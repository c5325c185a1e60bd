import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { releaseNextDue } from '#signoff/use-cases/release-case.use-case';
import { remindNextUnpublished } from '../../apps/approval/src/use-cases/remind-publication.use-case.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { SignoffWorld, type Submitted } from '../support/signoff-world.js';

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
  it('is held with an alarm, and neither released again nor recalled', async () => {
    const released = await world.released();
    const { case: caseId, round, document, content } = released;
    const body = { case: caseId, round, document, edition: 1, content, code: 'content_digest' };
    await world.handle('approval', 'publication.held', body);
    expect(await world.state('approval', released)).toMatchObject({ state: 'held' });
    expect(await alarms('publication_held', released)).toBe(1);
    expect(await world.end('recall', 'approval', released, 'drafter')).toMatchObject({ refused: 'too_late' });
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
