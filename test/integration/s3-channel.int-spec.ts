import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ListedNetworks } from '../../apps/publication/src/channels/address-rule.js';
import { ChannelWorker, sweepChannels } from '../../apps/publication/src/channels/channel-worker.js';
import { Outbound } from '../../apps/publication/src/channels/outbound.js';
import { S3Channel } from '../../apps/publication/src/channels/s3-channel.js';
import { Secret } from '../../apps/publication/src/channels/secret.js';
import { row, rows } from '#persistence/sql';
import { letHappen } from '../support/editions.js';
import { DOCUMENT, ORGAN, PATH, PublicationWorld } from '../support/publication-world.js';
import { expectedAuthorization, S3Server } from '../support/s3-server.js';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const PLACE = `xxgk/${ORGAN}/2020/`;
const quiet = { info: () => undefined, warn: () => undefined, fault: () => undefined };

let world: PublicationWorld;
let store: S3Server;
let channel: S3Channel;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
beforeEach(async () => {
  store = await S3Server.open('reports', SECRET);
  channel = channelWith(SECRET);
  world.channels = [channel];
});
afterEach(async () => {
  await channel.close();
  store.close();
  world.channels = [];
  await world.clear();
});
afterAll(() => world?.close());

function channelWith(secret: string): S3Channel {
  const title = { zh: '对象存储', en: 'Object store' };
  const facts = { name: 'store', kind: 's3', title, contact: null, organs: null, backfill: false } as const;
  const base = new URL(`${store.endpoint}/reports/`);
  const bucket = { base, region: 'cn-north-1', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secret: new Secret(secret) };
  const rules = { hosts: ['127.0.0.1'], networks: new ListedNetworks(['127.0.0.1/32']) };
  return new S3Channel(facts, { bucket, prefix: 'xxgk/' }, new Outbound(rules));
}

const deliver = async (by = channel): Promise<void> => {
  await rows(world.db, 'UPDATE channel_delivery SET next_at = clock_timestamp()');
  await new ChannelWorker(world.ports(), by, quiet).drain();
};
const newest = (): Promise<Record<string, unknown> | undefined> =>
  row(world.db, 'SELECT state, defect, receipt FROM channel_delivery ORDER BY created_at DESC LIMIT 1');
const current = (): Record<string, unknown> =>
  JSON.parse(Buffer.from(store.objects.get(`${PLACE}current.json`)!).toString()) as Record<string, unknown>;
const folders = (): string[] => [
  ...new Set(
    store
      .keys()
      .map((key) => key.slice(PLACE.length).split('/')[0]!)
      .filter((name) => name.startsWith('v')),
  ),
];

