import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Channel } from '../../apps/publication/src/channels/channel.js';
import { sweepMissed } from '../../apps/publication/src/channels/channel-backfill.js';
import { ChannelFault } from '../../apps/publication/src/channels/channel-fault.js';
import { ChannelWorker, sweepChannels } from '../../apps/publication/src/channels/channel-worker.js';
import { countChannels, retryChannel, wishBackfill } from '../../apps/cli/src/channel-rows.js';
import { parcelOf } from '../../apps/publication/src/channels/parcel-of.js';
import { KEEPS_FAILING_AFTER, STANDS_STILL_AFTER_SECONDS } from '#contracts/http/publication.api';
import { measureChannels } from '../../apps/publication/src/persistence/channel-delivery.queries.js';
import { channelMetrics } from '../../apps/publication/src/metrics.controller.js';
import { leaseDelivery, recordDelivered } from '../../apps/publication/src/persistence/channel-delivery.repository.js';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { Log } from '#service-runtime/log';
import { letHappen, sealAct } from '../support/editions.js';
import { releaseYear, sealYear } from '../support/many-reports.js';
import { ORGAN, PublicationWorld } from '../support/publication-world.js';
import { operated } from '../support/operated.js';
import { RecordingChannel } from '../support/recording-channel.js';

let world: PublicationWorld;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
afterEach(async () => {
  world.channels = [];
  await world.clear();
});
afterAll(() => world?.close());

const quiet = { info: () => undefined, warn: () => undefined, fault: () => undefined };
const workerOf = (channel: Channel): ChannelWorker => new ChannelWorker(world.ports(), channel, quiet, () => 0);
interface Row {
  readonly channel: string;
  readonly edition: number;
  readonly act: string;
  readonly state: string;
  readonly attempts: number;
  readonly defect: string | null;
}
const deliveries = (): Promise<Row[]> =>
  rows(
    world.db,
    'SELECT channel, edition, act, state, attempts, defect FROM channel_delivery ORDER BY channel, created_at',
  );
const states = async (): Promise<string[]> =>
  (await deliveries()).map(({ channel, act, edition, state }) => `${channel}: ${act} ${edition} ${state}`);
/** Lets every wait be over, and every lease of a worker that was killed. */
const later = (): Promise<unknown> =>
  rows(world.db, 'UPDATE channel_delivery SET next_at = clock_timestamp(), lease_until = NULL, lease_token = NULL');
const refuse = (): never => {
  throw new ChannelFault('target_failed', { status: 500 });
};

describe('a live edition', () => {
  it('goes to every channel that takes its organ’s reports, each with a row and a receipt of its own', async () => {
    const first = new RecordingChannel('first');
    const second = new RecordingChannel('second');
    const other = Object.assign(new RecordingChannel('other'), { organs: ['somewhere-else'] });
    world.channels = [first, second, other];
    await letHappen(world, 'publish', 1);
    expect(await states()).toEqual(['first: show 1 waiting', 'second: show 1 waiting']);
    for (const channel of world.channels) await workerOf(channel).drain();
    expect(await states()).toEqual(['first: show 1 delivered', 'second: show 1 delivered']);
    expect([first.told, second.told, other.told]).toEqual([['show 1'], ['show 1'], []]);
    const written = await rows<{ n: number }>(
      world.db,
      `SELECT count(*)::int AS n FROM ledger_entry WHERE convert_from(bytes, 'UTF8') LIKE '%"publication.deliver"%'`,
    );
    expect(written).toEqual([{ n: 2 }]);
  });

  it('is sent nowhere before the own site proved it, and never when its round is held', async () => {
    const channel = new RecordingChannel('mirror');
    world.channels = [channel];
    await world.release(await sealAct(world, 'publish', 1));
    // The pointer moves, but the address gives no answer.
    await world.publisher('http://127.0.0.1:9').drain();
    expect(await states()).toEqual(['mirror: show 1 waiting']);
    await workerOf(channel).drain();
    // Not even tried.
    expect(await deliveries()).toMatchObject([{ state: 'waiting', attempts: 0, defect: null }]);
    expect(channel.told).toEqual([]);
    const [job] = await rows<{ case_id: string }>(world.db, 'SELECT case_id FROM publication_job');
    await world.hear('approval.released', {
      case: job!.case_id,
      round: 1,
      document: randomUUID(),
      edition: 1,
      content: 'f'.repeat(64),
      bundle: 'f'.repeat(64),
    });
    expect(await states()).toEqual(['mirror: show 1 dropped']);
    await later();
    await workerOf(channel).drain();
    expect(channel.told).toEqual([]);
  });

  it('is live on the own site whatever a channel does; a failing and a slow one hold back no other', async () => {
    const failing = new RecordingChannel('failing', refuse);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let arrived: () => void = () => undefined;
    const atGate = new Promise<void>((resolve) => (arrived = resolve));
    const slow = new RecordingChannel('slow', () => {
      arrived();
      return gate;
    });
    const good = new RecordingChannel('good');
    world.channels = [failing, slow, good];
    await letHappen(world, 'publish', 1);
    expect(await world.announced()).toEqual({ 'publication.live': 1 });
    const stuck = workerOf(slow).drain();
    await atGate;
    await workerOf(failing).drain();
    await workerOf(good).drain();
    expect(await states()).toEqual(['failing: show 1 waiting', 'good: show 1 delivered', 'slow: show 1 waiting']);
    open();
    await stuck;
    expect(await states()).toContain('slow: show 1 delivered');
    expect((await deliveries())[0]).toMatchObject({ defect: 'target_failed', attempts: 1 });
  });
});

