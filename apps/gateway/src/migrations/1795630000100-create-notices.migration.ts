import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices with their delivery, the facts they follow from, and the clocks that say when to look again. */
export class CreateNotices1795630000100 implements MigrationInterface {
  name = 'CreateNotices1795630000100';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...NOTICES, ...FACTS, ...LOOK_AT_WHAT_IS_OPEN]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of INDEXES) await runner.query(`DROP INDEX ${index}`);
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = ['notice', 'notice_clock', 'notice_settings', 'leg_notice_facts', 'notice_request'];
const INDEXES = ['report_view_organ', 'case_view_organ'];

const NOTICES = [
  `CREATE TABLE notice (
     id uuid NOT NULL PRIMARY KEY,
     scope text NOT NULL,
     person uuid NOT NULL,
     channel text NOT NULL,
     kind text NOT NULL,
     topic text NOT NULL,
     mark text NOT NULL,
     organ text,
     year integer,
     document uuid,
     case_id uuid,
     round integer,
     seat uuid,
     stage text,
     actor uuid,
     due_at timestamptz,
     created_at timestamptz NOT NULL,
     deliver_after timestamptz NOT NULL,
     delivered_at timestamptz,
     read_at timestamptz,
     void_at timestamptz,
     void_reason text
   )`,
  // one live notice for each person and topic, so also for each person and seat; the list of a person's notices
  'CREATE UNIQUE INDEX notice_live ON notice (person, topic, channel) WHERE void_at IS NULL',
  // the live notices of a report, and who was told in it
  'CREATE INDEX notice_scope ON notice (scope)',
  `CREATE TABLE notice_clock (
     scope text NOT NULL PRIMARY KEY,
     next_at timestamptz,
     directory integer NOT NULL
   )`,
  // the sweep takes the clocks that have come
  'CREATE INDEX notice_clock_next ON notice_clock (next_at)',
  `CREATE TABLE notice_settings (
     person uuid NOT NULL PRIMARY KEY,
     quiet_from text NOT NULL,
     quiet_until text NOT NULL,
     quiet_on_days_off boolean NOT NULL
   )`,
];

const FACTS = [
  `CREATE TABLE leg_notice_facts (
     case_id uuid NOT NULL,
     leg text NOT NULL,
     ending text,
     due_at timestamptz,
     overdue boolean NOT NULL,
     blocked_stage text,
     submitter uuid,
     PRIMARY KEY (case_id, leg)
   )`,
  `CREATE TABLE notice_request (
     id uuid NOT NULL PRIMARY KEY,
     kind text NOT NULL,
     case_id uuid NOT NULL,
     round integer NOT NULL,
     seat uuid,
     stage text,
     person uuid,
     by uuid,
     at timestamptz NOT NULL
   )`,
  // what was asked and copied in a case
  'CREATE INDEX notice_request_case ON notice_request (case_id)',
  // everything about one organ's report of one year
  'CREATE INDEX report_view_organ ON report_view (organ, year)',
  'CREATE INDEX case_view_organ ON case_view (organ, year)',
];

/** What was under way before there were notices gets them now. What is public already is no news. */
const LOOK_AT_WHAT_IS_OPEN = [
  `INSERT INTO leg_notice_facts (case_id, leg, ending, overdue)
   SELECT case_id, leg, CASE WHEN state IN ('returned', 'withdrawn') THEN state END, false FROM case_view`,
  `INSERT INTO notice_clock (scope, next_at, directory)
   SELECT DISTINCT 'report:' || organ || ':' || year, now(), 0 FROM (
     SELECT document, organ, year FROM report_view UNION SELECT document, organ, year FROM case_view) open_report
   WHERE document NOT IN (SELECT document FROM live_view)`,
];
