import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { canonicalBytes } from '#evidence/canonical';
import { sealEnvelope } from '#evidence/dsse';
import { generateKeyPem, signerFromPem } from '#evidence/node-crypto';
import {
  ALL_STAGES,
  liveFiles,
  type People,
  signInAll,
  signStages,
  submitReport,
  type Submitted,
} from '../support/chain.js';
import { eventually } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { backends } from '../support/queues.js';
import { startSystem, type System } from '../support/system.js';

const PACKET = 'application/vnd.sunward.packet+json;v=1';

jest.setTimeout(60_000);

describe.each(backends)('whoever can write to the queue publishes nothing (%s)', (backend) => {
  let system: System;
  let people: People;
  let victim: Submitted;

  beforeAll(async () => {
    system = await startSystem({ backend, district: testDistrict(4) });
    people = await signInAll(system.gatewayUrl, system.accounts);
    victim = await submitReport(people, 'organ-0001');
    await signStages(people, victim, ALL_STAGES.slice(0, 3));
  }, 180_000);
  afterAll(() => system?.stop(), 60_000);

  const alarm = (service: string, kind: string): Promise<unknown> =>
    eventually(
      `${service} raises ${kind}`,
      async () => (await system.sql(`select 1 from ${service}.alarm where kind = $1`, [kind]))[0],
    );

  async function released(id: string): Promise<object> {
    const [row] = await system.sql('select id from system.epoch');
    const body = {
      case: victim.case,
      round: 1,
      document: victim.document,
      edition: 1,
      content: victim.content,
      bundle: victim.content,
    };
    const at = new Date().toISOString();
    const message = {
      id: randomUUID(),
      type: 'approval.released',
      stream: victim.document,
      seq: 1,
      occurredAt: at,
      correlationId: randomUUID(),
      body,
    };
    return {
      v: 1,
      id,
      epoch: row?.['id'],
      producer: 'approval',
      subscriber: 'publication',
      sentAt: at,
      messages: [message],
      acks: [],
    };
  }

  function signedWith(pem: string, packet: object): object {
    const { payload, signatures } = sealEnvelope(PACKET, packet, [signerFromPem(pem)]);
    return {
      payload: Buffer.from(payload, 'base64').toString('utf8'),
      keyid: signatures[0]!.keyid,
      sig: signatures[0]!.sig,
    };
  }

  const expectNothingPublic = async (): Promise<void> => {
    expect((await fetch(`${system.siteUrl}/xxgk/ndbg/${victim.organ}/2020/`)).status).toBe(404);
  };

  it('a message without a signature', async () => {
    const id = randomUUID();
    await system.addJob('publication', id, {
      payload: Buffer.from(canonicalBytes(await released(id))).toString('utf8'),
    });
    await alarm('publication', 'packet_unsigned');
    await expectNothingPublic();
  });

  it('a message signed with a key of nobody', async () => {
    const id = randomUUID();
    await system.addJob('publication', id, signedWith(generateKeyPem(), await released(id)));
    await alarm('publication', 'packet_forged');
    await expectNothingPublic();
  });

  interface Signed {
    readonly payload: string;
    readonly keyid: string;
    readonly sig: string;
  }

  /** The data of a packet that really brought the case to the approval service. */
  async function genuinePacket(): Promise<Signed> {
    const jobs = (await system.jobs('approval')).map(({ data }) => data as Signed);
    const found = jobs.find(({ payload }) => /"round":1,.*"type":"review\.cleared"/.test(payload ?? ''));
    if (!found) throw new Error('the queue of approval keeps no packet with review.cleared');
    return found;
  }

  it('a genuine message with one altered character', async () => {
    const data = await genuinePacket();
    const id = randomUUID();
    await system.addJob('approval', id, { ...data, payload: data.payload.replace('"round":1', '"round":2') });
    await alarm('approval', 'packet_forged');
    await expectNothingPublic();
  });

  it('a genuine message again under another job, and one sent on to another service', async () => {
    const genuine = await genuinePacket();
    await system.addJob('approval', randomUUID(), genuine);
    await alarm('approval', 'packet_replayed');
    await system.addJob('publication', randomUUID(), genuine);
    await eventually(
      'publication raises an alarm about it',
      async () =>
        (await system.sql(`select 1 from publication.alarm where kind in ('packet_foreign', 'packet_replayed')`))[0],
    );
    await expectNothingPublic();
  });

  it('even the approval service’s own key cannot release what nobody signed', async () => {
    const id = randomUUID();
    const packet = await released(id);
    const [next] = await system.sql(
      `select coalesce(max(seq), 0)::int + 1 as seq from publication.inbox where producer = 'approval' and stream = $1`,
      [victim.document],
    );
    const [message] = (packet as { messages: Record<string, unknown>[] }).messages;
    const data = signedWith(system.servicePem('approval'), {
      ...packet,
      messages: [{ ...message, seq: next?.['seq'] }],
    });
    await system.addJob('publication', id, data);
    await eventually(
      'publication holds it or fails to find the bundle',
      async () =>
        (
          await system.sql(
            `select state, defect from publication.publication_job where document = $1 and defect is not null`,
            [victim.document],
          )
        )[0],
    );
    await expectNothingPublic();
  });

  it('and what is really signed still goes live afterwards', async () => {
    const other = await submitReport(people, 'organ-0002');
    await signStages(people, other, ALL_STAGES);
    expect((await liveFiles(system.siteUrl, other.organ)).page).toContain('2072');
  }, 90_000);

  it('an alarm is visible to administrators only', async () => {
    const reply = await people['admin.one']!.get('/alarms');
    const kinds = reply.body.items.map((item: { kind: string }) => item.kind);
    expect(kinds).toEqual(expect.arrayContaining(['packet_unsigned', 'packet_forged', 'packet_replayed']));
    expect((await people['drafter']!.get('/alarms')).status).toBe(403);
  });
});
