import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type Reply } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { GatewayWorld, SETUP_TOKEN } from '../support/gateway-world.js';
import { type Ceremony, type Registration, SoftwarePasskey } from '../support/software-passkey.js';
import { getContent } from '#content-store/content-store';
import type { Sent } from '#evidence/bundle';
import { parseCanonical } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import type { PasskeyAlgorithm } from '#evidence/passkey-key';
import { verifyPasskeyRegistration } from '#evidence/verify-passkey-registration';
import { row, rows } from '#persistence/sql';

const ORIGIN = 'https://sunward.example';
const RP_ID = 'sunward.example';

let world: GatewayWorld;
let person: Client;
let other: Client;
let passwords: Map<string, string>;

const signedIn = (login: string): Promise<Client> => new Client(world.url, login, passwords.get(login)).signIn();
const begin = (by: Client, name = '办公室的钥匙'): Promise<Reply> => by.command('/passkeys/options', { name });
const passkey = (algorithm?: PasskeyAlgorithm): SoftwarePasskey => new SoftwarePasskey(RP_ID, ORIGIN, algorithm);

/** Registers as a browser does; `change` alters what is sent, `ceremony` what the authenticator does. */
async function register(
  by: Client,
  device: SoftwarePasskey,
  ceremony: Ceremony = {},
  change: (sent: Registration) => object = (sent) => sent,
): Promise<Reply> {
  const { body, status } = await begin(by);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return by.command('/passkeys', change(device.register(body.challenge, ceremony)));
}

beforeAll(async () => {
  world = await GatewayWorld.open();
  const setup = { token: SETUP_TOKEN, district: testDistrict(1) };
  const reply = await new Client(world.url).send('POST', '/api/v1/setup', setup);
  const accounts = reply.body.accounts as { login: string; password: string }[];
  passwords = new Map(accounts.map(({ login, password }) => [login, password]));
  person = await (await signedIn('principal')).stepUp();
  other = await (await signedIn('first-reviewer')).stepUp();
}, 60_000);
afterAll(() => world?.close());

const personId = async (login: string): Promise<string> =>
  (await row<{ person: string }>(world.db, 'SELECT person FROM account WHERE login = $1', [login]))!.person;

const told = async (type: string): Promise<Record<string, string>[]> => {
  const found = await rows<{ body: string }>(
    world.db,
    `SELECT body FROM outbox WHERE type = $1 AND subscriber = 'review' ORDER BY position`,
    [type],
  );
  return found.map(({ body }) => JSON.parse(body) as Record<string, string>);
};

