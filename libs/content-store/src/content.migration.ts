import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Append-only bytes by digest; rows are never changed or removed by any service (rights and trigger). */
export class CreateContent1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table content.blob (
        digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
        media_type text not null,
        size_bytes integer not null,
        bytes bytea not null,
        at timestamptz not null default now()
      )`);
    await runner.query(`
      create function content.refuse_change() returns trigger language plpgsql as
      $$ begin raise exception 'content.blob is append-only'; end $$`);
    await runner.query(`
      create trigger append_only before update or delete or truncate on content.blob
      for each statement execute function content.refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table content.blob');
    await runner.query('drop function content.refuse_change()');
  }
}
