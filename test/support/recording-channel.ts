import { nodeCrypto } from '#evidence/node-crypto';
import type { Channel, DeliveryReceipt, Parcel } from '../../apps/publication/src/channels/channel.js';

/** A target that remembers what it was told and by itself decides whether it takes it. `onDeliver` may throw, or wait at a gate. */
export class RecordingChannel implements Channel {
  readonly kind = 'folder';
  readonly mirrors: boolean = false;
  readonly byHand: boolean = false;
  readonly contact = null;
  readonly organs: readonly string[] | null = null;
  readonly backfill: boolean = false;
  readonly title;
  /** Every attempt, as `<act> <edition>`. */
  readonly told: string[] = [];
  readonly ids: string[] = [];
  isClosed = false;

  constructor(
    readonly name: string,
    private readonly onDeliver: (parcel: Parcel, signal: AbortSignal) => Promise<void> | void = () => undefined,
  ) {
    this.title = { zh: name, en: name };
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<DeliveryReceipt> {
    this.told.push(`${parcel.act} ${parcel.edition}`);
    this.ids.push(parcel.id);
    await this.onDeliver(parcel, signal);
    return { digest: nodeCrypto.sha256(parcel.tree.manifest), place: this.name, files: parcel.tree.files.length };
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}
