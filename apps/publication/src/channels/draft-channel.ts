import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import type { FileWriter } from '#report-files/file-writer';
import { type Channel, type ChannelFacts, ConfiguredChannel, type DeliveryReceipt, type Parcel } from './channel.js';
import { ChannelFault } from './channel-fault.js';
import { type DraftFile, draftFiles } from './draft-files.js';

/** Who draws the covers of articles, off the main thread. */
export type Covers = Pick<FileWriter, 'cover'>;

/** A WeChat official account: an article is prepared, and a person posts it and says where. Nothing is sent by itself. */
export class DraftChannel extends ConfiguredChannel implements Channel {
  readonly mirrors = false;
  readonly byHand = true;

  constructor(
    facts: ChannelFacts,
    private readonly covers: Covers,
  ) {
    super(facts);
  }

  async deliver(parcel: Parcel): Promise<DeliveryReceipt> {
    const draft = await draftOf(parcel, this.covers);
    return { digest: draft.digest, place: '', files: draft.files.length };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A whole draft. `digest`: SHA-256 of its files, by which whoever posts it says which one he posted. */
export interface Draft {
  readonly digest: string;
  readonly files: readonly DraftFile[];
}

/**
 * The draft of an article with its cover. A title with a character no face has gets none; a writer that gave up or stops is a ChannelFault
 * `source_not_ready`, so that the same parcel is always the same draft.
 */
export async function draftOf(parcel: Parcel, covers: Covers): Promise<Draft> {
  const files = draftFiles(parcel, await coverOf(parcel, covers));
  return { digest: nodeCrypto.sha256(canonicalBytes(files)), files };
}

async function coverOf({ act, organName, year, title, edition }: Parcel, covers: Covers): Promise<Uint8Array | null> {
  if (act === 'withdraw') return null;
  const made = await covers.cover({ organ: organName, year, title, edition });
  if ('bytes' in made) return made.bytes;
  if (made.code === 'glyph_missing') return null;
  throw new ChannelFault('source_not_ready');
}
