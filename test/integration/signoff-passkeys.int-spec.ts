import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getContent } from '#content-store/content-store';
import { generateKeyPem, nodeCrypto, signerFromPem } from '#evidence/node-crypto';
import { readBundle } from '#evidence/bundle';
import { isDefect } from '#evidence/defect';
import type { RouteDocument } from '#evidence/statements';
import { verifyBundle } from '#evidence/verify-bundle';
import { rows } from '#persistence/sql';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { barrier } from '../support/gate.js';
import { type Registered, passkeySigning, registration, signWith, withPasskey } from '../support/signoff-passkeys.js';
import { PEOPLE, signerOf, SignoffWorld } from '../support/signoff-world.js';
import { replayAgainstRows } from '#signoff/replay-against-rows';

let database: TestDatabase;
let world: SignoffWorld;
let reviewers: Registered;
let principals: Registered;

const demanding = (route: RouteDocument): RouteDocument => ({
  ...route,
  stages: route.stages.map((stage) => ({ ...stage, grade: 'passkey' })),
});

beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
  await world.agree(0, true, demanding);
  reviewers = await withPasskey(world, 'reviewer');
  principals = await withPasskey(world, 'principalOne');
}, 60_000);
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

const alarms = (kind: string): Promise<{ detail: Record<string, unknown> }[]> =>
  rows(world.legs.review, 'SELECT detail FROM alarm WHERE kind = $1', [kind]);

describe('a route that demands passkeys', () => {
  it('is signed to the end with them, and what it yields verifies', async () => {
    const second = await withPasskey(world, 'principalTwo');
    const submitted = await world.submit();
    expect(await signWith(world, 'review', submitted, 'reviewer', reviewers.device)).toMatchObject({
      state: 'cleared',
    });
    await world.deliver();
    await signWith(world, 'approval', submitted, 'principalOne', principals.device);
    await signWith(world, 'approval', submitted, 'principalTwo', second.device);
    const state = await world.state('approval', submitted);
    expect(state).toMatchObject({ state: 'released' });
    const bytes = await getContent(world.legs.approval.manager as never, state!.bundle!);
    expect(verifyBundle(bytes, world.trust, nodeCrypto)).toMatchObject({ ok: true });
    const bundle = readBundle(bytes);
    if (isDefect(bundle)) throw new Error(bundle.detail);
    expect(bundle.schema).toBe('sunward.bundle/3');
    expect(bundle.review.decisions[0]?.passkey).toBeDefined();
  });

  it('takes no password for it, and says what to do', async () => {
    const submitted = await world.submit();
    const shown = await world.signable('review', submitted, 'reviewer');
    expect(await world.sign('review', submitted, 'reviewer', shown)).toMatchObject({ refused: 'grade_too_low' });
    expect(await signWith(world, 'review', submitted, 'reviewer', reviewers.device)).toMatchObject({
      state: 'cleared',
    });
  });

  it('counts a signature once: the passkey’s answer is worth nothing for another seat or another round', async () => {
    const [one, other] = [await world.submit(), await world.submit()];
    const body = await passkeySigning(world, 'review', one, 'reviewer', reviewers.device);
    const shown = await world.signable('review', other, 'reviewer');
    const replayed = { ...shown, passkey: (body as { passkey: object }).passkey };
    expect(await world.act('review', other, 'reviewer', 'signatures', replayed)).toMatchObject({
      refused: 'passkey_challenge',
    });
    expect(await world.act('review', one, 'reviewer', 'signatures', body)).toMatchObject({ state: 'cleared' });
  });
});

