import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The places a correction may change. Corrections under way have no locks: what they began without, they end without. */
export class OpenedPlaces1795700000000 implements MigrationInterface {
  name = 'OpenedPlaces1795700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE report ADD COLUMN locked_edition integer NOT NULL DEFAULT 0');
    await runner.query(`
      CREATE TABLE opened_place (
        report_id uuid NOT NULL CONSTRAINT opened_place_report_id_fkey REFERENCES report (id),
        edition integer NOT NULL,
        place text NOT NULL,
        reason text,
        person uuid NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (report_id, edition, place)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE opened_place');
    await runner.query('ALTER TABLE report DROP COLUMN locked_edition');
  }
}
