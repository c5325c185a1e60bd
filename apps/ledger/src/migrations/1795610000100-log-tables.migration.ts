import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log: what came in, leaves, subtrees and signed heads. All but the arrivals are insert-only. */
export class LogTables1795610000100 implements MigrationInterface {
  name = 'LogTables1795610000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log_arrival (
        hash text NOT NULL PRIMARY KEY,
        position bigserial NOT NULL,
        producer text NOT NULL,
        proof boolean NOT NULL
      )`);
    await runner.query('CREATE INDEX log_arrival_order ON log_arrival (position)');
    await runner.query(`
      CREATE TABLE log_leaf (
        index integer NOT NULL PRIMARY KEY,
        hash text NOT NULL,
        producer text NOT NULL,
        CONSTRAINT log_leaf_hash UNIQUE (hash)
      )`);
    await runner.query(`
      CREATE TABLE log_node (
        level integer NOT NULL,
        index integer NOT NULL,
        hash text NOT NULL,
        PRIMARY KEY (level, index)
      )`);
    await runner.query(`
      CREATE TABLE log_checkpoint (
        epoch uuid NOT NULL,
        size integer NOT NULL,
        root text NOT NULL,
        at timestamptz NOT NULL,
        note text NOT NULL,
        PRIMARY KEY (epoch, size)
      )`);
    await runner.query(`
      CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
      END $$`);
    for (const table of ['log_leaf', 'log_node', 'log_checkpoint'])
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['log_checkpoint', 'log_node', 'log_leaf', 'log_arrival'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION log_is_append_only()');
  }
}
