import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Room for every act of sign-off: kinds of case, passes of a leg within a round, named and added seats, deputies, due
 * times, and what people looked at, asked and urged. Unqualified: runs once in the schema of each service that has a leg.
 */
export class LawOfSignoff1795601000000 implements MigrationInterface {
  name = 'LawOfSignoff1795601000000';

  async up(runner: QueryRunner): Promise<void> {
    await growCases(runner);
    await growSeats(runner);
    await createTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['leg_consultation', 'leg_copy', 'leg_urge', 'leg_view', 'deputy_copy'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE leg_decision DROP COLUMN on_behalf_of, DROP COLUMN deputy');
    await runner.query(
      'ALTER TABLE leg_seat DROP COLUMN person, DROP COLUMN added_by, DROP COLUMN as_role, DROP COLUMN as_organ',
    );
    await runner.query('DROP INDEX leg_case_overdue');
    await runner.query('DROP INDEX leg_case_unjudged');
    await runner.query('DROP INDEX leg_case_round');
    await runner.query('CREATE UNIQUE INDEX leg_case_round ON leg_case (case_id, round)');
    await runner.query('DROP INDEX leg_case_open_document');
    await runner.query(
      `CREATE UNIQUE INDEX leg_case_open_document ON leg_case (document) WHERE state IN ('in-review', 'approved', 'released')`,
    );
    const columns = [
      'kind',
      'notice',
      'pass',
      'open_stage',
      'opened_stage_at',
      'due_at',
      'escalated',
      'blocked',
      'judged_by',
    ];
    await runner.query(
      `ALTER TABLE leg_case ${[...columns, 'ended_to'].map((one) => `DROP COLUMN ${one}`).join(', ')}`,
    );
  }
}

async function growCases(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE leg_case
      ADD COLUMN kind text NOT NULL DEFAULT 'publish',
      ADD COLUMN notice text,
      ADD COLUMN pass integer NOT NULL DEFAULT 1,
      ADD COLUMN open_stage text,
      ADD COLUMN opened_stage_at timestamptz,
      ADD COLUMN due_at timestamptz,
      ADD COLUMN escalated boolean NOT NULL DEFAULT false,
      ADD COLUMN blocked text,
      ADD COLUMN judged_by integer NOT NULL DEFAULT 0,
      ADD COLUMN ended_to text`);
  await runner.query(`
    ALTER TABLE leg_case ALTER COLUMN kind DROP DEFAULT, ALTER COLUMN pass DROP DEFAULT, ALTER COLUMN escalated DROP DEFAULT,
      ALTER COLUMN judged_by DROP DEFAULT`);
  await runner.query('DROP INDEX leg_case_round');
  await runner.query('CREATE UNIQUE INDEX leg_case_round ON leg_case (case_id, round, pass)');
  await runner.query('DROP INDEX leg_case_open_document');
  await runner.query(
    `CREATE UNIQUE INDEX leg_case_open_document ON leg_case (document, kind) WHERE state IN ('in-review', 'approved', 'released')`,
  );
  await runner.query(`CREATE INDEX leg_case_unjudged ON leg_case (judged_by) WHERE "current" AND state = 'in-review'`);
  await runner.query(`CREATE INDEX leg_case_overdue ON leg_case (due_at) WHERE "current" AND state = 'in-review'`);
}

async function growSeats(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE leg_seat ADD COLUMN person uuid, ADD COLUMN added_by uuid, ADD COLUMN as_role text, ADD COLUMN as_organ text`);
  await runner.query('ALTER TABLE leg_decision ADD COLUMN on_behalf_of uuid, ADD COLUMN deputy text');
}

async function createTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE deputy_copy (
      id uuid NOT NULL PRIMARY KEY,
      principal uuid NOT NULL,
      agent uuid NOT NULL,
      role text NOT NULL,
      organ text NOT NULL,
      since timestamptz NOT NULL,
      until timestamptz NOT NULL,
      revoked_at timestamptz,
      evidence text NOT NULL
    )`);
  await runner.query('CREATE INDEX deputy_copy_agent ON deputy_copy (agent)');
  await runner.query(`
    CREATE TABLE leg_view (
      case_id uuid NOT NULL,
      person uuid NOT NULL,
      content text NOT NULL,
      from_content text,
      at timestamptz NOT NULL,
      PRIMARY KEY (case_id, person, content)
    )`);
  await runner.query(`
    CREATE TABLE leg_urge (
      id uuid NOT NULL PRIMARY KEY,
      case_id uuid NOT NULL,
      seat uuid NOT NULL,
      by uuid NOT NULL,
      at timestamptz NOT NULL
    )`);
  await runner.query('CREATE INDEX leg_urge_seat ON leg_urge (seat, at)');
  await runner.query(`
    CREATE TABLE leg_copy (
      case_id uuid NOT NULL,
      person uuid NOT NULL,
      by uuid NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (case_id, person)
    )`);
  await runner.query(`
    CREATE TABLE leg_consultation (
      id uuid NOT NULL PRIMARY KEY,
      case_id uuid NOT NULL,
      round integer NOT NULL,
      stage text NOT NULL,
      content text NOT NULL,
      asked_by uuid NOT NULL,
      person uuid,
      token text,
      question text NOT NULL,
      asked_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      opinion text,
      answered_by_name text,
      answered_at timestamptz,
      CONSTRAINT leg_consultation_asked CHECK ((person IS NULL) <> (token IS NULL))
    )`);
  await runner.query('CREATE INDEX leg_consultation_case ON leg_consultation (case_id)');
  await runner.query('CREATE UNIQUE INDEX leg_consultation_token ON leg_consultation (token)');
}
