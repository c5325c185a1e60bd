import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the log proves: the newest signed head, and for each job that the entry of its last signature is in it. */
export class LogProofs1795610000200 implements MigrationInterface {
  name = 'LogProofs1795610000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE publication_job ADD COLUMN inclusion text');
    await runner.query(`
      CREATE TABLE public_checkpoint (
        only_one boolean NOT NULL PRIMARY KEY CONSTRAINT public_checkpoint_one CHECK (only_one),
        epoch uuid NOT NULL,
        size integer NOT NULL,
        note text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE public_checkpoint');
    await runner.query('ALTER TABLE publication_job DROP COLUMN inclusion');
  }
}
