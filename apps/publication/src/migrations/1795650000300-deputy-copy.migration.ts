import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Publication's own copy of deputies' grants: a revoked one opens nothing to the public, whoever accepted a signature. */
export class PublicationDeputyCopy1795650000300 implements MigrationInterface {
  name = 'PublicationDeputyCopy1795650000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE deputy_copy (
        id uuid NOT NULL PRIMARY KEY,
        principal uuid NOT NULL,
        agent uuid NOT NULL,
        role text NOT NULL,
        organ text NOT NULL,
        since timestamptz NOT NULL,
        until timestamptz NOT NULL,
        revoked_at timestamptz,
        evidence text NOT NULL
      )`);
    await runner.query('CREATE INDEX deputy_copy_agent ON deputy_copy (agent)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE deputy_copy');
  }
}
