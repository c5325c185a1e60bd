import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which office may sign an open seat as well, once its stage is overdue. */
export class SuperiorOfSeat1795670000000 implements MigrationInterface {
  name = 'SuperiorOfSeat1795670000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE open_seat ADD COLUMN superior text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE open_seat DROP COLUMN superior');
  }
}
