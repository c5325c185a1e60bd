import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What notes suggest, until the drafter takes it over or the note is closed. */
export class Suggestions1795640100000 implements MigrationInterface {
  name = 'Suggestions1795640100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE suggestion (
        note uuid NOT NULL PRIMARY KEY,
        document uuid NOT NULL,
        case_id uuid NOT NULL,
        round integer NOT NULL,
        leg text NOT NULL,
        digest text NOT NULL,
        state text NOT NULL CONSTRAINT suggestion_state CHECK (state IN ('waiting', 'accepted', 'closed')),
        revision integer,
        CONSTRAINT suggestion_accepted CHECK ((state = 'accepted') = (revision IS NOT NULL))
      )`);
    await runner.query(`CREATE INDEX suggestion_waiting ON suggestion (document) WHERE state = 'waiting'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE suggestion');
  }
}