describe('a person', () => {
  it('is asked for by name, verified, on this system’s own site, with algorithms the verifier knows', async () => {
    const { status, body } = await begin(person);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      rp: { id: RP_ID },
      user: { displayName: 'principal' },
      attestation: 'none',
      authenticatorSelection: { userVerification: 'required' },
    });
    expect(body.pubKeyCredParams.map(({ alg }: { alg: number }) => alg)).toEqual([-7, -8, -257]);
  });

  it.each(['es256', 'eddsa', 'rs256'] as const)(
    'registers a passkey that signs with %s, and services are told',
    async (algorithm) => {
      const device = passkey(algorithm);
      const reply = await register(person, device);
      expect(reply).toMatchObject({
        status: 200,
        body: {
          name: '办公室的钥匙',
          credential: device.credential,
          algorithm,
          synced: false,
          usable: true,
          revokedAt: null,
        },
      });
      const message = (await told('gateway.passkey-registered')).at(-1)!;
      expect(message['id']).toBe(reply.body.passkey);
      const evidence = parseCanonical(await getContent(world.db.manager as never, message['evidence']!)) as Sent;
      const proof = verifyPasskeyRegistration(evidence, 'passkey', { trust: world.trust, crypto: nodeCrypto });
      expect(proof).toMatchObject({
        id: message['id'],
        person: message['person'],
        credential: device.credential,
        rpId: RP_ID,
        origin: ORIGIN,
      });
      // The name is the person's own affair.
      expect(Buffer.from(evidence.body, 'base64').toString()).not.toContain('办公室');
    },
  );

  it('sees, renames and revokes his own passkeys, and nobody else’s', async () => {
    const { body } = await register(other, passkey());
    const path = `/passkeys/${body.passkey}`;
    const mine = await other.get('/passkeys');
    expect(mine.body).toMatchObject({
      relyingParty: { id: RP_ID, origin: ORIGIN },
      items: [{ passkey: body.passkey }],
    });
    for (const [act, sent] of [
      ['name', { name: '别人的' }],
      ['revocation', {}],
    ] as const)
      expect(await person.command(`${path}/${act}`, sent)).toMatchObject({ status: 404 });
    expect((await other.command(`${path}/name`, { name: '手机' })).body).toMatchObject({ name: '手机', usable: true });
    expect((await other.command(`${path}/revocation`, {})).body).toMatchObject({ name: '手机', usable: false });
    expect(await other.command(`${path}/revocation`, {})).toMatchObject({
      status: 409,
      body: { code: 'passkey_over' },
    });
    expect((await told('gateway.passkey-revoked')).map(({ id }) => id)).toEqual([body.passkey]);
    expect((await other.get('/passkeys')).body.items).toMatchObject([{ usable: false }]);
  });

  it('is told of each in his name, whatever the hour, and of its end in the place of that', async () => {
    await rows(
      world.db,
      `INSERT INTO notice_settings (person, quiet_from, quiet_until, quiet_on_days_off)
       SELECT person, '00:00', '23:59', true FROM account WHERE login = 'countersigner'`,
    );
    const owner = await (await signedIn('countersigner')).stepUp();
    const { body } = await register(owner, passkey());
    expect((await owner.get('/notices')).body.items).toMatchObject([{ kind: 'passkey-registered', byName: null }]);
    await owner.command(`/passkeys/${body.passkey}/revocation`, {});
    expect((await owner.get('/notices')).body.items).toMatchObject([{ kind: 'passkey-revoked', byName: null }]);
  });

  it('has entered his password just now, for each of it', async () => {
    const stale = await signedIn('secrecy-reviewer');
    for (const [path, body] of [
      ['/passkeys/options', { name: '钥匙' }],
      ['/passkeys', passkey().register('AAAA')],
    ] as const)
      expect(await stale.command(path, body)).toMatchObject({ status: 403, body: { code: 'step_up_required' } });
  });

  it('has ten at a time and no more', async () => {
    const many = await (await signedIn('deputy-leader')).stepUp();
    const first = await register(many, passkey());
    for (let count = 1; count < 10; count += 1) expect(await register(many, passkey())).toMatchObject({ status: 200 });
    expect(await begin(many)).toMatchObject({ status: 409, body: { code: 'passkey_too_many' } });
    await many.command(`/passkeys/${first.body.passkey}/revocation`, {});
    expect(await register(many, passkey())).toMatchObject({ status: 200 });
  });
});

describe('an administrator', () => {
  const REASON = '手机遗失，本人来电。';

  it('revokes somebody’s passkey with a reason, which its owner and the ledger keep and services hear of', async () => {
    const admin = await (await signedIn('admin.one')).stepUp();
    const owner = await (await signedIn('principal.two')).stepUp();
    const { body } = await register(owner, passkey());
    const id = await personId('principal.two');
    const sent = { person: id, passkeyId: body.passkey, reason: REASON };
    expect((await admin.get(`/passkeys/of/${id}`)).body.items).toMatchObject([{ passkey: body.passkey, usable: true }]);
    const revocation = { byName: '管理员甲', reason: REASON };
    expect(await admin.command('/passkeys/revocations', sent)).toMatchObject({
      status: 200,
      body: { usable: false, revocation },
    });
    expect((await told('gateway.passkey-revoked')).at(-1)).toMatchObject({ id: body.passkey });
    expect((await owner.get('/passkeys')).body.items).toMatchObject([{ usable: false, revocation }]);
    const { items } = (await owner.get('/notices')).body;
    expect(items).toMatchObject([{ kind: 'passkey-revoked', byName: '管理员甲' }]);
    expect(await admin.command('/passkeys/revocations', sent)).toMatchObject({ body: { code: 'passkey_over' } });
    const kept = await rows<{ text: string }>(world.db, `SELECT convert_from(bytes, 'utf8') AS text FROM ledger_body`);
    expect(kept.some(({ text }) => text.includes(REASON) && text.includes(body.passkey))).toBe(true);
  });

  it('revokes none without a reason, of another than he names, of his own here, or without his password', async () => {
    const admin = await (await signedIn('admin.two')).stepUp();
    const { body } = await register(other, passkey());
    const owner = await personId('first-reviewer');
    const sent = { person: owner, passkeyId: body.passkey, reason: REASON };
    const by = (client: Client, change: object): Promise<Reply> =>
      client.command('/passkeys/revocations', { ...sent, ...change });
    expect(await by(admin, { reason: ' ' })).toMatchObject({ status: 400 });
    expect(await by(admin, { person: await personId('principal') })).toMatchObject({ status: 404 });
    expect(await by(admin, { person: await personId('admin.two') })).toMatchObject({ body: { code: 'own_passkey' } });
    expect(await by(await signedIn('admin.two'), {})).toMatchObject({ body: { code: 'step_up_required' } });
    expect((await other.get('/passkeys')).body.items[0]).toMatchObject({ passkey: body.passkey, usable: true });
  });

  it('alone may: nobody else sees or ends what is another’s', async () => {
    const owner = await personId('first-reviewer');
    const [{ passkey: id }] = (await other.get('/passkeys')).body.items;
    const refused = { status: 403, body: { code: 'not_allowed' } };
    const principal = await (await signedIn('principal')).stepUp();
    expect(await principal.get(`/passkeys/of/${owner}`)).toMatchObject(refused);
    const sent = { person: owner, passkeyId: id, reason: REASON };
    expect(await principal.command('/passkeys/revocations', sent)).toMatchObject(refused);
  });
});

