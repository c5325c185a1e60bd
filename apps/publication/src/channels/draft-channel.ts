import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import { type Channel, ConfiguredChannel, type DeliveryReceipt, type Parcel } from './channel.js';
import { draftFiles } from './draft-files.js';

/** A WeChat official account: an article is prepared, and a person posts it and says where. Nothing is sent by itself. */
export class DraftChannel extends ConfiguredChannel implements Channel {
  readonly mirrors = false;
  readonly byHand = true;

  deliver(parcel: Parcel): Promise<DeliveryReceipt> {
    return Promise.resolve({ digest: draftDigest(parcel), place: '', files: draftFiles(parcel).length });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** SHA-256 of the files of a draft, by which whoever posts it says which one he posted. */
export function draftDigest(parcel: Parcel): string {
  return nodeCrypto.sha256(canonicalBytes(draftFiles(parcel)));
}
