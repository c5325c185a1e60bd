import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notes on reports under sign-off. Unqualified: runs once in the schema of each service that has a leg. */
export class NoteTables1795640000000 implements MigrationInterface {
  name = 'NoteTables1795640000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE note (
        id uuid NOT NULL PRIMARY KEY,
        case_id uuid NOT NULL,
        round integer NOT NULL,
        stage text NOT NULL,
        document uuid NOT NULL,
        content text NOT NULL,
        author uuid NOT NULL,
        anchor text NOT NULL,
        text text NOT NULL,
        suggestion text,
        suggestion_digest text,
        at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX note_case ON note (case_id, at)');
    await runner.query(`
      CREATE TABLE note_event (
        id uuid NOT NULL PRIMARY KEY,
        note uuid NOT NULL,
        kind text NOT NULL CONSTRAINT note_event_kind CHECK (kind IN ('replied', 'resolved', 'withdrawn', 'accepted')),
        by uuid NOT NULL,
        text text,
        revision integer,
        at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX note_event_note ON note_event (note, at)');
    await runner.query(
      `CREATE UNIQUE INDEX note_event_closed ON note_event (note) WHERE kind IN ('resolved', 'withdrawn')`,
    );
    await runner.query(`CREATE UNIQUE INDEX note_event_accepted ON note_event (note) WHERE kind = 'accepted'`);
    await runner.query(`
      CREATE FUNCTION note_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
      END $$`);
    for (const table of ['note', 'note_event'])
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION note_is_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE note_event');
    await runner.query('DROP TABLE note');
    await runner.query('DROP FUNCTION note_is_append_only()');
  }
}
