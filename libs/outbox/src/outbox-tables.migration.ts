import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Outbox, inbox and alarms; unqualified, because every service's schema holds its own. */
export class CreateOutboxTables1790000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outbox (
        id uuid primary key,
        position bigserial not null,
        subscriber text not null,
        stream uuid not null,
        seq integer not null,
        type text not null,
        body text not null,
        correlation_id uuid not null,
        occurred_at timestamptz not null default clock_timestamp(),
        attempts integer not null default 0,
        next_at timestamptz not null default clock_timestamp(),
        acked_at timestamptz,
        constraint outbox_stream_seq unique (subscriber, stream, seq)
      )`);
    await runner.query('create index outbox_open on outbox (next_at) where acked_at is null');
    await runner.query(`
      create table outbox_head (
        subscriber text not null,
        stream uuid not null,
        seq integer not null,
        primary key (subscriber, stream)
      )`);
    await runner.query(`
      create table inbox (
        id uuid primary key,
        producer text not null,
        stream uuid not null,
        seq integer not null,
        type text not null,
        parked text,
        received_at timestamptz not null default clock_timestamp(),
        applied_at timestamptz,
        constraint inbox_stream_seq unique (producer, stream, seq)
      )`);
    await runner.query('create index inbox_parked on inbox (received_at) where applied_at is null');
    await runner.query(`
      create table inbox_head (
        producer text not null,
        stream uuid not null,
        seq integer not null,
        primary key (producer, stream)
      )`);
    await runner.query(`
      create table inbox_packet (
        id uuid primary key,
        seen_at timestamptz not null default clock_timestamp()
      )`);
    await runner.query('create index inbox_packet_seen on inbox_packet (seen_at)');
    await runner.query(`
      create table alarm (
        id uuid primary key,
        at timestamptz not null default clock_timestamp(),
        kind text not null,
        fingerprint text not null,
        detail jsonb not null
      )`);
    await runner.query('create index alarm_kind_at on alarm (kind, at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['alarm', 'inbox_packet', 'inbox_head', 'inbox', 'outbox_head', 'outbox']) {
      await runner.query(`drop table ${table}`);
    }
  }
}
