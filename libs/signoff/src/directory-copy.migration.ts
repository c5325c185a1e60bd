import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The service's own copy of the directory. Unqualified: runs once in each schema that keeps one. */
export class DirectoryCopy1795467600001 implements MigrationInterface {
  name = 'DirectoryCopy1795467600001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE directory_copy (
        version integer NOT NULL PRIMARY KEY,
        digest text NOT NULL,
        document text NOT NULL,
        adopted_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE directory_copy');
  }
}
