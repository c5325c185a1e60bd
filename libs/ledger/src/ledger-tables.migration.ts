import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger of one service. Unqualified: runs once in the schema of each service that acts. Entries and bodies are insert-only, by trigger
 * and by the rights the migration step gives; a head moves one entry at a time.
 */
export class LedgerTables1795610000000 implements MigrationInterface {
  name = 'LedgerTables1795610000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_head (
        report uuid NOT NULL PRIMARY KEY,
        seq integer NOT NULL,
        hash text,
        at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE ledger_entry (
        report uuid NOT NULL,
        seq integer NOT NULL,
        hash text NOT NULL,
        bytes bytea NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (report, seq),
        CONSTRAINT ledger_entry_hash UNIQUE (hash)
      )`);
    await runner.query('CREATE TABLE ledger_body (digest text NOT NULL PRIMARY KEY, bytes bytea NOT NULL)');
    await runner.query(`
      CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
      END $$`);
    for (const table of ['ledger_entry', 'ledger_body'])
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
    await runner.query(`
      CREATE TRIGGER ledger_head_stays BEFORE DELETE OR TRUNCATE ON ledger_head
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
    await runner.query(`
      CREATE FUNCTION ledger_head_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.report <> OLD.report OR NEW.at < OLD.at
           OR NOT (NEW.seq = OLD.seq + 1 OR (NEW.seq = OLD.seq AND NEW.hash IS NOT DISTINCT FROM OLD.hash)) THEN
          RAISE EXCEPTION 'ledger_head moves one entry at a time';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER ledger_head_moves_on BEFORE UPDATE ON ledger_head
      FOR EACH ROW EXECUTE FUNCTION ledger_head_moves_on()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ledger_head', 'ledger_entry', 'ledger_body']) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION ledger_is_append_only()');
    await runner.query('DROP FUNCTION ledger_head_moves_on()');
  }
}
