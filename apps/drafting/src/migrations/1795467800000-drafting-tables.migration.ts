import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports, their revisions and what was handed to sign-off. */
export class DraftingTables1795467800000 implements MigrationInterface {
  name = 'DraftingTables1795467800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report (
        id uuid NOT NULL PRIMARY KEY,
        organ text NOT NULL,
        year integer NOT NULL,
        state text NOT NULL CONSTRAINT report_state CHECK (state IN ('draft', 'submitted', 'returned', 'live')),
        head_revision integer NOT NULL,
        head_digest text,
        errors integer NOT NULL,
        warnings integer NOT NULL,
        case_id uuid,
        round integer NOT NULL,
        edition integer NOT NULL,
        live_revision integer NOT NULL,
        live_path text,
        CONSTRAINT report_of_organ_and_year UNIQUE (organ, year),
        CONSTRAINT report_in_a_case CHECK (state = 'draft' OR case_id IS NOT NULL)
      )`);
    await runner.query(`
      CREATE TABLE revision (
        report_id uuid NOT NULL REFERENCES report (id),
        seq integer NOT NULL,
        base_seq integer NOT NULL,
        report text NOT NULL,
        digest text NOT NULL,
        author uuid NOT NULL,
        at timestamptz NOT NULL,
        imported_from text,
        PRIMARY KEY (report_id, seq)
      )`);
    await runner.query('CREATE INDEX revision_author ON revision (report_id, author)');
    await runner.query(`
      CREATE TABLE submission (
        report_id uuid NOT NULL REFERENCES report (id),
        edition integer NOT NULL,
        round integer NOT NULL,
        case_id uuid NOT NULL,
        revision integer NOT NULL,
        content text NOT NULL,
        route text NOT NULL,
        submission text NOT NULL,
        submitter uuid NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (report_id, edition, round),
        CONSTRAINT submission_round UNIQUE (case_id, round)
      )`);
    await runner.query(`
      CREATE FUNCTION drafting_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
      END $$`);
    for (const table of ['revision', 'submission'])
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION drafting_is_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE submission');
    await runner.query('DROP TABLE revision');
    await runner.query('DROP TABLE report');
    await runner.query('DROP FUNCTION drafting_is_append_only()');
  }
}
