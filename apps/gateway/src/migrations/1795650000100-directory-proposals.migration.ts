import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Changes of the directory that wait for the other administrator, and one-time passwords in two halves. */
export class DirectoryProposals1795650000100 implements MigrationInterface {
  name = 'DirectoryProposals1795650000100';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account DROP COLUMN one_time_until');
    await runner.query('DROP TABLE password_half');
    await runner.query('DROP TABLE directory_proposal');
  }
}

const UP = [
  `CREATE TABLE directory_proposal (
     id uuid NOT NULL PRIMARY KEY,
     based_on integer NOT NULL,
     state text NOT NULL,
     reason text NOT NULL,
     changes text NOT NULL,
     document text NOT NULL,
     routes text NOT NULL,
     signatures text NOT NULL,
     beside text NOT NULL,
     ends_from timestamptz,
     proposed_by uuid NOT NULL,
     proposed_at timestamptz NOT NULL,
     first_signer uuid,
     last_signer uuid,
     decided_by uuid,
     decided_at timestamptz,
     decision_reason text,
     CONSTRAINT directory_proposal_decided CHECK ((state = 'open') = (decided_at IS NULL)),
     CONSTRAINT directory_proposal_by_another CHECK (state <> 'published' OR first_signer <> last_signer)
   )`,
  // what waits for an administrator
  `CREATE INDEX directory_proposal_open ON directory_proposal (proposed_at) WHERE state = 'open'`,
  `CREATE TABLE password_half (
     person uuid NOT NULL,
     administrator uuid NOT NULL,
     part text NOT NULL,
     half text NOT NULL,
     PRIMARY KEY (person, administrator)
   )`,
  'ALTER TABLE account ADD COLUMN one_time_until timestamptz',
];
