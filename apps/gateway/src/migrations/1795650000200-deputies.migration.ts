import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deputies, and who may take an office now: whoever holds it, and whoever acts for a holder. */
export class Deputies1795650000200 implements MigrationInterface {
  name = 'Deputies1795650000200';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW acting_office');
    await runner.query('DROP TABLE deputy');
  }
}

const UP = [
  `CREATE TABLE deputy (
     id uuid NOT NULL PRIMARY KEY,
     principal uuid NOT NULL,
     agent uuid NOT NULL,
     role text NOT NULL,
     organ text NOT NULL,
     since timestamptz NOT NULL,
     until timestamptz NOT NULL,
     evidence text NOT NULL,
     granted_at timestamptz NOT NULL,
     revoked_at timestamptz,
     revoked_by uuid,
     revocation_told boolean NOT NULL DEFAULT false,
     CONSTRAINT deputy_another CHECK (principal <> agent),
     CONSTRAINT deputy_period CHECK (since < until)
   )`,
  // who is away from an office
  'CREATE INDEX deputy_office ON deputy (role, organ)',
  // what I granted, what I received
  'CREATE INDEX deputy_principal ON deputy (principal)',
  'CREATE INDEX deputy_agent ON deputy (agent)',
  `CREATE VIEW acting_office AS
     SELECT person, role, organ FROM role_grant
     UNION
     SELECT d.agent, d.role, d.organ FROM deputy d
       JOIN role_grant g ON g.person = d.principal AND g.role = d.role AND g.organ = d.organ
     WHERE d.since <= now() AND now() < d.until AND (d.revoked_at IS NULL OR now() < d.revoked_at)`,
];
