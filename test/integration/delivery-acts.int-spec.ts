import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import type { PublicationDetail } from '#contracts/http/publication.api';
import { isRefusal } from '#domain/decision';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { ChannelFault } from '../../apps/publication/src/channels/channel-fault.js';
import { DraftChannel } from '../../apps/publication/src/channels/draft-channel.js';
import { ChannelWorker, sweepChannels } from '../../apps/publication/src/channels/channel-worker.js';
import { channelWarnings } from '../../apps/publication/src/channels/channel-warnings.js';
import { confirmPosting } from '../../apps/publication/src/use-cases/confirm-posting.use-case.js';
import { retryNow } from '../../apps/publication/src/use-cases/retry-delivery.use-case.js';
import { viewDraft } from '../../apps/publication/src/use-cases/view-draft.use-case.js';
import { viewPublication } from '../../apps/publication/src/use-cases/view-publication.use-case.js';
import { id } from '../support/bundle-builder.js';
import { letHappen } from '../support/editions.js';
import { pixelsOf } from '../support/png-pixels.js';
import { DOCUMENT, ORGAN, PublicationWorld } from '../support/publication-world.js';
import { RecordingChannel } from '../support/recording-channel.js';

const HEAD = id(51);
const DRAFTER = id(52);
/** Signs for the organ, and neither writes nor heads disclosure there. */
const SIGNER = id(15);
const STRANGER = id(99);

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
const refuse = (): never => {
  throw new ChannelFault('target_failed', { status: 503 });
};

/** A directory that also names a drafter and a head of disclosure. */
async function appoint(): Promise<void> {
  const [newest] = await rows<{ document: string }>(
    world.db,
    'SELECT document FROM directory_copy ORDER BY version DESC LIMIT 1',
  );
  const document = JSON.parse(newest!.document) as { at: string; persons: object[]; grants: object[] };
  const people = { [HEAD]: 'disclosure-head', [DRAFTER]: 'drafter' };
  const [person] = document.persons;
  const [grant] = document.grants;
  for (const [who, role] of Object.entries(people)) {
    document.persons.push({ ...person, id: who, active: true });
    document.grants.push({ ...grant, person: who, role, organ: ORGAN, from: document.at, until: null });
  }
  await rows(
    world.db,
    `INSERT INTO directory_copy (version, digest, document, adopted_at) VALUES (9999, repeat('e', 64), $1, now())`,
    [JSON.stringify(document)],
  );
}

async function view(person: string): Promise<z.infer<typeof PublicationDetail>> {
  const opened = { channels: world.channels, contact: { zh: '政务公开办 0454-1', en: 'Disclosure office 0454-1' } };
  const found = await viewPublication(world.db, { document: DOCUMENT, person, site: world.origin, opened });
  if (isRefusal(found)) throw new Error(found.refused);
  return found;
}
const retry = (person: string, channel: string, caseId: string): Promise<unknown> =>
  runInTransaction(world.db, (tx) => retryNow(tx, { document: DOCUMENT, person, channel, case: caseId, round: 1 }));

