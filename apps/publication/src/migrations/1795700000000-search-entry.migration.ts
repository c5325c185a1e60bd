import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the search looks in. Nothing is filled here: a sweep of the service enters what is live already. */
export class SearchEntry1795700000000 implements MigrationInterface {
  name = 'SearchEntry1795700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE search_entry (
        document uuid NOT NULL PRIMARY KEY,
        organ text NOT NULL,
        names text NOT NULL,
        year integer NOT NULL,
        edition integer NOT NULL,
        case_id uuid NOT NULL,
        round integer NOT NULL,
        form integer NOT NULL,
        text text NOT NULL,
        pairs integer[] NOT NULL
      )`);
    // Beside the row and not packed: most questions read neither, and those that compare a text compare hundreds.
    await runner.query(
      'ALTER TABLE search_entry ALTER COLUMN text SET STORAGE EXTERNAL, ALTER COLUMN pairs SET STORAGE EXTERNAL',
    );
    // The one way every question goes.
    await runner.query('CREATE INDEX search_entry_pairs ON search_entry USING gin (pairs)');
    // The years there are, newest first.
    await runner.query('CREATE INDEX search_entry_year ON search_entry (year)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE search_entry');
  }
}
