import { randomUUID } from 'node:crypto';
import type { PacketAck, PacketMessage } from '#contracts/packet';
import type { ServiceName } from '#contracts/services';
import type { Signer } from '#evidence/crypto';
import type { PacketSender } from '#messaging/packet-sender';
import { sealPacket } from './packet-seal.js';

/** Makes packets of this service and hands them to the queue. Every sending gets a new id: see `Packet`. */
export interface Postman {
  post(subscriber: ServiceName, messages: PacketMessage[], acks: PacketAck[]): Promise<void>;
}

/** The postman of one service. */
export function postmanOf(producer: ServiceName, epoch: string, signer: Signer, sender: PacketSender): Postman {
  return {
    post(subscriber, messages, acks) {
      const id = randomUUID();
      const sentAt = new Date().toISOString();
      const packet = { v: 1 as const, id, epoch, producer, subscriber, sentAt, messages, acks };
      return sender.send(subscriber, id, sealPacket(packet, signer));
    },
  };
}
