import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Jobs and live pointers. */
export class PublicationTables1795467700000 implements MigrationInterface {
  name = 'PublicationTables1795467700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE publication_job (
        case_id uuid NOT NULL,
        round integer NOT NULL,
        document uuid NOT NULL,
        edition integer NOT NULL,
        content text NOT NULL,
        organ text,
        year integer,
        bundle text,
        state text NOT NULL CONSTRAINT publication_job_state
          CHECK (state IN ('waiting', 'publishing', 'live', 'superseded', 'held', 'dropped')),
        defect text,
        attempts integer NOT NULL,
        next_at timestamptz NOT NULL,
        lease_token uuid,
        lease_until timestamptz,
        page_tree text,
        receipt text,
        correlation_id uuid NOT NULL,
        released_at timestamptz,
        live_at timestamptz,
        PRIMARY KEY (case_id, round),
        CONSTRAINT publication_job_proved
          CHECK (state NOT IN ('live', 'superseded') OR (page_tree IS NOT NULL AND receipt IS NOT NULL)),
        CONSTRAINT publication_job_held_for CHECK (state <> 'held' OR defect IS NOT NULL)
      )`);
    // An edition is published once, whichever round its signatures came from (A12).
    await runner.query(`
      CREATE UNIQUE INDEX publication_job_published_once ON publication_job (document, edition)
      WHERE state IN ('live', 'superseded')`);
    // The publisher's query: what is due now.
    await runner.query(`CREATE INDEX publication_job_due ON publication_job (next_at) WHERE state = 'publishing'`);
    // GET /publications/:document, and the sweep from an address to the jobs that may stand there.
    await runner.query(`CREATE INDEX publication_job_document ON publication_job (document)`);
    await runner.query(`CREATE INDEX publication_job_tree ON publication_job (page_tree)`);
    await runner.query(`
      CREATE TABLE live_pointer (
        document uuid NOT NULL PRIMARY KEY,
        organ text NOT NULL,
        year integer NOT NULL,
        edition integer NOT NULL,
        case_id uuid NOT NULL,
        round integer NOT NULL,
        tree text NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT live_pointer_address UNIQUE (organ, year)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE live_pointer');
    await runner.query('DROP TABLE publication_job');
  }
}
