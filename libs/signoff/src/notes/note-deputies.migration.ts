import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notes a deputy makes for his principal. Unqualified: runs once in the schema of each service that has a leg. */
export class NoteDeputies1795680000000 implements MigrationInterface {
  name = 'NoteDeputies1795680000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['note', 'note_event']) await runner.query(`ALTER TABLE ${table} ADD COLUMN on_behalf_of uuid`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['note', 'note_event']) await runner.query(`ALTER TABLE ${table} DROP COLUMN on_behalf_of`);
  }
}