describe('a failing channel', () => {
  it('is tried again later and later, is told to people, and arrives once it takes', async () => {
    let works = false;
    const channel = new RecordingChannel('mirror', () => (works ? undefined : refuse()));
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    const waits: number[] = [];
    for (let attempt = 1; attempt <= KEEPS_FAILING_AFTER; attempt += 1) {
      await workerOf(channel).drain();
      const [row] = await rows<{ seconds: number }>(
        world.db,
        'SELECT extract(epoch FROM next_at - clock_timestamp())::float AS seconds FROM channel_delivery',
      );
      waits.push(row!.seconds);
      await sweepChannels(world.ports(), [channel], quiet);
      expect(await world.alarms()).toEqual(attempt < KEEPS_FAILING_AFTER ? [] : ['channel_failing']);
      await later();
    }
    for (const [index, seconds] of waits.entries()) {
      expect(seconds).toBeLessThanOrEqual(5 * 2 ** index);
      expect(seconds).toBeGreaterThan(5 * 2 ** index - 4);
    }
    works = true;
    await workerOf(channel).drain();
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 0, defect: null }]);
    expect(channel.told).toHaveLength(KEEPS_FAILING_AFTER + 1);
    expect(new Set(channel.ids).size).toBe(1);
  });
});

describe('a worker', () => {
  it('killed between sending and receipt: the next sends the same again, and one receipt is written', async () => {
    const channel = new RecordingChannel('mirror');
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    const ports = world.ports();
    const killed = await runInTransaction(world.db, (tx) => leaseDelivery(tx, 'mirror', randomUUID(), 120));
    const parcel = await parcelOf(ports, killed!);
    const receipt = await channel.deliver(parcel, AbortSignal.timeout(60_000));
    // While its lease holds nobody else sends.
    await workerOf(channel).drain();
    expect(channel.told).toEqual(['show 1']);
    await later();
    await workerOf(channel).drain();
    expect(channel.told).toEqual(['show 1', 'show 1']);
    expect(new Set(channel.ids).size).toBe(1);
    expect(await states()).toEqual(['mirror: show 1 delivered']);
    // And the one thought dead records nothing any more.
    const tree = parcel.tree.digest;
    const isRecorded = await runInTransaction(world.db, (tx) =>
      recordDelivered(tx, killed!, 'took', { receipt, tree }),
    );
    expect(isRecorded).toBe(false);
  });

  it('that races another sends once', async () => {
    const channel = new RecordingChannel('mirror');
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    await Promise.all([1, 2, 3, 4].map(() => workerOf(channel).drain()));
    expect(channel.told).toEqual(['show 1']);
  });

  it('that is stopped breaks off, and leaves the delivery for whoever comes next at once', async () => {
    let arrived: () => void = () => undefined;
    const atTarget = new Promise<void>((resolve) => (arrived = resolve));
    const hanging = new RecordingChannel(
      'mirror',
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
          arrived();
        }),
    );
    world.channels = [hanging];
    await letHappen(world, 'publish', 1);
    const worker = new ChannelWorker(world.ports(), hanging, new Log('publication', 'error'));
    worker.start();
    await atTarget;
    await worker.stop();
    expect(hanging.isClosed).toBe(true);
    expect(await deliveries()).toMatchObject([{ state: 'waiting', attempts: 0, defect: null }]);
    const next = new RecordingChannel('mirror');
    await workerOf(next).drain();
    expect(next.told).toEqual(['show 1']);
  });

  it('whose channel heeds no end is not kept by it: people are told, and the next attempt begins when that one has ended', async () => {
    let answer: () => void = () => undefined;
    const dead = new RecordingChannel('mirror', () => new Promise<void>((resolve) => (answer = resolve)));
    world.channels = [dead];
    await letHappen(world, 'publish', 1);
    const worker = new ChannelWorker(world.ports(), dead, new Log('publication', 'error'), Math.random, 20);
    await worker.drain();
    expect(await deliveries()).toMatchObject([{ state: 'waiting', attempts: 1, defect: 'timeout' }]);
    await later();
    await worker.drain();
    expect(dead.told).toEqual(['show 1']);
    await sweepChannels(world.ports(), [dead], quiet);
    expect(await world.alarms()).toEqual([]);
    // It is due ever longer and never tried: that is a failing channel too, though it failed once.
    await rows(world.db, 'UPDATE channel_delivery SET next_at = next_at - make_interval(secs => $1)', [
      STANDS_STILL_AFTER_SECONDS,
    ]);
    await sweepChannels(world.ports(), [dead], quiet);
    expect(await world.alarms()).toEqual(['channel_failing']);
    answer();
    await new Promise(setImmediate);
    await worker.drain();
    expect(dead.told).toEqual(['show 1', 'show 1']);
    await worker.stop();
    expect(dead.isClosed).toBe(true);
  });
});

