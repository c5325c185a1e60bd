import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Room for the life of a report beyond its first edition: corrections, withdrawals, emergencies and their ratification. */
export class KindsOfCase1795660000000 implements MigrationInterface {
  name = 'KindsOfCase1795660000000';

  async up(runner: QueryRunner): Promise<void> {
    await growReports(runner);
    await growSubmissions(runner);
    await runner.query(`
      CREATE TABLE public_act (
        id uuid NOT NULL PRIMARY KEY,
        report_id uuid NOT NULL REFERENCES report (id),
        kind text NOT NULL CONSTRAINT public_act_kind CHECK (kind IN ('withdraw', 'ratify')),
        edition integer NOT NULL,
        state text NOT NULL CONSTRAINT public_act_state
          CHECK (state IN ('owed', 'prepared', 'submitted', 'returned', 'refused', 'done', 'moot')),
        case_id uuid,
        round integer NOT NULL,
        due_at timestamptz,
        opened_at timestamptz NOT NULL,
        CONSTRAINT public_act_in_a_case CHECK (state NOT IN ('submitted', 'returned', 'done') OR case_id IS NOT NULL)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX public_act_open ON public_act (report_id, kind)
      WHERE state IN ('owed', 'prepared', 'submitted', 'returned', 'refused')`);
    await runner.query(
      `CREATE UNIQUE INDEX public_act_ratified_once ON public_act (report_id, edition) WHERE kind = 'ratify'`,
    );
    await runner.query(`CREATE INDEX public_act_case ON public_act (case_id)`);
    await runner.query(`CREATE INDEX public_act_owed ON public_act (opened_at) WHERE state = 'owed'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE public_act');
    await runner.query('DROP INDEX submission_of_report');
    await runner.query('ALTER TABLE submission DROP CONSTRAINT submission_pkey');
    await runner.query('ALTER TABLE submission DROP COLUMN kind, DROP COLUMN notice');
    await runner.query('ALTER TABLE submission ADD CONSTRAINT submission_round UNIQUE (case_id, round)');
    await runner.query('ALTER TABLE submission ADD PRIMARY KEY (report_id, edition, round)');
    await runner.query(`
      ALTER TABLE report DROP CONSTRAINT report_state, DROP COLUMN kind, DROP COLUMN public_state,
        DROP COLUMN public_edition, DROP COLUMN public_case, DROP COLUMN public_round`);
    await runner.query(
      `ALTER TABLE report ADD CONSTRAINT report_state CHECK (state IN ('draft', 'submitted', 'returned', 'live'))`,
    );
  }
}

async function growReports(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE report
      ADD COLUMN kind text,
      ADD COLUMN public_state text NOT NULL DEFAULT 'none',
      ADD COLUMN public_edition integer NOT NULL DEFAULT 0,
      ADD COLUMN public_case uuid,
      ADD COLUMN public_round integer`);
  // Until now a case published a first edition, and what was live stayed so.
  await runner.query(`UPDATE report SET kind = 'publish' WHERE case_id IS NOT NULL`);
  await runner.query(`
    UPDATE report SET public_state = 'live', public_edition = edition, public_case = case_id, public_round = round
    WHERE state = 'live'`);
  await runner.query(`
    ALTER TABLE report ALTER COLUMN public_state DROP DEFAULT, ALTER COLUMN public_edition DROP DEFAULT,
      DROP CONSTRAINT report_state,
      ADD CONSTRAINT report_state CHECK (state IN ('draft', 'submitted', 'returned', 'live', 'withdrawn')),
      ADD CONSTRAINT report_public_state CHECK (public_state IN ('none', 'live', 'withdrawn')),
      ADD CONSTRAINT report_public_in_a_case CHECK ((public_state = 'none') = (public_case IS NULL))`);
}

/** A withdrawal is about the edition that was published, so edition and round no longer tell submissions apart; the case does. */
async function growSubmissions(runner: QueryRunner): Promise<void> {
  await runner.query(`ALTER TABLE submission ADD COLUMN kind text NOT NULL DEFAULT 'publish', ADD COLUMN notice text`);
  await runner.query('ALTER TABLE submission ALTER COLUMN kind DROP DEFAULT');
  await runner.query('ALTER TABLE submission DROP CONSTRAINT submission_pkey, DROP CONSTRAINT submission_round');
  await runner.query('ALTER TABLE submission ADD PRIMARY KEY (case_id, round)');
  await runner.query('CREATE INDEX submission_of_report ON submission (report_id, edition)');
}
