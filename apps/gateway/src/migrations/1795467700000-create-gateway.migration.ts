import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The gateway's own tables: people and their offices, sessions, and the read model built from what services announce. */
export class CreateGateway1795467700000 implements MigrationInterface {
  name = 'CreateGateway1795467700000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...DIRECTORY, ...ACCESS, ...READ_MODEL]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = [
  'organ',
  'person',
  'role_grant',
  'route_slot',
  'directory_version',
  'account',
  'sign_in_failure',
  'session',
  'report_view',
  'case_view',
  'open_seat',
  'live_view',
];

const DIRECTORY = [
  `CREATE TABLE organ (
     code text NOT NULL PRIMARY KEY,
     name text NOT NULL,
     level text NOT NULL,
     parent text,
     route text
   )`,
  `CREATE TABLE person (
     id uuid NOT NULL PRIMARY KEY,
     name text NOT NULL,
     active boolean NOT NULL DEFAULT true,
     administrator boolean NOT NULL DEFAULT false
   )`,
  `CREATE TABLE role_grant (
     person uuid NOT NULL,
     role text NOT NULL,
     organ text NOT NULL,
     PRIMARY KEY (person, role, organ)
   )`,
  // who holds an office: the inbox and the readers of an organ
  'CREATE INDEX role_grant_office ON role_grant (role, organ)',
  `CREATE TABLE route_slot (
     route text NOT NULL,
     role text NOT NULL,
     organ text NOT NULL,
     PRIMARY KEY (route, role, organ)
   )`,
  `CREATE TABLE directory_version (
     version integer NOT NULL PRIMARY KEY,
     digest text NOT NULL,
     at timestamptz NOT NULL DEFAULT now()
   )`,
];

const ACCESS = [
  `CREATE TABLE account (
     person uuid NOT NULL PRIMARY KEY,
     login text NOT NULL,
     password_hash text NOT NULL
   )`,
  // sign-in looks up by name; two people never share one
  'CREATE UNIQUE INDEX account_login ON account (login)',
  `CREATE TABLE sign_in_failure (
     source text NOT NULL PRIMARY KEY,
     failures integer NOT NULL,
     blocked_until timestamptz NOT NULL,
     at timestamptz NOT NULL DEFAULT now()
   )`,
  // pruning forgets failures of yesterday
  'CREATE INDEX sign_in_failure_at ON sign_in_failure (at)',
  `CREATE TABLE session (
     id uuid NOT NULL PRIMARY KEY,
     token_hash text NOT NULL,
     person uuid NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     last_seen_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL,
     stepped_up_at timestamptz
   )`,
  // every request finds its session by the hash of the token
  'CREATE UNIQUE INDEX session_token ON session (token_hash)',
  // the oldest of a person's sessions gives way to a new one
  'CREATE INDEX session_person ON session (person, created_at)',
];

const READ_MODEL = [
  `CREATE TABLE report_view (
     document uuid NOT NULL PRIMARY KEY,
     organ text NOT NULL,
     year integer NOT NULL,
     state text NOT NULL,
     revision integer NOT NULL,
     errors integer NOT NULL,
     warnings integer NOT NULL,
     updated_at timestamptz NOT NULL
   )`,
  // the list of reports, newest change first
  'CREATE INDEX report_view_recent ON report_view (updated_at, document)',
  `CREATE TABLE case_view (
     case_id uuid NOT NULL,
     leg text NOT NULL,
     round integer NOT NULL,
     version integer NOT NULL,
     document uuid NOT NULL,
     edition integer NOT NULL,
     organ text NOT NULL,
     year integer NOT NULL,
     state text NOT NULL,
     content text NOT NULL,
     stage text,
     signed integer NOT NULL,
     release_at timestamptz,
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (case_id, leg)
   )`,
  // the case of a report in lists
  'CREATE INDEX case_view_document ON case_view (document)',
  `CREATE TABLE open_seat (
     seat uuid NOT NULL PRIMARY KEY,
     case_id uuid NOT NULL,
     leg text NOT NULL,
     stage text NOT NULL,
     role text,
     organ text,
     person uuid,
     since timestamptz NOT NULL
   )`,
  // a leg's progress replaces its open seats
  'CREATE INDEX open_seat_leg ON open_seat (case_id, leg)',
  // the inbox: seats of the offices one holds
  'CREATE INDEX open_seat_office ON open_seat (role, organ)',
  // the inbox: seats named for one person
  'CREATE INDEX open_seat_person ON open_seat (person)',
  `CREATE TABLE live_view (
     document uuid NOT NULL PRIMARY KEY,
     edition integer NOT NULL,
     path text NOT NULL,
     at timestamptz NOT NULL
   )`,
];