describe('a registration is refused', () => {
  const flags = 0x41;
  it.each<[string, Ceremony]>([
    ['from another page', { origin: 'https://evil.example' }],
    ['for another site', { rpId: 'evil.example' }],
    ['to another challenge', { challenge: 'AAAA' }],
    ['that is a signature', { type: 'webauthn.get' }],
    ['by whoever is there', { flags }],
  ])('%s', async (_what, ceremony) => {
    expect(await register(other, passkey(), ceremony)).toMatchObject({
      status: 422,
      body: { code: 'passkey_not_accepted' },
    });
  });

  it.each<[string, (sent: Registration) => object]>([
    ['for another key than the authenticator made', (sent) => ({ ...sent, publicKey: passkey().publicKey })],
    ['for another credential', (sent) => ({ ...sent, credential: passkey().credential })],
    ['with an attestation nobody can read', (sent) => ({ ...sent, attestationObject: 'AAAA' })],
  ])('%s', async (_what, change) => {
    expect(await register(other, passkey(), {}, change)).toMatchObject({
      status: 422,
      body: { code: 'passkey_not_accepted' },
    });
  });

  it('with a certificate: nobody is called to ask about it', async () => {
    const device = passkey();
    const { body } = await begin(other);
    const sent = device.register(body.challenge, { certificates: true });
    expect(await other.command('/passkeys', sent)).toMatchObject({ body: { code: 'passkey_not_accepted' } });
  });

  it('a second time, unasked, in another session, and too late', async () => {
    const device = passkey();
    const { body } = await begin(other);
    const answer = device.register(body.challenge);
    const elsewhere = await (await signedIn('first-reviewer')).stepUp();
    const notAsked = { status: 409, body: { code: 'passkey_not_asked' } };
    expect(await elsewhere.command('/passkeys', answer)).toMatchObject(notAsked);
    expect(await other.command('/passkeys', answer)).toMatchObject({ status: 200 });
    expect(await other.command('/passkeys', answer)).toMatchObject(notAsked);
    await begin(other);
    await rows(world.db, `UPDATE passkey_challenge SET expires_at = now() - interval '1 second'`);
    expect(await other.command('/passkeys', passkey().register('AAAA'))).toMatchObject(notAsked);
  });

  it('of a passkey that is somebody’s already, revoked or not', async () => {
    const device = passkey();
    const { body } = await register(other, device);
    expect(await register(person, device)).toMatchObject({ body: { code: 'passkey_exists' } });
    await other.command(`/passkeys/${body.passkey}/revocation`, {});
    expect(await register(other, device)).toMatchObject({ body: { code: 'passkey_exists' } });
  });

  it('with a field more: what is sent is the evidence', async () => {
    const more = (sent: Registration): object => ({ ...sent, note: '' });
    expect(await register(other, passkey(), {}, more)).toMatchObject({ status: 400 });
  });
});

it('each act stands in the ledger, accepted or refused', async () => {
  const found = await rows<{ text: string }>(world.db, `SELECT convert_from(bytes, 'utf8') AS text FROM ledger_entry`);
  const entries = found.map(({ text }) => JSON.parse(text) as { action: string; outcome: string });
  const said = entries.map(({ action, outcome }) => `${action} ${outcome}`);
  for (const one of [
    'register-passkey accepted',
    'register-passkey passkey_exists',
    'name-passkey not_found',
    'revoke-passkey accepted',
    'revoke-passkey-of accepted',
    'revoke-passkey-of own_passkey',
  ])
    expect(said).toContain(`gateway.${one}`);
  expect(await row(world.db, `SELECT 1 FROM passkey WHERE evidence !~ '^[0-9a-f]{64}$'`)).toBeUndefined();
});
