import type { ServiceName } from '#contracts/services';

/** Which of BullMQ's two backends carries the queues, and where it is. */
export interface QueueSettings {
  readonly backend: 'postgres' | 'redis';
  readonly url: string;
  /** Keeps installations that share a server apart; part of every queue's name. */
  readonly prefix: string;
}

/** The Postgres schema BullMQ's tables live in; it holds nothing that is not also in an outbox. */
export const BULLMQ_SCHEMA = 'bullmq';

/**
 * Session options of queue connections. A job lost in a crash of the server is sent again from the outbox, so nothing
 * waits for the disk; BullMQ's NOTIFY would otherwise let one commit at a time wait for it.
 */
export const QUEUE_SESSION = '-c synchronous_commit=off';

/** Name of a service's queue. BullMQ forbids ":" in it. */
export function queueName(settings: QueueSettings, service: ServiceName): string {
  return `${settings.prefix}-${service}`;
}