describe('how channels stand', () => {
  it('is shown with receipt, cause, the way to mend it and whom to call', async () => {
    const good = new RecordingChannel('good');
    const bad = new RecordingChannel('bad', refuse);
    world.channels = [good, bad];
    await letHappen(world, 'publish', 1);
    await appoint();
    for (const channel of [good, bad]) await new ChannelWorker(world.ports(), channel, quiet).drain();
    const { contact, heads, mayAct, editions } = await view(HEAD);
    expect({ contact, heads, mayAct }).toEqual({
      contact: { zh: '政务公开办 0454-1', en: 'Disclosure office 0454-1' },
      heads: [HEAD],
      mayAct: true,
    });
    expect(editions[0]?.deliveries).toMatchObject([
      { channel: 'bad', state: 'waiting', attempts: 1, receipt: null, cause: { code: 'target_failed' } },
      { channel: 'good', state: 'delivered', cause: null, receipt: { place: 'good', by: null } },
    ]);
    const [failing] = editions[0]!.deliveries;
    expect(failing?.cause?.zh).toContain('503');
    expect(failing?.cause?.mendEn).not.toBe('');
    expect(failing?.nextAt).not.toBeNull();
    expect((await view(SIGNER)).mayAct).toBe(false);
  });

  it('names a channel that is configured no more', async () => {
    const channel = new RecordingChannel('old');
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    await appoint();
    world.channels = [];
    expect((await view(HEAD)).editions[0]?.deliveries).toMatchObject([
      { channel: 'old', kind: null, title: { zh: 'old', en: 'old' }, state: 'waiting' },
    ]);
  });

  it('is a warning of the service, which stays ready, once a channel keeps failing', async () => {
    const bad = new RecordingChannel('bad', refuse);
    world.channels = [bad];
    await letHappen(world, 'publish', 1);
    await new ChannelWorker(world.ports(), bad, quiet).drain();
    expect(await channelWarnings(world.db, world.channels)).toEqual([]);
    await rows(world.db, 'UPDATE channel_delivery SET attempts = 5');
    expect(await channelWarnings(world.db, world.channels)).toMatchObject([
      { code: 'channel_failing', zh: expect.stringContaining('503') },
    ]);
    const warned: unknown[] = [];
    await sweepChannels(world.ports(), [bad], { warn: (...line) => warned.push(line) });
    expect(warned).toEqual([['channel_failing', { channel: 'bad', deliveries: 1, code: 'target_failed' }]]);
  });
});

describe('trying again at once', () => {
  it('is for drafters and the head of disclosure of the organ, and only of what waits', async () => {
    let works = false;
    const channel = new RecordingChannel('mirror', () => (works ? undefined : refuse()));
    world.channels = [channel];
    await letHappen(world, 'publish', 1);
    await appoint();
    const worker = new ChannelWorker(world.ports(), channel, quiet, () => 0);
    await worker.drain();
    await worker.drain();
    expect(channel.told).toHaveLength(1);
    const caseId = (await view(HEAD)).editions[0]!.case;
    for (const person of [SIGNER, STRANGER])
      expect(await retry(person, 'mirror', caseId)).toMatchObject({ refused: 'not_found' });
    expect(await retry(HEAD, 'elsewhere', caseId)).toMatchObject({ refused: 'delivery_not_waiting' });
    works = true;
    expect(await retry(DRAFTER, 'mirror', caseId)).toEqual({
      channel: 'mirror',
      case: caseId,
      round: 1,
      state: 'waiting',
    });
    await worker.drain();
    expect(channel.told).toHaveLength(2);
    expect(await retry(HEAD, 'mirror', caseId)).toMatchObject({ refused: 'delivery_not_waiting' });
  });
});

