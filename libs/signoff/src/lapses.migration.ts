import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Room for what no person does to a case: why a round ended by itself, and when signatures turned out to count for
 * nothing. Unqualified: runs once in the schema of each service that has a leg.
 */
export class Lapses1795670000000 implements MigrationInterface {
  name = 'Lapses1795670000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE leg_case ADD COLUMN ended_code text, ADD COLUMN lapses text NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE leg_case DROP COLUMN ended_code, DROP COLUMN lapses');
  }
}
