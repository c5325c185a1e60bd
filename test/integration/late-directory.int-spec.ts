import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { PEOPLE, type Person, signerOf, SignoffWorld, type Submitted } from '../support/signoff-world.js';
import { getContent } from '#content-store/content-store';
import { isRefusal } from '#domain/decision';
import { type Instant, instant, plusSeconds } from '#domain/instant';
import { parseCanonical } from '#evidence/canonical';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import { nodeCrypto } from '#evidence/node-crypto';
import { openStatement } from '#evidence/open-statement';
import type { DirectoryDocument, Leg } from '#evidence/statements';
import { verifyBundle } from '#evidence/verify-bundle';
import { serviceKeys } from '#evidence/trust';
import { happenedTo } from '#ledger/replay';
import { row, rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { replayAgainstRows } from '#signoff/replay-against-rows';
import type { ReviewRecord } from '#signoff/review-record';
import { judgeNextCase } from '#signoff/use-cases/judge-case.use-case';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';

// One test that runs on past its time would change the directory under the next.
jest.setTimeout(60_000);

let database: TestDatabase;
let world: SignoffWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
}, 60_000);
afterAll(async () => {
  for (const leg of ['review', 'approval'] as const)
    expect((await replayAgainstRows(world.legs[leg], leg)).differences).toEqual([]);
  await world?.close();
  await database?.drop();
});

type Change = (document: DirectoryDocument) => Partial<DirectoryDocument>;
/** What ends the person's offices: agreed in time, an hour ago, and heard of only now. */
const leaves =
  (person: Person, until: Instant = plusSeconds(instant(new Date()), -3600)): Change =>
  ({ grants }) => ({
    grants: grants.map((grant) =>
      grant.person === PEOPLE[person] && grant.until === null ? { ...grant, until } : grant,
    ),
  });
const comes =
  (person: Person, role: string): Change =>
  ({ grants }) => ({
    grants: [
      ...grants,
      { person: PEOPLE[person], role, organ: 'xiangyang', from: plusSeconds(instant(new Date()), -1), until: null },
    ],
  });

async function sign(leg: Leg, submitted: Submitted, person: Person): Promise<void> {
  const outcome = await world.sign(leg, submitted, person, await world.signable(leg, submitted, person));
  if (isRefusal(outcome)) throw new Error(`${person}: ${outcome.refused}`);
}
async function expectVerifies(submitted: Submitted): Promise<void> {
  const bundle = (await world.state('approval', submitted))?.bundle ?? '';
  const verdict = verifyBundle(await getContent(world.legs.approval, bundle), world.trust, nodeCrypto);
  expect(verdict).toMatchObject({ ok: true });
}
async function seen(leg: Leg, submitted: Submitted, person: Person = 'drafter') {
  const detail = await viewLeg(world.legs[leg], submitted.case, PEOPLE[person], nodeCrypto);
  if (isRefusal(detail)) throw new Error(detail.refused);
  return detail;
}
async function alarms(leg: Leg, submitted: Submitted): Promise<number> {
  const sql = `SELECT 1 FROM alarm WHERE kind = 'signature_lapsed' AND detail->>'case' = $1`;
  return (await rows(world.legs[leg], sql, [submitted.case])).length;
}
const because = {
  code: 'signature_lapsed',
  zh: expect.stringMatching(/不任该职/),
  en: expect.stringMatching(/office/),
};

describe('a signature in the review leg by somebody who had left, which only the approval leg knows', () => {
  it('goes back to its stage, with a reason for everybody, and others sign it once review knows it too', async () => {
    const submitted = await world.submit();
    const hear = await world.changeDirectoryLate('review', leaves('reviewer'));
    await sign('review', submitted, 'reviewer');
    await expect(world.deliver()).rejects.toThrow('does not say yet');
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'sent-back', bundle: null });
    expect((await seen('approval', submitted)).ended).toMatchObject({
      kind: 'sent-back',
      by: null,
      to: 'first-review',
      because,
    });
    expect(await world.state('review', submitted)).toMatchObject({ state: 'cleared' });
    await hear();
    await world.deliver();
    const reopened = await seen('review', submitted);
    expect(reopened).toMatchObject({ state: 'in-review', pass: 2, stage: 'first-review' });
    expect(reopened.sentBack).toMatchObject([{ by: null, to: 'first-review', because }]);
    await expect(world.signable('review', submitted, 'reviewer')).rejects.toThrow('nothing to sign');
    await sign('review', submitted, 'reviewerTwo');
    await world.deliver();
    await sign('approval', submitted, 'principalOne');
    await sign('approval', submitted, 'principalTwo');
    await expectVerifies(submitted);
    expect(await alarms('approval', submitted)).toBe(1);
    await world.changeDirectory(comes('reviewer', 'reviewer'));
  });

  it('goes back as well when approval had opened before it heard of it: at the sweep', async () => {
    const submitted = await world.inApproval();
    await world.changeDirectory(leaves('reviewer'));
    while (await runInTransaction(world.legs.approval, (tx) => judgeNextCase(tx, world.portsOf('approval'))));
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'sent-back' });
    await world.deliver();
    expect(await seen('review', submitted)).toMatchObject({ state: 'in-review', pass: 2 });
    await world.changeDirectory(comes('reviewer', 'reviewer'));
  });

  it('and before anybody signs on the strength of it, though the sweep has not come by', async () => {
    const submitted = await world.inApproval();
    await sign('approval', submitted, 'principalOne');
    const shown = await world.signable('approval', submitted, 'principalTwo');
    await world.changeDirectory(leaves('reviewer'));
    expect(await world.sign('approval', submitted, 'principalTwo', shown)).toMatchObject({ refused: 'not_in_review' });
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'sent-back', bundle: null });
    await world.deliver();
    await sign('review', submitted, 'reviewerTwo');
    await world.deliver();
    for (const person of ['principalOne', 'principalTwo'] as const) await sign('approval', submitted, person);
    await expectVerifies(submitted);
    await world.changeDirectory(comes('reviewer', 'reviewer'));
  });

  it('stands when the approval leg is the one that is late, and waits for what review knew', async () => {
    const submitted = await world.submit();
    const hear = await world.changeDirectoryLate('approval', comes('stranger', 'reviewer'));
    await sign('review', submitted, 'stranger');
    await expect(world.deliver()).rejects.toThrow('may not know yet');
    expect(await world.state('approval', submitted)).toBeUndefined();
    await hear();
    await world.deliver();
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'in-review' });
    expect(await world.state('review', submitted)).toMatchObject({ state: 'cleared' });
    await world.changeDirectory(leaves('stranger', plusSeconds(instant(new Date()), 1)));
  });
});

