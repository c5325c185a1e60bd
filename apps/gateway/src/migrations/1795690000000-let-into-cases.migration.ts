import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every list asks into which cases its reader was let, copied in or asked. */
export class LetIntoCases1795690000000 implements MigrationInterface {
  name = 'LetIntoCases1795690000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX notice_request_person ON notice_request (person)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX notice_request_person');
  }
}
