import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The file of last year's report a drafter put beside the draft. */
export class LastYearFile1795680000000 implements MigrationInterface {
  name = 'LastYearFile1795680000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE last_year_file (
        report_id uuid NOT NULL PRIMARY KEY CONSTRAINT last_year_file_report_id_fkey REFERENCES report (id),
        file_name text NOT NULL,
        digest text NOT NULL,
        report text NOT NULL,
        author uuid NOT NULL,
        at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE last_year_file');
  }
}