describe('a later act', () => {
  it('makes an undelivered earlier one needless', async () => {
    const channel = new RecordingChannel('mirror');
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    await letHappen(world, 'correct', 2);
    expect(await states()).toEqual(['mirror: show 1 superseded', 'mirror: show 2 waiting']);
    await workerOf(channel).drain();
    expect(channel.told).toEqual(['show 2']);
  });

  it('waits until what is on its way has arrived, and is the last word', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let arrived: () => void = () => undefined;
    const atGate = new Promise<void>((resolve) => (arrived = resolve));
    const done: string[] = [];
    const channel = new RecordingChannel('mirror', async ({ act, edition }) => {
      if (edition === 1) {
        arrived();
        await gate;
      }
      done.push(`${act} ${edition}`);
    });
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    const slow = workerOf(channel).drain();
    await atGate;
    await letHappen(world, 'correct', 2);
    await workerOf(channel).drain();
    expect(channel.told).toEqual(['show 1']);
    open();
    await slow;
    await workerOf(channel).drain();
    expect(done).toEqual(['show 1', 'show 2']);
    expect(await states()).toEqual(['mirror: show 1 delivered', 'mirror: show 2 delivered']);
  });

  it('that withdraws is delivered, also where the edition never arrived', async () => {
    const channel = new RecordingChannel('mirror');
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    await letHappen(world, 'withdraw', 1);
    await workerOf(channel).drain();
    expect(await states()).toEqual(['mirror: show 1 superseded', 'mirror: withdraw 1 delivered']);
    expect(channel.told).toEqual(['withdraw 1']);
  });

  it('that ratifies sends nothing but to mirrors, whose page says so then', async () => {
    const told = new RecordingChannel('told');
    const mirror = Object.assign(new RecordingChannel('mirror'), { mirrors: true });
    world.channels = [told, mirror];
    await letHappen(world, 'emergency', 1);
    for (const channel of [told, mirror]) await workerOf(channel).drain();
    await letHappen(world, 'ratify', 1);
    await sweepChannels(world.ports(), [told, mirror], quiet);
    for (const channel of [told, mirror]) await workerOf(channel).drain();
    expect([told.told, mirror.told]).toEqual([['show 1'], ['show 1', 'show 1']]);
    await sweepChannels(world.ports(), [told, mirror], quiet);
    expect(await states()).toEqual(['mirror: show 1 delivered', 'told: show 1 delivered']);
  });
});