describe('a signature in the leg itself by somebody who had left', () => {
  it('is signed again by who is in office, before the last signature seals anything', async () => {
    const submitted = await world.inApproval();
    const hear = await world.changeDirectoryLate('approval', leaves('principalOne'));
    await sign('approval', submitted, 'principalOne');
    const shown = await world.signable('approval', submitted, 'principalTwo');
    await hear();
    expect(await world.sign('approval', submitted, 'principalTwo', shown)).toMatchObject({ refused: 'slot_not_open' });
    const detail = await seen('approval', submitted);
    expect(detail).toMatchObject({
      state: 'in-review',
      stage: 'issue',
      sentBack: [{ from: 'issue', to: 'issue', because }],
    });
    expect(detail.seats.every(({ signedBy }) => signedBy === null)).toBe(true);
    await sign('approval', submitted, 'principalTwo');
    await sign('approval', submitted, 'principalThree');
    await expectVerifies(submitted);
    await world.changeDirectory(comes('principalOne', 'principal'));
  });

  it('leaves one entry in the ledger, by the service, and one alarm', async () => {
    const submitted = await world.inApproval();
    await sign('approval', submitted, 'principalOne');
    await world.changeDirectory(leaves('principalOne'));
    while (await runInTransaction(world.legs.approval, (tx) => judgeNextCase(tx, world.portsOf('approval'))));
    const acts = (await happenedTo(world.legs.approval, submitted.document)).map(({ entry }) => entry);
    expect(acts.filter(({ action }) => action === 'approval.lapse')).toMatchObject([{ actor: 'service:approval' }]);
    expect(await alarms('approval', submitted)).toBe(1);
    await world.changeDirectory(comes('principalOne', 'principal'));
  });
});

describe('a dossier that was tampered with', () => {
  const keys = () => serviceKeys(world.trust, 'review', nodeCrypto);
  it.each<[string, (record: ReviewRecord) => unknown]>([
    [
      'signed by another service',
      (record) => {
        const { statement } = openStatement('dossier', record.dossier, keys(), nodeCrypto) as { statement: object };
        return { ...record, dossier: sealEnvelope(PAYLOAD_TYPES.dossier, statement, [signerOf('drafting')]) };
      },
    ],
    ['without its decision', (record) => ({ ...record, decisions: [] })],
    [
      'with another decision',
      (record) => ({
        ...record,
        decisions: record.decisions.map((one) => ({ ...one, body: Buffer.from('{}').toString('base64') })),
      }),
    ],
    [
      'of another case',
      (record) => {
        const { statement } = openStatement('dossier', record.dossier, keys(), nodeCrypto) as { statement: object };
        return {
          ...record,
          dossier: sealEnvelope(PAYLOAD_TYPES.dossier, { ...statement, edition: 7 }, [signerOf('review')]),
        };
      },
    ],
  ])(
    '%s: is refused as bad evidence and opens or reopens nothing, also when its signer had left',
    async (_, tamper) => {
      const submitted = await world.submit();
      const hear = await world.changeDirectoryLate('review', leaves('reviewer'));
      await sign('review', submitted, 'reviewer');
      const sent = await row<{ body: string }>(
        world.legs.review,
        `SELECT body FROM outbox WHERE type = 'review.cleared' AND stream = $1`,
        [submitted.document],
      );
      const body = JSON.parse(sent?.body ?? '') as { dossier: string };
      const record = parseCanonical(await getContent(world.legs.review, body.dossier)) as ReviewRecord;
      const dossier = await world.put(tamper(record));
      await expect(world.handle('approval', 'review.cleared', { ...body, dossier })).rejects.toThrow(
        /unknown_key|dossier_mismatch|decision|caller/,
      );
      expect(await world.state('approval', submitted)).toBeUndefined();
      expect(await world.state('review', submitted)).toMatchObject({ state: 'cleared' });
      expect(await alarms('approval', submitted)).toBe(0);
      await hear();
      await world.changeDirectory(comes('reviewer', 'reviewer'));
      await rows(world.legs.review, 'UPDATE outbox SET acked_at = now() WHERE stream = $1', [submitted.document]);
    },
  );
});
