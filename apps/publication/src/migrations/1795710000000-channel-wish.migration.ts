import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Channels an operator asked to be sent everything that is live. */
export class ChannelWish1795710000000 implements MigrationInterface {
  name = 'ChannelWish1795710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE channel_wish (channel text NOT NULL, asked_at timestamptz NOT NULL, CONSTRAINT channel_wish_pkey PRIMARY KEY (channel))',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE channel_wish');
  }
}
