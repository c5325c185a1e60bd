import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Jobs of every kind of case, and addresses that say an edition was taken back. */
export class PublicationKindsOfCase1795660000000 implements MigrationInterface {
  name = 'PublicationKindsOfCase1795660000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE publication_job ADD COLUMN kind text');
    // Until now every case published a first edition.
    await runner.query(`UPDATE publication_job SET kind = 'publish'`);
    await runner.query(`
      ALTER TABLE publication_job
        DROP CONSTRAINT publication_job_state,
        DROP CONSTRAINT publication_job_proved,
        ADD CONSTRAINT publication_job_state CHECK (state IN
          ('waiting', 'publishing', 'live', 'superseded', 'withdrawn', 'done', 'passed', 'held', 'dropped')),
        ADD CONSTRAINT publication_job_proved CHECK
          (state NOT IN ('live', 'superseded', 'withdrawn') OR (page_tree IS NOT NULL AND receipt IS NOT NULL)),
        ADD CONSTRAINT publication_job_acted CHECK (state NOT IN ('done', 'passed') OR receipt IS NOT NULL)`);
    await runner.query('DROP INDEX publication_job_published_once');
    await runner.query(`
      CREATE UNIQUE INDEX publication_job_published_once ON publication_job (document, edition)
      WHERE state IN ('live', 'superseded', 'withdrawn')`);
    await runner.query(`
      CREATE UNIQUE INDEX publication_job_acted_once ON publication_job (document, edition, kind) WHERE state = 'done'`);
    await runner.query(`
      ALTER TABLE live_pointer ADD COLUMN state text NOT NULL DEFAULT 'live'
        CONSTRAINT live_pointer_state CHECK (state IN ('live', 'withdrawn'))`);
    await runner.query('ALTER TABLE live_pointer ALTER COLUMN state DROP DEFAULT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE live_pointer DROP COLUMN state');
    await runner.query('DROP INDEX publication_job_acted_once');
    await runner.query('DROP INDEX publication_job_published_once');
    await runner.query(`
      CREATE UNIQUE INDEX publication_job_published_once ON publication_job (document, edition)
      WHERE state IN ('live', 'superseded')`);
    await runner.query(`
      ALTER TABLE publication_job
        DROP CONSTRAINT publication_job_acted,
        DROP CONSTRAINT publication_job_state,
        DROP CONSTRAINT publication_job_proved,
        DROP COLUMN kind,
        ADD CONSTRAINT publication_job_state
          CHECK (state IN ('waiting', 'publishing', 'live', 'superseded', 'held', 'dropped')),
        ADD CONSTRAINT publication_job_proved
          CHECK (state NOT IN ('live', 'superseded') OR (page_tree IS NOT NULL AND receipt IS NOT NULL))`);
  }
}