describe('a passkey’s answer', () => {
  it.each([
    ['passkey_origin', { origin: 'http://localhost:3001' }],
    ['passkey_rp_id', { rpId: 'evil.example' }],
    ['passkey_user_unverified', { flags: 0x01 }],
    ['passkey_user_absent', { flags: 0x04 }],
    ['passkey_type', { type: 'webauthn.create' }],
    ['passkey_challenge', { challenge: 'AAAA' }],
  ])('is refused: %s', async (code, ceremony) => {
    const submitted = await world.submit();
    const signed = await signWith(world, 'review', submitted, 'reviewer', reviewers.device, ceremony);
    expect(signed).toMatchObject({ refused: code });
    expect(await world.state('review', submitted)).toMatchObject({ state: 'in-review' });
  });

  it('is refused from a passkey of somebody else, or nobody’s', async () => {
    const submitted = await world.submit();
    for (const device of [principals.device, (await registration(world, 'reviewer')).device])
      expect(await signWith(world, 'review', submitted, 'reviewer', device)).toMatchObject({
        refused: 'passkey_unknown',
      });
  });

  it('raises an alarm and is refused when its counter goes back, and counts on afterwards', async () => {
    const submitted = await world.submit();
    const { device, id } = reviewers;
    const before = device.counter;
    const copied = await signWith(world, 'review', submitted, 'reviewer', device, { counter: 1 });
    expect(copied).toMatchObject({ refused: 'passkey_counter_back', data: { counter: 1 } });
    expect(await alarms('passkey_counter_back')).toMatchObject([{ detail: { passkey: id, counter: 1 } }]);
    expect(device.counter).toBeGreaterThan(before);
    expect(await signWith(world, 'review', submitted, 'reviewer', device)).toMatchObject({ state: 'cleared' });
  });

  it('counts without a counter, from an authenticator that has none', async () => {
    const { device } = await withPasskey(world, 'reviewerTwo');
    for (let time = 0; time < 2; time += 1) {
      const submitted = await world.submit();
      const signed = await signWith(world, 'review', submitted, 'reviewerTwo', device, { counter: 0 });
      expect(signed).toMatchObject({ state: 'cleared' });
    }
  });
});

describe('a revoked passkey', () => {
  it('signs nothing new, and what it signed stays signed', async () => {
    const { device, id } = await withPasskey(world, 'reviewerTwo');
    const [one, other] = [await world.submit(), await world.submit()];
    expect(await signWith(world, 'review', one, 'reviewerTwo', device)).toMatchObject({ state: 'cleared' });
    await world.handle('review', 'gateway.passkey-revoked', { id, at: new Date().toISOString() });
    expect(await signWith(world, 'review', other, 'reviewerTwo', device)).toMatchObject({ refused: 'passkey_revoked' });
    await world.deliver();
    expect(await world.state('approval', one)).toMatchObject({ state: 'in-review' });
  });

  it('races with its last signature: one of the two comes first, and then holds', async () => {
    const { device, id } = await withPasskey(world, 'reviewerTwo');
    const submitted = await world.submit();
    const body = await passkeySigning(world, 'review', submitted, 'reviewerTwo', device);
    const gate = barrier(2);
    const [signed] = await Promise.all([
      world.act('review', submitted, 'reviewerTwo', 'signatures', body, { gate }),
      world.handle('review', 'gateway.passkey-revoked', { id, at: new Date().toISOString() }, gate),
    ]);
    const { state } = (await world.state('review', submitted))!;
    expect([
      ['cleared', undefined],
      ['in-review', 'passkey_revoked'],
    ]).toContainEqual([state, 'refused' in signed ? signed.refused : undefined]);
  });
});

it('all of this is told again by the ledger alone, where no answer of a passkey stands, only its digest', async () => {
  for (const leg of ['review', 'approval'] as const)
    expect((await replayAgainstRows(world.legs[leg], leg)).differences).toEqual([]);
  const bodies = await rows<{ text: string }>(
    world.legs.review,
    `SELECT convert_from(bytes, 'utf8') AS text FROM ledger_body`,
  );
  expect(bodies.length).toBeGreaterThan(5);
  expect(bodies.filter(({ text }) => /authenticatorData|clientDataJSON|credential/.test(text))).toEqual([]);
});

describe('a passkey is taken over', () => {
  const announced = async (by?: Parameters<typeof registration>[2]): Promise<Record<string, unknown>> => {
    const { id, evidence } = await registration(world, 'head', by);
    return { id, person: PEOPLE.head, evidence };
  };
  const adopted = (body: object): Promise<void> => world.handle('review', 'gateway.passkey-registered', body);

  it('only with the gateway’s word for the person’s own request', async () => {
    for (const by of [signerOf('review'), signerFromPem(generateKeyPem())])
      await expect(adopted(await announced(by))).rejects.toThrow('passkey_registration');
    await expect(adopted({ ...(await announced()), person: PEOPLE.reviewer })).rejects.toThrow('statement_mismatch');
    const evidence = await world.put({ passkey: 'row' });
    await expect(adopted({ ...(await announced()), evidence })).rejects.toThrow('bad_shape');
  });

  it('once, however often it is announced', async () => {
    const body = await announced();
    await adopted(body);
    await adopted(body);
    const found = await rows(world.legs.review, 'SELECT 1 FROM passkey_copy WHERE id = $1', [body['id']]);
    expect(found).toHaveLength(1);
  });
});
