import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The read model knows what a case asks for, what was withdrawn, and the ratifications that are owed. */
export class GatewayKindsOfCase1795660000000 implements MigrationInterface {
  name = 'GatewayKindsOfCase1795660000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE case_view ADD COLUMN kind text NOT NULL DEFAULT 'publish'`);
    await runner.query('ALTER TABLE case_view ALTER COLUMN kind DROP DEFAULT');
    await runner.query('ALTER TABLE live_view ADD COLUMN withdrawn_at timestamptz');
    await runner.query(`
      CREATE TABLE ratification_view (
        document uuid NOT NULL,
        edition integer NOT NULL,
        organ text NOT NULL,
        year integer NOT NULL,
        state text NOT NULL,
        case_id uuid,
        due_at timestamptz,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (document, edition)
      )`);
    await runner.query(`
      CREATE INDEX ratification_view_open ON ratification_view (due_at) WHERE state IN ('owed', 'open', 'refused')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ratification_view');
    await runner.query('ALTER TABLE live_view DROP COLUMN withdrawn_at');
    await runner.query('ALTER TABLE case_view DROP COLUMN kind');
  }
}
