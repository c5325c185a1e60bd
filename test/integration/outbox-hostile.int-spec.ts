import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Packet, PacketMessage } from '#contracts/packet';
import { generateKeyPem, signerFromPem } from '#evidence/node-crypto';
import { sealPacket } from '#outbox/packet-seal';
import { rows } from '#persistence/sql';
import { ended, MessageWorld, until } from '../support/message-world.js';

function messageOf(stream: string, over: Partial<PacketMessage> = {}): PacketMessage {
  const at = new Date().toISOString();
  const basics = { id: randomUUID(), type: 'review.ended', stream, seq: 1, occurredAt: at };
  return { ...basics, correlationId: randomUUID(), body: ended(stream, 1), ...over };
}

describe.each(['postgres', 'redis'] as const)('whoever can write to a queue (%s)', (backend) => {
  let world: MessageWorld;
  beforeAll(async () => {
    world = await MessageWorld.open(backend);
    await world.start('drafting');
  });
  afterAll(() => world.close());

  const genuine = (over: Partial<Packet>): Promise<Packet> => world.packet(over);

  it.each([
    ['a packet without a signature', 'packet_unsigned', ({ payload }: Signed) => ({ payload })],
    ['plain JSON as other job makers write it', 'packet_unsigned', () => ({ type: 'review.ended' })],
    ['an altered byte', 'packet_forged', (job: Signed) => ({ ...job, payload: job.payload.replace('"v":1', '"v":2') })],
    ['an altered signature', 'packet_forged', (job: Signed) => ({ ...job, sig: flipped(job.sig) })],
    ['a signature of another key', 'packet_forged', (_: Signed, packet: Packet) => sealPacket(packet, stranger)],
    [
      'the key of another service',
      'packet_forged',
      (_: Signed, packet: Packet) => sealPacket(packet, world.signer('gateway')),
    ],
    [
      'another service under its own name',
      'packet_foreign',
      (_: Signed, packet: Packet) => sealPacket({ ...packet, producer: 'gateway' }, world.signer('gateway')),
    ],
    [
      'a packet for another subscriber',
      'packet_foreign',
      (_: Signed, packet: Packet) => sealPacket({ ...packet, subscriber: 'approval' }, world.signer('review')),
    ],
    [
      'a packet of another epoch',
      'packet_other_epoch',
      (_: Signed, packet: Packet) => sealPacket({ ...packet, epoch: randomUUID() }, world.signer('review')),
    ],
    [
      'a packet under another id',
      'packet_replayed',
      (_: Signed, packet: Packet) => sealPacket({ ...packet, id: randomUUID() }, world.signer('review')),
    ],
  ])('%s changes nothing and raises %s', async (_name, alarm, spoil) => {
    const stream = randomUUID();
    const packet = await genuine({ messages: [messageOf(stream)] });
    await world.put(packet.id, spoil(sealPacket(packet, world.signer('review')), packet));
    await world.alarm(alarm, packet.id);
    expect(await world.effects(stream)).toEqual([]);
  });

  it.each([
    ['nothing at all', null],
    ['a bare text', 'approve'],
    ['a list', [1, 2]],
  ])('%s as a job, under an odd id, is an alarm without that id', async (_name, data) => {
    await rows(world.drafting, `delete from alarm where kind = 'packet_unsigned'`);
    await world.put(`odd id \u{1f600} ${randomUUID()}`, data);
    await world.alarm('packet_unsigned', 'irregular');
  });

  it('a genuine packet put in again changes nothing more, whether its job is kept or removed', async () => {
    const stream = randomUUID();
    const packet = await genuine({ messages: [messageOf(stream)] });
    const job = sealPacket(packet, world.signer('review'));
    await world.put(packet.id, job);
    await until('the effect', async () => (await world.effects(stream)).length === 1);

    const other = randomUUID();
    await world.put(other, job);
    await world.alarm('packet_replayed', other);

    await until('the job is removable', async () =>
      world.withQueue('drafting', async (queue) => (await queue.remove(packet.id)) === 1),
    );
    await world.put(packet.id, job);
    await world.alarm('packet_replayed', packet.id);
    expect(await world.effects(stream)).toEqual([1]);
  });

  it('a second message under a used number is quarantined', async () => {
    const stream = randomUUID();
    for (const edition of [1, 2]) {
      const packet = await genuine({ messages: [messageOf(stream, { body: ended(stream, edition) })] });
      await world.put(packet.id, sealPacket(packet, world.signer('review')));
      if (edition === 1) await until('the effect', async () => (await world.effects(stream)).length === 1);
    }
    await world.alarm('sequence_conflict');
    expect(await world.effects(stream)).toEqual([1]);
  });

  it('a signed body that does not fit its schema stops its stream with an alarm', async () => {
    const stream = randomUUID();
    const body = { ...ended(stream, 1), title: '年度报告' };
    const packet = await genuine({ messages: [messageOf(stream, { body })] });
    await world.put(packet.id, sealPacket(packet, world.signer('review')));
    await world.alarm('message_unparsable');
    expect(await world.effects(stream)).toEqual([]);
  });
});

type Signed = ReturnType<typeof sealPacket>;
const stranger = signerFromPem(generateKeyPem());
const flipped = (sig: string): string => (sig.startsWith('A') ? 'B' : 'A') + sig.slice(1);
