import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An administrator may revoke a passkey for its owner: by whom and why is kept with it. */
export class PasskeyRevocations1795700000000 implements MigrationInterface {
  name = 'PasskeyRevocations1795700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE passkey ADD COLUMN revoked_by uuid, ADD COLUMN revoked_reason text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE passkey DROP COLUMN revoked_by, DROP COLUMN revoked_reason');
  }
}
