import type { PacketAck } from '#contracts/packet';
import { SERVICES, type ServiceName } from '#contracts/services';
import { type Handle, rows } from '#persistence/sql';
import type { Postman } from './postman.js';

/** Acknowledgements wait this long for company, so that one packet carries many; well within the first redrive. */
const GATHER_MS = 1000;
/** What one packet may carry (`Packet.acks`). */
const MOST_ACKS = 1000;

/** Gathers "applied up to seq" per producer and stream, and posts them. A lost one is repeated by the redrive. */
export class Acknowledgements {
  #waiting = new Map<ServiceName, Map<string, number>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly postman: Postman,
    readonly onError: (error: Error) => void,
  ) {}

  add(producer: ServiceName, stream: string, seq: number): void {
    const streams = this.#waiting.get(producer) ?? new Map<string, number>();
    streams.set(stream, Math.max(seq, streams.get(stream) ?? 0));
    this.#waiting.set(producer, streams);
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** What waits for this producer, to go with a packet that is on its way there anyhow; at most what one may carry. */
  take(producer: ServiceName): PacketAck[] {
    const streams = this.#waiting.get(producer);
    if (streams === undefined || streams.size > MOST_ACKS) return [];
    this.#waiting.delete(producer);
    return [...streams].map(([stream, seq]) => ({ stream, seq }));
  }

  /** Posts everything gathered so far. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const gathered = [...this.#waiting];
    this.#waiting.clear();
    for (const [producer, streams] of gathered) {
      const acks = [...streams].map(([stream, seq]) => ({ stream, seq }));
      for (let at = 0; at < acks.length; at += MOST_ACKS) {
        await this.postman.post(producer, [], acks.slice(at, at + MOST_ACKS)).catch(this.onError);
      }
    }
  }
}

/** Closes the outbox rows a subscriber has applied. */
export async function closeAcknowledged(
  handle: Handle,
  subscriber: ServiceName,
  acks: readonly PacketAck[],
): Promise<void> {
  if (acks.length === 0 || !SERVICES.includes(subscriber)) return;
  await rows(
    handle,
    `update outbox o set acked_at = clock_timestamp()
     from unnest($2::uuid[], $3::int[]) as ack (stream, seq)
     where o.subscriber = $1 and o.stream = ack.stream and o.seq <= ack.seq and o.acked_at is null`,
    [subscriber, acks.map(({ stream }) => stream), acks.map(({ seq }) => seq)],
  );
}