describe('an earlier edition at a mirror', () => {
  const mirrorOf = (seen: string[] = []): RecordingChannel =>
    Object.assign(
      new RecordingChannel('mirror', ({ edition, isCurrent, tree }) => {
        const page = new TextDecoder().decode(tree.files.find(({ name }) => name === 'index.html')?.bytes);
        seen.push(
          `${edition} ${isCurrent ? 'counts' : 'is earlier'}${page.includes('data-mark="superseded"') ? ', and says so' : ''}`,
        );
      }),
      { mirrors: true },
    );
  const sweep = (channel: Channel): Promise<void> => sweepChannels(world.ports(), [channel], quiet);

  it('is sent again once the present one has arrived, saying that there is a newer one', async () => {
    const seen: string[] = [];
    const channel = mirrorOf(seen);
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    await workerOf(channel).drain();
    await letHappen(world, 'correct', 2);
    await sweep(channel);
    expect(await states()).toEqual(['mirror: show 1 waiting', 'mirror: show 2 waiting']);
    await workerOf(channel).drain();
    expect(seen).toEqual(['1 counts', '2 counts', '1 is earlier, and says so']);
    await sweep(channel);
    expect(await states()).toEqual(['mirror: show 1 delivered', 'mirror: show 2 delivered']);
  });

  it('goes on waiting for its turn when yet another replaces the present one, and no longer when all are withdrawn', async () => {
    const channel = mirrorOf();
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    await workerOf(channel).drain();
    await letHappen(world, 'correct', 2);
    await sweep(channel);
    await letHappen(world, 'correct', 3);
    expect(await states()).toEqual(['mirror: show 1 waiting', 'mirror: show 2 superseded', 'mirror: show 3 waiting']);
    await letHappen(world, 'withdraw', 3);
    await workerOf(channel).drain();
    expect(await states()).toEqual([
      'mirror: show 1 superseded',
      'mirror: show 2 superseded',
      'mirror: show 3 superseded',
      'mirror: withdraw 3 delivered',
    ]);
    expect(channel.told).toEqual(['show 1', 'withdraw 3']);
  });
});

describe('a channel that came later', () => {
  const ledger = async (): Promise<number> => {
    const [found] = await rows<{ n: number }>(
      world.db,
      `SELECT count(*)::int AS n FROM ledger_entry WHERE convert_from(bytes, 'UTF8') LIKE '%"publication.backfill"%'`,
    );
    return found?.n ?? 0;
  };
  const url = (): string => (world.db.options as { url: string }).url;

  it('gets what is live in the order in which it went live, a few at a time', async () => {
    for (const year of [2018, 2016, 2017]) {
      await releaseYear(world, await sealYear(world, year));
      await world.publisher().drain();
    }
    const years: number[] = [];
    const channel = Object.assign(new RecordingChannel('late', ({ year }) => void years.push(year)), {
      backfill: true,
    });
    const elsewhere = Object.assign(new RecordingChannel('other'), { backfill: true, organs: ['somewhere-else'] });
    world.channels = [channel, elsewhere];
    const before = await ledger();
    await sweepMissed(world.ports(), world.channels, 2);
    expect(await states()).toEqual(['late: show 1 waiting', 'late: show 1 waiting']);
    await sweepMissed(world.ports(), world.channels, 2);
    expect(await states()).toHaveLength(2);
    await workerOf(channel).drain();
    await sweepMissed(world.ports(), world.channels, 2);
    await workerOf(channel).drain();
    await sweepMissed(world.ports(), world.channels, 2);
    expect(years).toEqual([2018, 2016, 2017]);
    expect(await ledger()).toBe(before + 2);
  });

  it('gets only what goes live from then on unless its entry or an operator asks for more', async () => {
    await letHappen(world, 'publish', 1);
    const channel = new RecordingChannel('late');
    world.channels = [channel];
    await sweepMissed(world.ports(), world.channels);
    expect(await states()).toEqual([]);
    await wishBackfill(url(), 'late', 'operator-one');
    await wishBackfill(url(), 'misspelt', 'operator-one');
    expect(await countChannels(url())).toMatchObject([
      { channel: 'late', wished: true },
      { channel: 'misspelt', wished: true },
    ]);
    await sweepMissed(world.ports(), world.channels);
    expect(await world.alarms()).toEqual(['channel_unknown']);
    await workerOf(channel).drain();
    expect(channel.told).toEqual(['show 1']);
    expect(await countChannels(url())).toMatchObject([
      { channel: 'late', wished: false, delivered: 1, waiting: 0 },
      { wished: true },
    ]);
    expect((await operated(world)).slice(-2)).toMatchObject([
      { action: 'publication.wish-backfill', operator: 'operator-one', about: { channel: 'late' } },
      { action: 'publication.wish-backfill', operator: 'operator-one', about: { channel: 'misspelt' } },
    ]);
  });

  it('hears what became of the reports it showed while it was not configured', async () => {
    const channel = new RecordingChannel('away');
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    await workerOf(channel).drain();
    world.channels = [];
    await letHappen(world, 'correct', 2);
    world.channels = [channel];
    await sweepMissed(world.ports(), world.channels);
    await workerOf(channel).drain();
    world.channels = [];
    await letHappen(world, 'withdraw', 2);
    world.channels = [channel];
    await sweepMissed(world.ports(), world.channels);
    await workerOf(channel).drain();
    await sweepMissed(world.ports(), world.channels);
    expect(channel.told).toEqual(['show 1', 'show 2', 'withdraw 2']);
  });

  it('does not go on waiting for an edition that was replaced before it was sent', async () => {
    await letHappen(world, 'publish', 1);
    const channel = Object.assign(new RecordingChannel('late'), { backfill: true });
    await sweepMissed(world.ports(), [channel]);
    // As if it had been planned a moment after the next one was released.
    await letHappen(world, 'correct', 2);
    await rows(world.db, `UPDATE channel_delivery SET state = 'waiting'`);
    await sweepMissed(world.ports(), [channel]);
    expect(await states()).toEqual(['late: show 1 superseded', 'late: show 2 waiting']);
  });
});

