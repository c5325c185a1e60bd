import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Offices with their periods, every route an organ has or had, and people who leave at a time. What read `role_grant`
 * goes on reading it: it is now the view of the offices held at this moment.
 */
export class DirectoryOverTime1795650000000 implements MigrationInterface {
  name = 'DirectoryOverTime1795650000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE grant_period (
     person uuid NOT NULL,
     role text NOT NULL,
     organ text NOT NULL,
     since timestamptz NOT NULL DEFAULT now(),
     until timestamptz,
     PRIMARY KEY (person, role, organ, since)
   )`,
  // who holds an office: the inbox and the readers of an organ
  'CREATE INDEX grant_period_office ON grant_period (role, organ)',
  `INSERT INTO grant_period (person, role, organ, since)
   SELECT person, role, organ, coalesce((SELECT min(at) FROM directory_version), now()) FROM role_grant`,
  'DROP TABLE role_grant',
  `CREATE VIEW role_grant AS SELECT person, role, organ FROM grant_period
   WHERE since <= now() AND (until IS NULL OR now() < until)`,
  'CREATE TABLE organ_route (organ text NOT NULL, route text NOT NULL, PRIMARY KEY (organ, route))',
  // whose routes name an office: the organs a person may see
  'CREATE INDEX organ_route_route ON organ_route (route)',
  'INSERT INTO organ_route (organ, route) SELECT code, route FROM organ WHERE route IS NOT NULL',
  'ALTER TABLE organ DROP COLUMN route',
  'ALTER TABLE person ADD COLUMN leaves_at timestamptz',
];

const DOWN = [
  'ALTER TABLE person DROP COLUMN leaves_at',
  'ALTER TABLE organ ADD COLUMN route text',
  'UPDATE organ o SET route = (SELECT min(route) FROM organ_route r WHERE r.organ = o.code)',
  'DROP TABLE organ_route',
  'DROP VIEW role_grant',
  `CREATE TABLE role_grant (person uuid NOT NULL, role text NOT NULL, organ text NOT NULL, PRIMARY KEY (person, role, organ))`,
  'CREATE INDEX role_grant_office ON role_grant (role, organ)',
  `INSERT INTO role_grant SELECT DISTINCT person, role, organ FROM grant_period
   WHERE since <= now() AND (until IS NULL OR now() < until)`,
  'DROP TABLE grant_period',
];
