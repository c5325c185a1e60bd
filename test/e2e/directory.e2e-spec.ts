import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { legPath, liveFiles, type People, signable, signInAll, signStages, submitReport } from '../support/chain.js';
import { Client, eventually } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { startSystem, type System } from '../support/system.js';
import { nodeCrypto } from '#evidence/node-crypto';
import { parseTrust } from '#evidence/trust';
import { verifyBundle } from '#evidence/verify-bundle';
import { readFileSync } from 'node:fs';

const OFFICE = 'test-office';

let system: System;
let people: People;
beforeAll(async () => {
  system = await startSystem({ backend: 'postgres', district: testDistrict(3) });
  people = await signInAll(system.gatewayUrl, system.accounts);
}, 180_000);
afterAll(() => system?.stop());

const as = (login: string): Client => {
  const found = people[login];
  if (!found) throw new Error(`nobody is called ${login}`);
  return found;
};

/** One administrator proposes, the other agrees. */
async function change(changes: readonly object[]): Promise<void> {
  const { body } = await as('admin.one').command('/directory/proposals', { changes, reason: '人员调整' });
  const agreed = await as('admin.two').command(`/directory/proposals/${body.proposal}/signatures`, {
    content: body.content,
  });
  expect(agreed).toMatchObject({ status: 200, body: { state: 'published' } });
}

describe('the directory of a running system', () => {
  it('gives administrators no content: they read no draft and no case, sign nothing, and are in nobody’s seat', async () => {
    const submitted = await submitReport(people, 'organ-0001');
    const { seat, digest } = await signable(as('first-reviewer'), 'review', submitted.case);
    for (const login of ['admin.one', 'admin.two']) {
      const admin = as(login);
      for (const path of [
        `/reports/${submitted.document}`,
        `/cases/${submitted.case}`,
        legPath('review', submitted.case),
      ])
        expect({ path, status: (await admin.get(path)).status }).toEqual({ path, status: 404 });
      expect((await admin.get('/inbox')).body.items).toEqual([]);
      expect((await admin.get('/reports')).body.items).toEqual([]);
      const signing = { seat, statement: digest };
      expect((await admin.command(`${legPath('review', submitted.case)}/signatures`, signing)).status).toBe(404);
      const ending = { content: submitted.content, reason: '管理员' };
      for (const act of ['withdrawal', 'cancellation', 'recall'])
        expect(
          (await admin.command(`${legPath('review', submitted.case)}/${act}`, ending)).status,
        ).toBeGreaterThanOrEqual(400);
      expect((await admin.command('/reports', { organ: 'organ-0002', year: 2020 })).status).toBe(403);
      const grant = { type: 'grant', login, role: 'principal', organ: OFFICE };
      const own = await admin.command('/directory/proposals', { changes: [grant], reason: '自任' });
      expect(own).toMatchObject({ status: 422, body: { code: 'administrator_apart' } });
    }
  }, 90_000);

  it('takes in a person by two halves of a password, who then signs, as a deputy does for his principal', async () => {
    const added = { type: 'add-person', login: 'new.reviewer', name: '新初审人' };
    await change([added, { type: 'grant', login: 'new.reviewer', role: 'first-reviewer', organ: OFFICE }]);
    const halfOf = async (login: string): Promise<{ half: string; part: string }> =>
      (await as(login).get('/directory/password-halves')).body.items[0];
    const halves = [await halfOf('admin.one'), await halfOf('admin.two')].toSorted((a, b) =>
      a.part < b.part ? -1 : 1,
    );
    const password = halves.map(({ half }) => half).join('');
    const next = 'a-password-of-my-own-2026';
    const fresh = await new Client(system.gatewayUrl, 'new.reviewer', password).signIn();
    expect((await fresh.get('/inbox')).body.code).toBe('password_must_change');
    expect((await fresh.send('POST', '/api/v1/session/password', { password, next })).status).toBe(200);
    people = {
      ...people,
      'new.reviewer': await (await new Client(system.gatewayUrl, 'new.reviewer', next).signIn()).stepUp(),
    };

    const submitted = await submitReport(people, 'organ-0002');
    const first = await signable(as('new.reviewer'), 'review', submitted.case);
    const signing = { seat: first.seat, statement: first.digest };
    expect((await as('new.reviewer').command(`${legPath('review', submitted.case)}/signatures`, signing)).status).toBe(
      200,
    );
    await signStages(people, submitted, ['secrecy-review', 'countersign', 'deputy']);

    const { items } = (await as('principal').get(`/deputies/colleagues?organ=${OFFICE}`)).body;
    const agent = items.find(({ login }: { login: string }) => login === 'outsider').person;
    const now = Date.now();
    const office = { role: 'principal', organ: OFFICE };
    const period = { from: new Date(now).toISOString(), until: new Date(now + 86_400_000).toISOString() };
    expect((await as('principal').command('/deputies', { agent, ...office, ...period })).status).toBe(200);
    await eventually('the deputy has it in his inbox', async () =>
      (await as('outsider').get('/inbox')).body.items.length > 0 ? true : undefined,
    );
    const acting = await eventually('the approval leg knows of the deputy', async () => {
      const { body } = await as('outsider').get(legPath('approval', submitted.case));
      return body.signable?.[0];
    });
    await as('outsider').command(`${legPath('approval', submitted.case)}/views`, { content: submitted.content });
    const { seat, digest: statement, onBehalfOf } = acting;
    const signed = await as('outsider').command(`${legPath('approval', submitted.case)}/signatures`, {
      seat,
      statement,
      onBehalfOf,
    });
    expect(signed).toMatchObject({ status: 200 });

    const { evidence } = await liveFiles(system.siteUrl, submitted.organ);
    const trust = parseTrust(JSON.parse(readFileSync(system.trustFile, 'utf8')));
    const verdict = verifyBundle(evidence, trust, nodeCrypto);
    const { person: principal } = (await as('principal').get('/session')).body;
    expect(verdict).toMatchObject({ ok: true, summary: { seats: { 4: { actor: agent, onBehalfOf: principal } } } });
  }, 120_000);
});
