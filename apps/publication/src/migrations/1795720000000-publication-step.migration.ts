import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each attempt to publish did, step by step. Insert-only, by trigger and by the rights the migration step gives. */
export class PublicationStep1795720000000 implements MigrationInterface {
  name = 'PublicationStep1795720000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE publication_step (
        case_id uuid NOT NULL,
        round integer NOT NULL,
        attempt integer NOT NULL,
        step text NOT NULL,
        started_at timestamptz NOT NULL,
        ended_at timestamptz NOT NULL,
        figures jsonb NOT NULL,
        defect text,
        defect_data jsonb,
        CONSTRAINT publication_step_pkey PRIMARY KEY (case_id, round, attempt, step, started_at),
        CONSTRAINT publication_step_name CHECK (step IN
          ('begun', 'proof', 'page', 'files', 'address', 'read-back', 'labels', 'receipt', 'files-added')),
        CONSTRAINT publication_step_order CHECK (ended_at >= started_at AND attempt > 0),
        CONSTRAINT publication_step_figures CHECK (jsonb_typeof(figures) = 'object'),
        CONSTRAINT publication_step_cause CHECK (defect IS NOT NULL OR defect_data IS NULL)
      )`);
    await runner.query(`
      CREATE TRIGGER publication_step_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_step
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE publication_step');
  }
}