describe('an object store', () => {
  it('has exactly the public files, named by current.json, and nothing is written twice', async () => {
    await letHappen(world, 'publish', 1);
    await deliver();
    const bytes = store.objects.get(`${PLACE}current.json`)!;
    expect(await newest()).toMatchObject({
      state: 'delivered',
      receipt: {
        digest: createHash('sha256').update(bytes).digest('hex'),
        place: `${store.endpoint}/reports/${PLACE}${String(current()['folder'])}/`,
      },
    });
    const files = current()['files'] as { name: string; digest: string }[];
    expect(files.map(({ name }) => name)).toContain('report.pdf');
    for (const { name, digest } of files) {
      const stored = store.objects.get(`${PLACE}${String(current()['folder'])}/${name}`)!;
      expect(createHash('sha256').update(stored).digest('hex')).toBe(digest);
    }
    const report = Buffer.from(await (await world.get(`${PATH}report.json`)).arrayBuffer());
    const stored = store.objects.get(`${PLACE}${String(current()['folder'])}/report.json`)!;
    expect(Buffer.compare(report, stored)).toBe(0);
    const puts = store.seen.filter((line) => line.startsWith('PUT'));
    expect(new Set(puts).size).toBe(puts.length);
  });

  it('keeps the edition before a correction, and nothing of what is withdrawn, however many keys there are', async () => {
    store.page = 3;
    await letHappen(world, 'publish', 1);
    await deliver();
    await letHappen(world, 'correct', 2);
    await deliver();
    expect(folders()).toHaveLength(2);
    expect(current()).toMatchObject({ edition: 2, state: 'live' });
    store.objects.set(`${PLACE}photo.jpg`, new Uint8Array([1]));
    await letHappen(world, 'withdraw', 2);
    await deliver();
    expect(await newest()).toMatchObject({ state: 'delivered' });
    expect(current()).toMatchObject({ edition: 2, state: 'withdrawn' });
    expect(folders()).toEqual([current()['folder']]);
    expect(store.keys().filter((key) => key.endsWith('report.json'))).toEqual([]);
    expect(store.objects.has(`${PLACE}photo.jpg`)).toBe(true);
  });

  it('gets the label of an earlier edition in place of its files, and goes on naming the present one', async () => {
    await letHappen(world, 'publish', 1);
    await deliver();
    const [before] = folders();
    await letHappen(world, 'correct', 2);
    await sweepChannels(world.ports(), world.channels, { warn: () => undefined });
    await deliver();
    const [first = '', second = '', ...more] = folders().toSorted();
    expect([first.startsWith('v1-'), first === before, second.startsWith('v2-'), more]).toEqual([
      true,
      false,
      true,
      [],
    ]);
    expect(new TextDecoder().decode(store.objects.get(`${PLACE}${first}/index.html`))).toContain(
      'data-mark="superseded"',
    );
    expect(current()).toMatchObject({ edition: 2, state: 'live', folder: second });
  });

  it('killed in the middle: the next attempt completes what is missing and mends what differs', async () => {
    await letHappen(world, 'publish', 1);
    let puts = 0;
    store.before = ({ method }, response) => {
      if (method !== 'PUT') return false;
      puts += 1;
      if (puts < 4) return false;
      response.destroy();
      return true;
    };
    await deliver();
    expect(await newest()).toMatchObject({ state: 'waiting', defect: 'unreachable' });
    expect(store.objects.has(`${PLACE}current.json`)).toBe(false);
    const [half] = store.keys();
    store.objects.set(half!, new Uint8Array([1, 2, 3]));
    store.before = undefined;
    await deliver();
    expect(await newest()).toMatchObject({ state: 'delivered', defect: null });
  });

  it.each([500, 503])('that answers %i is tried again', async (status) => {
    await letHappen(world, 'publish', 1);
    store.before = (_, response) => {
      response.writeHead(status).end();
      return true;
    };
    await deliver();
    expect(await newest()).toMatchObject({ state: 'waiting', defect: 'target_failed' });
    store.before = undefined;
    await deliver();
    expect(await newest()).toMatchObject({ state: 'delivered' });
  });

  it('that gives back other bytes than it took has nothing delivered', async () => {
    await letHappen(world, 'publish', 1);
    store.before = ({ method, path }, response) => {
      if (method !== 'GET' || !path.endsWith('report.json')) return false;
      response.writeHead(200).end('{}');
      return true;
    };
    await deliver();
    expect(await newest()).toMatchObject({ state: 'waiting', defect: 'digest_differs' });
  });

  it('that another writer changed meanwhile is not overwritten, and a later edition there stays', async () => {
    await letHappen(world, 'publish', 1);
    const theirs = (edition: number): Uint8Array =>
      new TextEncoder().encode(
        JSON.stringify({ schema: 'sunward.channel/1', document: DOCUMENT, edition, state: 'live', folder: 'x' }),
      );
    let isFirst = true;
    store.before = ({ method, path }) => {
      if (method === 'PUT' && path.endsWith('current.json') && isFirst) {
        isFirst = false;
        store.objects.set(`${PLACE}current.json`, theirs(9));
      }
      return false;
    };
    await deliver();
    expect(await newest()).toMatchObject({ state: 'waiting', defect: 'target_changed' });
    expect(current()['edition']).toBe(9);
    await deliver();
    expect(await newest()).toMatchObject({ state: 'waiting', defect: 'target_ahead' });
    expect(current()['edition']).toBe(9);
  });

  it('in which a file was replaced by a far longer one has it mended', async () => {
    await letHappen(world, 'publish', 1);
    await deliver();
    const key = `${PLACE}${String(current()['folder'])}/report.json`;
    const { byteLength } = store.objects.get(key)!;
    await rows(world.db, "UPDATE channel_delivery SET state = 'waiting', receipt = NULL");
    store.objects.set(key, new Uint8Array(byteLength + 1_000_000));
    await deliver();
    expect(await newest()).toMatchObject({ state: 'delivered' });
    expect(store.objects.get(key)).toHaveLength(byteLength);
  });

  describe('that answers its list otherwise than a store does', () => {
    const listing = (contents: string): string => `<ListBucketResult>${contents}</ListBucketResult>`;
    const key = (name: string): string => `<Contents><Key>${name}</Key></Contents>`;
    const more = '<IsTruncated>true</IsTruncated>';

    it.each<[string, (asked: number) => string]>([
      ['elements within elements without an end', () => '<a>'.repeat(600_000)],
      ['the same page again and again', () => listing(key(`${PLACE}current.json`) + more)],
      ['page after page without a key', () => listing(more)],
      ['pages without an end', (n) => listing(key(`${PLACE}v1-${'0'.repeat(12)}/${n}`).repeat(1000) + more)],
      ['keys of somebody else', () => listing(key('xxgk/other/2020/v1-000000000000/report.json'))],
    ])('%s: has nothing delivered or deleted, and holds up nobody', async (_, said) => {
      await letHappen(world, 'publish', 1);
      let asked = 0;
      store.before = ({ method, query }, response) => {
        if (method !== 'GET' || !query.has('list-type')) return false;
        asked += 1;
        response.writeHead(200).end(said(asked));
        return true;
      };
      const began = performance.now();
      await deliver();
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(asked).toBeLessThanOrEqual(12);
      expect(await newest()).toMatchObject({ state: 'waiting', defect: 'answer_unreadable' });
      expect(store.seen.filter((one) => one.startsWith('DELETE'))).toEqual([]);
    });
  });

  describe('that takes no conditions', () => {
    const noConditions: S3Server['before'] = ({ headers }, response) => {
      if (headers['if-none-match'] === undefined && headers['if-match'] === undefined) return false;
      response.writeHead(501).end('<Error><Code>NotImplemented</Code></Error>');
      return true;
    };

    it('is looked at before each write: the same files, none written twice', async () => {
      store.before = noConditions;
      await letHappen(world, 'publish', 1);
      await deliver();
      expect(await newest()).toMatchObject({ state: 'delivered', defect: null });
      await letHappen(world, 'correct', 2);
      await deliver();
      expect(await newest()).toMatchObject({ state: 'delivered', defect: null });
      expect(current()).toMatchObject({ edition: 2, state: 'live' });
      // It is asked once a delivery whether it takes a condition.
      const puts = store.seen.filter((line) => line.startsWith('PUT') && !line.endsWith('current.json'));
      expect(puts.length - new Set(puts).size).toBe(2);
    });

    it('and that another writer changed meanwhile is not overwritten', async () => {
      await letHappen(world, 'publish', 1);
      store.before = (request, response) => {
        if (request.method === 'HEAD' && request.path.endsWith('current.json'))
          store.objects.set(`${PLACE}current.json`, new TextEncoder().encode('{"edition":9}'));
        return noConditions(request, response);
      };
      await deliver();
      expect(await newest()).toMatchObject({ state: 'waiting', defect: 'target_changed' });
      expect(current()['edition']).toBe(9);
    });
  });

  it('lets nobody in with another key', async () => {
    const wrong = channelWith('another');
    await letHappen(world, 'publish', 1);
    await deliver(wrong);
    await wrong.close();
    expect(await newest()).toMatchObject({ state: 'waiting', defect: 'not_let_in' });
    expect(store.keys()).toEqual([]);
  });
});

describe('the signature the store asks for', () => {
  it('is that of Amazon’s own example', () => {
    // Source: Amazon S3 API reference, "Signature calculations: example: GET object".
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const given =
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
      'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, ' +
      'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41';
    const request = {
      method: 'GET',
      path: '/test.txt',
      query: new URLSearchParams(),
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        range: 'bytes=0-9',
        'x-amz-content-sha256': empty,
        'x-amz-date': '20130524T000000Z',
        authorization: given,
      },
      body: new Uint8Array(),
    };
    expect(expectedAuthorization(request, SECRET)).toBe(given);
  });
});
