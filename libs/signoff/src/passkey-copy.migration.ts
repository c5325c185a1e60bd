import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A service's own copy of people's passkeys, and room for their proof beside a decision where there are decisions.
 * Unqualified: runs once in each schema that keeps one.
 */
export class PasskeyCopy1795680000000 implements MigrationInterface {
  name = 'PasskeyCopy1795680000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE passkey_copy (
        id uuid NOT NULL PRIMARY KEY,
        person uuid NOT NULL,
        credential text NOT NULL,
        public_key text NOT NULL,
        rp_id text NOT NULL,
        origin text NOT NULL,
        registered_at timestamptz NOT NULL,
        revoked_at timestamptz,
        counter bigint NOT NULL,
        evidence text NOT NULL
      )`);
    await runner.query('CREATE UNIQUE INDEX passkey_copy_credential ON passkey_copy (credential)');
    await runner.query('ALTER TABLE IF EXISTS leg_decision ADD COLUMN passkey text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE IF EXISTS leg_decision DROP COLUMN passkey');
    await runner.query('DROP TABLE passkey_copy');
  }
}
