import type { CaseKind } from '#domain/case-kind';
import type { AnnualReport } from '#report/model';
import type { PublicNotice } from '#report/notice/public-notice';
import type { DeliveryAct } from '../domain/channel-delivery.js';
import type { PageTree } from '../publish/page-tree.js';

/** Words in both languages. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

/** What a channel is asked to show or take back: proved files of the own site, and what they are about. */
export interface Parcel {
  /** The same for every attempt at one delivery, and for no other: targets tell repetitions by it. */
  readonly id: string;
  readonly act: DeliveryAct;
  /** False for an edition that was replaced: its files go out again, and what counts at the target stays as it is. */
  readonly isCurrent: boolean;
  readonly kind: CaseKind;
  readonly document: string;
  readonly case: string;
  readonly round: number;
  readonly edition: number;
  readonly organ: string;
  readonly organName: string;
  readonly year: number;
  readonly title: string;
  /** SHA-256 of the signed report. */
  readonly content: string;
  /** Where the own site shows it. */
  readonly url: string;
  /** When it took effect on the own site. */
  readonly at: string;
  readonly tree: PageTree;
  /** The own site's signed receipt. */
  readonly receipt: Uint8Array;
  /** Null for a withdrawal: its text is not to be had any more. */
  readonly report: AnnualReport | null;
  readonly notice: PublicNotice | null;
  /** Where this channel has shown earlier editions, and not been told to take them back. */
  readonly earlier: readonly { readonly edition: number; readonly place: string }[];
}

/** What a target proved to have. `digest`: SHA-256 of what was read back; `place`: where it stands. */
export interface DeliveryReceipt {
  readonly digest: string;
  readonly place: string;
  /** Files that were read back. */
  readonly files: number;
}

export type ChannelKind = 'folder' | 's3' | 'webhook' | 'wechat-draft';

/** What is known of a channel without using it. */
export interface ChannelFacts {
  /** Stable, `[a-z0-9-]`: rows and addresses name the channel by it. */
  readonly name: string;
  readonly kind: ChannelKind;
  readonly title: Said;
  /** Whom to call when it fails. */
  readonly contact: Said | null;
  /** Organs whose reports go there; null: all. */
  readonly organs: readonly string[] | null;
  /** True when it is also sent what was live before there was this channel. */
  readonly backfill: boolean;
}

/** A configured target beside the own site. Whatever it does may be repeated after a crash at any point and has one effect. */
export interface Channel extends ChannelFacts {
  /** True when the target keeps the files beside the page: an edition laid out anew is sent again. */
  readonly mirrors: boolean;
  /** True when it only makes ready what a person then posts. */
  readonly byHand: boolean;
  /** Shows or takes back, reads the target back, and answers what it proved to have. Throws ChannelFault. */
  deliver(parcel: Parcel, signal: AbortSignal): Promise<DeliveryReceipt>;
  close(): Promise<void>;
}

/** True when reports of an organ go to a channel. */
export function takesOrgan({ organs }: Pick<ChannelFacts, 'organs'>, organ: string): boolean {
  return organs === null || organs.includes(organ);
}

/** What every channel is by its entry in the channels file. */
export abstract class ConfiguredChannel implements ChannelFacts {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly title: Said;
  readonly contact: Said | null;
  readonly organs: readonly string[] | null;
  readonly backfill: boolean;

  constructor({ name, kind, title, contact, organs, backfill }: ChannelFacts) {
    this.name = name;
    this.kind = kind;
    this.title = title;
    this.contact = contact;
    this.organs = organs;
    this.backfill = backfill;
  }
}
