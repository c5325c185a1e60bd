import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an operator asked for at the command line: that a channel is sent everything that is live. Gone once it is. */
@Entity({ name: 'channel_wish' })
export class ChannelWishRow {
  @PrimaryColumn('text') channel: string;
  @Column('timestamptz', { name: 'asked_at' }) askedAt: Date;
}