describe('an operator', () => {
  it('sees how each channel stands, also one that is configured no more, and has what waits tried at once', async () => {
    const url = (world.db.options as { url: string }).url;
    const channel = new RecordingChannel('mirror', refuse);
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    await workerOf(channel).drain();
    await rows(world.db, 'UPDATE channel_delivery SET attempts = $1', [KEEPS_FAILING_AFTER]);
    expect(await countChannels(url)).toMatchObject([
      { channel: 'mirror', waiting: 1, delivered: 0, failing: 1, code: 'target_failed', wished: false },
    ]);
    const metrics = channelMetrics(await measureChannels(world.db, ['mirror', 'unused']));
    expect(metrics).toContain(
      'sunward_channel_failed{channel="mirror"} 1\nsunward_channel_failed{channel="unused"} 0\n',
    );
    await workerOf(channel).drain();
    expect(channel.told).toHaveLength(1);
    expect(await retryChannel(url, 'mirror', 'operator-one')).toBe(1);
    expect(await retryChannel(url, 'nobody', 'operator-one')).toBeNull();
    const retry = { in: 'publication', action: 'publication.retry-channel', operator: 'operator-one' };
    expect((await operated(world)).slice(-2)).toMatchObject([
      { ...retry, outcome: 'accepted', about: { channel: 'mirror', deliveries: 1 } },
      { ...retry, outcome: 'not_found', about: { channel: 'nobody' } },
    ]);
    await workerOf(channel).drain();
    expect(channel.told).toHaveLength(2);
    // Where no entry can be written, nothing is done either.
    await rows(world.db, `UPDATE channel_delivery SET next_at = 'infinity'`);
    await rows(world.db, 'ALTER TABLE ledger_head ADD CONSTRAINT broken CHECK (seq < 0) NOT VALID');
    await expect(retryChannel(url, 'mirror', 'operator-one')).rejects.toThrow('broken');
    await expect(wishBackfill(url, 'mirror', 'operator-one')).rejects.toThrow('broken');
    await rows(world.db, 'ALTER TABLE ledger_head DROP CONSTRAINT broken');
    expect(await countChannels(url)).toMatchObject([{ channel: 'mirror', waiting: 1, wished: false }]);
    expect(await rows(world.db, `SELECT 1 FROM channel_delivery WHERE next_at < 'infinity'`)).toEqual([]);
    // Taken out of the file it is no alarm any more, and still in the list.
    await sweepChannels(world.ports(), [], quiet);
    expect(await world.alarms()).toEqual([]);
    await sweepChannels(world.ports(), [channel], quiet);
    expect(await world.alarms()).toEqual(['channel_failing']);
  });
});

describe('what leaves for a channel', () => {
  it('is proved first: files of the own site that were changed are not sent', async () => {
    const channel = new RecordingChannel('mirror');
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    const link = world.folder.linkOf({ organ: ORGAN, year: 2020, edition: null });
    const tree = await world.folder.readTree(link!);
    await world.folder.writeTree({
      ...tree!,
      files: tree!.files.map((file) =>
        file.name === 'index.html' ? { ...file, bytes: new TextEncoder().encode('<p>other</p>') } : file,
      ),
    });
    await workerOf(channel).drain();
    expect(channel.told).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'waiting', defect: 'source_not_ready' }]);
  });
});
