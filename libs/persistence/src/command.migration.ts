import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table of stored answers; unqualified, because every service's schema holds its own. */
export class CreateCommand1790000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table command (
        actor uuid not null,
        key text not null,
        request_hash text not null,
        status integer,
        body json,
        at timestamptz not null default now(),
        primary key (actor, key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table command');
  }
}