describe('what a person posts by hand', () => {
  const title = { zh: '公众号', en: 'WeChat' };
  const facts = { name: 'wechat', kind: 'wechat-draft', title, contact: null, organs: null, backfill: false } as const;
  let wechat: DraftChannel;
  beforeAll(() => {
    wechat = new DraftChannel(facts, world.writer);
  });
  const ADDRESS = 'https://mp.weixin.qq.com/s/one';
  const prepare = (): Promise<void> => new ChannelWorker(world.ports(), wechat, quiet).drain();
  const newest = async (): Promise<{ case: string; state: string; receipt: unknown }> => {
    const [edition] = (await view(HEAD)).editions;
    const { state, receipt } = edition!.deliveries[0]!;
    return { case: edition!.case, state, receipt };
  };
  const draft = (person: string, caseId: string): ReturnType<typeof viewDraft> =>
    viewDraft(
      { ...world.ports(), covers: world.writer },
      { document: DOCUMENT, person, channel: 'wechat', case: caseId, round: 1 },
    );
  const confirm = (
    person: string,
    caseId: string,
    said: { digest: string; address: string | null },
  ): Promise<unknown> =>
    runInTransaction(world.db, (tx) =>
      confirmPosting(tx, { document: DOCUMENT, person, channel: 'wechat', case: caseId, round: 1, ...said }),
    );

  it('is prepared, given to those who may, and delivered by their word for exactly this draft', async () => {
    world.channels = [wechat];
    await letHappen(world, 'publish', 1);
    await appoint();
    await prepare();
    const { case: caseId, state } = await newest();
    expect(state).toBe('prepared');
    expect(await draft(SIGNER, caseId)).toMatchObject({ refused: 'not_found' });
    const got = await draft(DRAFTER, caseId);
    if (isRefusal(got)) throw new Error(got.refused);
    expect(got.files.map(({ name }) => name)).toEqual(['正文.html', '正文.txt', '封面.png', '封面单.txt']);
    expect(pixelsOf(Buffer.from(got.files[2]!.text, 'base64'))).toMatchObject({ width: 900, height: 383 });
    expect((await newest()).receipt).toMatchObject({ digest: got.digest });
    const { digest } = got;
    const said = { digest, address: ADDRESS };
    expect(await confirm(SIGNER, caseId, said)).toMatchObject({ refused: 'not_found' });
    expect(await confirm(HEAD, caseId, { ...said, digest: 'f'.repeat(64) })).toMatchObject({
      refused: 'draft_changed',
    });
    expect(await confirm(HEAD, caseId, { ...said, address: null })).toMatchObject({ refused: 'address_needed' });
    expect(await confirm(HEAD, caseId, said)).toMatchObject({ state: 'delivered' });
    expect(await newest()).toMatchObject({ state: 'delivered', receipt: { digest, place: ADDRESS, by: HEAD } });
    expect(await confirm(DRAFTER, caseId, said)).toMatchObject({ refused: 'delivery_not_prepared' });
    expect(await draft(DRAFTER, caseId)).toMatchObject({ refused: 'delivery_not_prepared' });
  });

  it('of a correction says what to delete first, and of a withdrawal everything', async () => {
    world.channels = [wechat];
    await letHappen(world, 'publish', 1);
    await appoint();
    await prepare();
    const first = await newest();
    const { digest } = first.receipt as { digest: string };
    await confirm(HEAD, first.case, { digest, address: ADDRESS });
    await rows(world.db, 'DELETE FROM directory_copy WHERE version = 9999');
    await letHappen(world, 'correct', 2);
    await appoint();
    await prepare();
    const second = await newest();
    const corrected = await draft(HEAD, second.case);
    if (isRefusal(corrected)) throw new Error(corrected.refused);
    expect(corrected.files.at(-1)?.text).toContain(`先删除以前发的第 1 版：${ADDRESS}`);
    // Nobody posted it: the withdrawal takes its place, and still says what stands.
    await rows(world.db, 'DELETE FROM directory_copy WHERE version = 9999');
    await letHappen(world, 'withdraw', 2);
    await appoint();
    await prepare();
    const taken = await rows<{ state: string; act: string; case: string }>(
      world.db,
      'SELECT state, act, case_id AS "case" FROM channel_delivery ORDER BY created_at',
    );
    expect(taken.map(({ act, state }) => `${act} ${state}`)).toEqual([
      'show delivered',
      'show superseded',
      'withdraw prepared',
    ]);
    const removal = await draft(HEAD, taken[2]!.case);
    if (isRefusal(removal)) throw new Error(removal.refused);
    expect(removal.files.map(({ name }) => name)).toEqual(['封面单.txt']);
    expect(removal.files[0]?.text).toContain(ADDRESS);
    const deleted = { digest: removal.digest, address: null };
    expect(await confirm(HEAD, taken[2]!.case, deleted)).toMatchObject({ state: 'delivered' });
  });
});
