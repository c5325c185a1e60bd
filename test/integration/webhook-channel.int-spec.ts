import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { ListedNetworks } from '../../apps/publication/src/channels/address-rule.js';
import { ChannelWorker } from '../../apps/publication/src/channels/channel-worker.js';
import { Outbound, type Resolved } from '../../apps/publication/src/channels/outbound.js';
import { parcelOf } from '../../apps/publication/src/channels/parcel-of.js';
import { Secret } from '../../apps/publication/src/channels/secret.js';
import { signatureOf, WebhookChannel } from '../../apps/publication/src/channels/webhook-channel.js';
import { leaseDelivery } from '../../apps/publication/src/persistence/channel-delivery.repository.js';
import { row, rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { letHappen } from '../support/editions.js';
import { accept, type PlatformCall, PlatformServer, webhookSignature } from '../support/platform-server.js';
import { DOCUMENT, PATH, PublicationWorld } from '../support/publication-world.js';
import { RecordingChannel } from '../support/recording-channel.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const quiet = { info: () => undefined, warn: () => undefined, fault: () => undefined };

let world: PublicationWorld;
let platform: PlatformServer;
const channels: WebhookChannel[] = [];
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
beforeEach(async () => {
  platform = await PlatformServer.open(SECRET);
});
afterEach(async () => {
  for (const channel of channels.splice(0)) await channel.close();
  platform.close();
  world.channels = [];
  await world.clear();
});
afterAll(() => world?.close());

interface Wanted {
  readonly url?: string;
  readonly hosts?: readonly string[];
  readonly networks?: readonly string[];
  readonly resolve?: (host: string) => Promise<readonly Resolved[]>;
}

function channelTo({
  url = platform.url,
  hosts = ['127.0.0.1'],
  networks = ['127.0.0.1/32'],
  resolve,
}: Wanted = {}): WebhookChannel {
  const rules = { hosts, networks: new ListedNetworks(networks), ...(resolve === undefined ? {} : { resolve }) };
  const title = { zh: '区政府网站平台', en: 'District site platform' };
  const facts = { name: 'platform', kind: 'webhook', title, contact: null, organs: null, backfill: false } as const;
  const channel = new WebhookChannel(facts, { url: new URL(url), secret: new Secret(SECRET) }, new Outbound(rules));
  channels.push(channel);
  world.channels = [channel];
  return channel;
}

const newest = (): Promise<Record<string, unknown> | undefined> =>
  row(
    world.db,
    'SELECT state, defect, defect_data, attempts, receipt FROM channel_delivery ORDER BY created_at DESC LIMIT 1',
  );
const deliver = async (channel: WebhookChannel): Promise<void> => {
  await rows(world.db, 'UPDATE channel_delivery SET next_at = clock_timestamp(), lease_until = NULL');
  await new ChannelWorker(world.ports(), channel, quiet).drain();
};

describe('a site platform', () => {
  it('gets the report as signed JSON, and its answer is the receipt', async () => {
    const channel = channelTo();
    const { content } = await letHappen(world, 'publish', 1);
    await deliver(channel);
    const [call] = platform.calls;
    const digest = createHash('sha256').update(call!.body).digest('hex');
    expect(await newest()).toMatchObject({
      state: 'delivered',
      receipt: { digest, place: `https://www.example.gov.cn/show/${call!.id}` },
    });
    const [shown] = platform.shown.values();
    expect(shown).toMatchObject({
      type: 'report.published',
      data: {
        document: DOCUMENT,
        edition: 1,
        kind: 'publish',
        organName: '向阳区人民政府',
        content: createHash('sha256').update(content).digest('hex'),
        url: `${world.origin}${PATH}`,
        notice: null,
      },
    });
    const data = shown!['data'] as { html: string; text: string; files: { name: string }[]; downloads: object[] };
    expect(data.html).toContain('<table');
    expect(data.text).toContain('五、存在的主要问题及改进情况');
    expect(data.files.map(({ name }) => name)).toEqual(['evidence.json', 'report.json']);
    expect(data.downloads).toContainEqual({ name: 'report.pdf', url: `${world.origin}${PATH}report.pdf` });
  });

  it('that does not say where it shows a report is named by its address, without the key that may stand in it', async () => {
    const channel = channelTo({ url: `${platform.url}?token=of-the-door` });
    platform.answer = ({ body }, response) => {
      const received = createHash('sha256').update(body).digest('hex');
      response.end(JSON.stringify({ received }));
    };
    await letHappen(world, 'publish', 1);
    await deliver(channel);
    expect(await newest()).toMatchObject({ state: 'delivered', receipt: { place: platform.url } });
  });

  it('is told of a correction and a withdrawal, of the withdrawal without any text', async () => {
    const channel = channelTo();
    await letHappen(world, 'publish', 1);
    await deliver(channel);
    await letHappen(world, 'correct', 2);
    await deliver(channel);
    await letHappen(world, 'withdraw', 2);
    await deliver(channel);
    const said = [...platform.shown.values()].map(({ type, data }) => [type, (data as { edition: number }).edition]);
    expect(said).toEqual([
      ['report.published', 1],
      ['report.published', 2],
      ['report.withdrawn', 2],
    ]);
    const last = [...platform.shown.values()].at(-1)!['data'] as Record<string, unknown>;
    expect(last['notice']).toEqual({ reason: '录入时数字颠倒。', replaces: 2 });
    expect(Object.keys(last)).not.toEqual(expect.arrayContaining(['html']));
  });

  it('sees one message however often it is sent: killed between sending and receipt, then sent again', async () => {
    const channel = channelTo();
    await letHappen(world, 'publish', 1);
    const killed = await runInTransaction(world.db, (tx) => leaseDelivery(tx, 'platform', randomUUID(), 120));
    await channel.deliver(await parcelOf(world.ports(), killed!), AbortSignal.timeout(30_000));
    await deliver(channel);
    expect(platform.calls).toHaveLength(2);
    const [first, second] = platform.calls;
    expect(second!.id).toBe(first!.id);
    expect(Buffer.compare(second!.body, first!.body)).toBe(0);
    expect(platform.shown.size).toBe(1);
    expect(await newest()).toMatchObject({ state: 'delivered' });
  });
});

describe('a site platform that does not do as it should', () => {
  const json = (body: unknown) => (_: PlatformCall, response: ServerResponse) =>
    void response.writeHead(200).end(JSON.stringify(body));
  it.each<[string, (call: PlatformCall, response: ServerResponse) => void, Record<string, unknown>]>([
    ['answers 500', (_, response) => void response.writeHead(500).end(), { defect: 'target_failed' }],
    ['answers 429', (_, response) => void response.writeHead(429).end(), { defect: 'target_failed' }],
    ['answers 400', (_, response) => void response.writeHead(400).end(), { defect: 'refused_by_target' }],
    ['answers 403', (_, response) => void response.writeHead(403).end(), { defect: 'not_let_in' }],
    ['hangs up', (_, response) => void response.destroy(), { defect: 'unreachable' }],
    ['says it received something else', json({ received: 'a'.repeat(64) }), { defect: 'digest_differs' }],
    ['does not say what it received', json({ ok: true }), { defect: 'answer_unreadable' }],
    ['answers no JSON', (_, response) => void response.writeHead(200).end('<html>'), { defect: 'answer_unreadable' }],
    [
      'answers without end',
      (_, response) => {
        response.writeHead(200);
        response.write(Buffer.alloc(200_000));
      },
      { defect: 'answer_too_large' },
    ],
  ])('%s: is tried again, and the own site and another channel have it all the same', async (_, answer, expected) => {
    const channel = channelTo();
    const good = new RecordingChannel('good');
    world.channels = [channel, good];
    platform.answer = answer;
    await letHappen(world, 'publish', 1);
    await new ChannelWorker(world.ports(), channel, quiet).drain();
    await new ChannelWorker(world.ports(), good, quiet).drain();
    const found = await rows(world.db, 'SELECT channel, state, defect FROM channel_delivery ORDER BY channel');
    expect(found).toMatchObject([
      { channel: 'good', state: 'delivered' },
      { channel: 'platform', state: 'waiting', ...expected },
    ]);
    expect((await world.get(PATH)).status).toBe(200);
    platform.answer = undefined;
    await deliver(channel);
    expect(platform.shown.size).toBe(1);
  });

  it('never answers: the attempt is broken off', async () => {
    const channel = channelTo();
    platform.answer = () => undefined;
    await letHappen(world, 'publish', 1);
    const due = await runInTransaction(world.db, (tx) => leaseDelivery(tx, 'platform', randomUUID(), 120));
    const parcel = await parcelOf(world.ports(), due!);
    await expect(channel.deliver(parcel, AbortSignal.timeout(300))).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('has another key: it lets nobody in', async () => {
    const channel = channelTo();
    const other = await PlatformServer.open(`whsec_${Buffer.alloc(32, 8).toString('base64')}`);
    const wrong = channelTo({ url: other.url });
    await letHappen(world, 'publish', 1);
    await deliver(wrong);
    expect(await newest()).toMatchObject({ defect: 'not_let_in', defect_data: { status: 401 } });
    other.close();
    await deliver(channel);
    expect(await newest()).toMatchObject({ state: 'delivered' });
  });
});

describe('where a channel may be led', () => {
  const to = (...addresses: string[]) => ({
    resolve: () => Promise.resolve(addresses.map((address) => ({ address, family: 4 }))),
  });

  it('a redirect to this machine is an answer, and is not followed', async () => {
    const bait = await PlatformServer.open(SECRET);
    const channel = channelTo();
    platform.answer = (_, response) => void response.writeHead(307, { location: bait.url }).end();
    await letHappen(world, 'publish', 1);
    await deliver(channel);
    expect(await newest()).toMatchObject({ defect: 'redirected', defect_data: { status: 307 } });
    expect(bait.calls).toEqual([]);
    bait.close();
  });

  it.each<[string, () => Wanted, string]>([
    ['a host nobody listed', () => ({ hosts: ['cms.example.gov.cn'] }), 'host_not_listed'],
    ['an address of this machine', () => ({ networks: [] }), 'address_forbidden'],
    [
      'a name that stands for this machine',
      () => ({ url: `https://cms.test:${platform.port}/`, hosts: ['cms.test'], networks: [], ...to('127.0.0.1') }),
      'address_forbidden',
    ],
    [
      'a name that stands for a cloud’s own services',
      () => ({ url: 'https://cms.test/', hosts: ['cms.test'], ...to('169.254.169.254') }),
      'address_forbidden',
    ],
    [
      'a name that also stands for this machine',
      () => ({ url: 'https://cms.test/', hosts: ['cms.test'], networks: [], ...to('1.1.1.1', '127.0.0.1') }),
      'address_forbidden',
    ],
    [
      'a public name over plain http',
      () => ({ url: 'http://cms.test/', hosts: ['cms.test'], ...to('1.1.1.1') }),
      'plain_http',
    ],
    ['a public address over plain http', () => ({ url: 'http://1.1.1.1/', hosts: ['1.1.1.1'] }), 'plain_http'],
    [
      'an address in IPv6 that is this machine',
      () => ({ url: `https://[::ffff:127.0.0.1]/`, hosts: ['[::ffff:7f00:1]'], networks: [] }),
      'address_forbidden',
    ],
    ['a name nobody knows', () => ({ url: 'https://cms.test/', hosts: ['cms.test'], ...to() }), 'name_unknown'],
  ])('not to %s', async (_, wanted, defect) => {
    const channel = channelTo(wanted());
    await letHappen(world, 'publish', 1);
    await deliver(channel);
    expect(await newest()).toMatchObject({ state: 'waiting', defect });
    expect(platform.calls).toEqual([]);
  });

  it('a name that stood for a good address a moment ago is judged again when it is connected to', async () => {
    let asked = 0;
    const resolve = (): Promise<Resolved[]> => {
      asked += 1;
      return Promise.resolve([{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]);
    };
    const url = `http://cms.test:${platform.port}/`;
    const channel = channelTo({ url, hosts: ['cms.test'], resolve });
    platform.answer = (call, response) => {
      response.setHeader('connection', 'close');
      response.statusCode = 500;
      response.end();
      void call;
    };
    await letHappen(world, 'publish', 1);
    await deliver(channel);
    expect(await newest()).toMatchObject({ defect: 'target_failed' });
    platform.answer = accept;
    await deliver(channel);
    expect(await newest()).toMatchObject({ defect: 'address_forbidden' });
    expect(platform.calls).toHaveLength(1);
  });
});

describe('the signature', () => {
  // Source: Standard Webhooks, reference implementations' test vector.
  const vector = {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    body: '{"test": 2432232314}',
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };
  it('is that of the specification’s vector, by the library and by the test’s own reckoning', () => {
    const { secret, id, timestamp, body, signature } = vector;
    const bytes = new TextEncoder().encode(body);
    expect(signatureOf(new Secret(secret), id, new Date(Number(timestamp) * 1000), bytes)).toBe(signature);
    expect(webhookSignature(secret, id, timestamp, bytes)).toBe(signature);
  });
});
