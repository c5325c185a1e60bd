import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of one leg. Unqualified: runs once in the schema of each service that has a leg. */
export class LegTables1795467600000 implements MigrationInterface {
  name = 'LegTables1795467600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE leg_case (
        id uuid NOT NULL PRIMARY KEY,
        case_id uuid NOT NULL,
        round integer NOT NULL,
        current boolean NOT NULL,
        turn bigint NOT NULL,
        version integer NOT NULL,
        leg text NOT NULL,
        document uuid NOT NULL,
        edition integer NOT NULL,
        organ text NOT NULL,
        year integer NOT NULL,
        content text NOT NULL,
        route text NOT NULL,
        route_envelope text NOT NULL,
        submission text NOT NULL,
        submitter uuid NOT NULL,
        contributors uuid[] NOT NULL,
        not_before timestamptz,
        undo_seconds integer NOT NULL,
        stages text NOT NULL,
        counted_elsewhere uuid[] NOT NULL,
        dossier text,
        bundle text,
        state text NOT NULL,
        opened_at timestamptz NOT NULL,
        release_at timestamptz,
        released_at timestamptz,
        reminded_at timestamptz,
        ended_kind text,
        ended_by uuid,
        ended_at timestamptz,
        ended_reason text,
        ended_place text,
        CONSTRAINT leg_case_leg CHECK (leg IN ('review', 'approval'))
      )`);
    await runner.query('CREATE UNIQUE INDEX leg_case_round ON leg_case (case_id, round)');
    await runner.query('CREATE UNIQUE INDEX leg_case_current ON leg_case (case_id) WHERE "current"');
    await runner.query(
      `CREATE UNIQUE INDEX leg_case_open_document ON leg_case (document) WHERE state IN ('in-review', 'approved', 'released')`,
    );
    await runner.query(`CREATE INDEX leg_case_due ON leg_case (release_at) WHERE state IN ('approved', 'released')`);
    await runner.query(`
      CREATE TABLE leg_seat (
        id uuid NOT NULL PRIMARY KEY,
        leg_case uuid NOT NULL,
        place integer NOT NULL,
        stage text NOT NULL,
        ordinal integer NOT NULL,
        role text NOT NULL,
        organ text NOT NULL,
        signed_by uuid,
        signed_for uuid,
        signed_at timestamptz
      )`);
    await runner.query('CREATE UNIQUE INDEX leg_seat_place ON leg_seat (leg_case, place)');
    await runner.query(`
      CREATE TABLE leg_decision (
        id uuid NOT NULL PRIMARY KEY,
        leg_case uuid NOT NULL,
        seat uuid NOT NULL,
        stage text NOT NULL,
        kind text NOT NULL,
        actor uuid NOT NULL,
        at timestamptz NOT NULL,
        digest text NOT NULL,
        envelope text NOT NULL,
        caller text NOT NULL,
        body bytea NOT NULL,
        reason text
      )`);
    await runner.query(`CREATE UNIQUE INDEX leg_decision_seat ON leg_decision (seat) WHERE kind = 'sign'`);
    await runner.query('CREATE UNIQUE INDEX leg_decision_actor ON leg_decision (leg_case, actor)');
    await runner.query(`
      CREATE FUNCTION leg_decision_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'leg_decision is append-only: % refused', TG_OP;
      END $$`);
    await runner.query(`
      CREATE TRIGGER leg_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON leg_decision
      FOR EACH STATEMENT EXECUTE FUNCTION leg_decision_is_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE leg_decision');
    await runner.query('DROP FUNCTION leg_decision_is_append_only()');
    await runner.query('DROP TABLE leg_seat');
    await runner.query('DROP TABLE leg_case');
  }
}
