import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DistrictDefinition } from '#contracts/http/district.api';
import { readBundle } from '#evidence/bundle';
import { isDefect } from '#evidence/defect';
import { nodeCrypto } from '#evidence/node-crypto';
import { parseTrust } from '#evidence/trust';
import { verifyBundle } from '#evidence/verify-bundle';
import { ALL_STAGES, legPath, liveFiles, type People, signInAll, signStages, submitReport } from '../support/chain.js';
import { eventually } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { openPasskeyPage, type PasskeyPage } from '../support/passkey-page.js';
import { startSystem, type System } from '../support/system.js';

jest.setTimeout(120_000);

/** The principal signs with a passkey, whatever is to be published; everybody else as before. */
function demanding(district: DistrictDefinition): DistrictDefinition {
  const routes = district.routes.map((route) => ({
    ...route,
    stages: route.stages.map((stage) => (stage.id === 'principal' ? { ...stage, grade: 'passkey' as const } : stage)),
  }));
  return { ...district, routes };
}

let system: System;
let people: People;
let principal: PasskeyPage;

beforeAll(async () => {
  system = await startSystem({ backend: 'postgres', district: demanding(testDistrict(4)) });
  people = await signInAll(system.gatewayUrl, system.accounts);
  principal = await openPasskeyPage(system.gatewayUrl);
  const { password } = system.accounts.find(({ login }) => login === 'principal')!;
  await principal.signIn('principal', password);
}, 180_000);
afterAll(async () => {
  await principal?.close();
  await system?.stop();
}, 60_000);

interface Shown {
  readonly seat: string;
  readonly digest: string;
  readonly challenge: string;
  readonly grade: string;
}

/** A case of an organ that waits for the principal alone, opened by him, with what he may sign. */
async function waiting(organ: string): Promise<{ path: string; shown: Shown }> {
  const submitted = await submitReport(people, organ);
  await signStages(people, submitted, ALL_STAGES.slice(0, -1));
  const path = legPath('approval', submitted.case);
  const shown = await eventually('it is the principal’s turn', async () => {
    const { status, body } = await principal.ask('GET', path);
    return status === 200 ? (body.signable[0] as Shown | undefined) : undefined;
  });
  await principal.ask('POST', `${path}/views`, { content: submitted.content });
  return { path, shown };
}

describe('a principal with a real browser and its authenticator', () => {
  it('registers a passkey, and may do so only as himself', async () => {
    await principal.verifyUser(false);
    await expect(principal.register('无人核验')).rejects.toThrow('NotAllowedError');
    await principal.verifyUser(true);
    const registered = await principal.register('办公室的电脑');
    expect(registered).toMatchObject({ status: 200, body: { name: '办公室的电脑', algorithm: 'es256', usable: true } });
    // The authenticator has one for this system already.
    await expect(principal.register('再来一把')).rejects.toThrow('InvalidStateError');
  });

  it('signs what is published by itself then, provably by his own key', async () => {
    const { path, shown } = await waiting('organ-0001');
    expect(shown.grade).toBe('passkey');
    const unsigned = { seat: shown.seat, statement: shown.digest };
    expect(await principal.ask('POST', `${path}/signatures`, unsigned)).toMatchObject({
      body: { code: 'grade_too_low' },
    });
    const other = await principal.assert('AAAA');
    expect(await principal.ask('POST', `${path}/signatures`, { ...unsigned, passkey: other })).toMatchObject({
      body: { code: 'passkey_challenge' },
    });
    const passkey = await principal.assert(shown.challenge);
    const signed = await principal.ask('POST', `${path}/signatures`, { ...unsigned, passkey });
    expect(signed).toMatchObject({ status: 200, body: { state: 'released' } });

    const live = await liveFiles(system.siteUrl, 'organ-0001');
    const trust = parseTrust(JSON.parse(readFileSync(system.trustFile, 'utf8')));
    const verdict = verifyBundle(live.evidence, trust, nodeCrypto);
    const { passkey: id } = (await principal.ask('GET', '/passkeys')).body.items[0];
    expect(verdict).toMatchObject({ ok: true, summary: { seats: { 4: { passkey: id } } } });
    const bundle = readBundle(live.evidence);
    expect(isDefect(bundle) ? bundle : bundle.schema).toBe('sunward.bundle/3');
  });

  it('signs several in one request, each with a gesture of its own; one without is refused by itself', async () => {
    const [one, two] = [await waiting('organ-0002'), await waiting('organ-0003')];
    const item = async ({ path, shown }: typeof one, withPasskey: boolean): Promise<object> => ({
      leg: 'approval',
      case: path.split('/').at(-1),
      seat: shown.seat,
      statement: shown.digest,
      ...(withPasskey ? { passkey: await principal.assert(shown.challenge) } : {}),
    });
    const first = await principal.ask('POST', '/signatures', {
      items: [await item(one, true), await item(two, false)],
    });
    expect(first.body.results).toMatchObject([{ signed: true }, { signed: false, problem: { code: 'grade_too_low' } }]);
    const second = await principal.ask('POST', '/signatures', { items: [await item(two, true)] });
    expect(second.body.results).toMatchObject([{ signed: true, outcome: { state: 'released' } }]);
  });

  it('signs no more with a passkey he revoked, and what it signed stays public', async () => {
    const { path, shown } = await waiting('organ-0004');
    const answer = await principal.assert(shown.challenge);
    const { passkey } = (await principal.ask('GET', '/passkeys')).body.items[0];
    const revoked = await principal.ask('POST', `/passkeys/${passkey}/revocation`, {});
    expect(revoked).toMatchObject({ status: 200, body: { usable: false } });
    await eventually('approval has heard of it', async () => {
      const [found] = await system.sql(`SELECT 1 FROM approval.passkey_copy WHERE id = $1 AND revoked_at IS NOT NULL`, [
        passkey,
      ]);
      return found;
    });
    const signature = { seat: shown.seat, statement: shown.digest, passkey: answer };
    expect(await principal.ask('POST', `${path}/signatures`, signature)).toMatchObject({
      status: 403,
      body: { code: 'passkey_revoked' },
    });
    expect(await liveFiles(system.siteUrl, 'organ-0002')).toMatchObject({ url: expect.stringContaining('organ-0002') });
  });
});
