import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passkeys people registered, and registrations under way. */
export class Passkeys1795680000100 implements MigrationInterface {
  name = 'Passkeys1795680000100';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE passkey_challenge');
    await runner.query('DROP TABLE passkey');
  }
}

const UP = [
  `CREATE TABLE passkey (
     id uuid NOT NULL PRIMARY KEY,
     person uuid NOT NULL,
     name text NOT NULL,
     credential text NOT NULL,
     algorithm text NOT NULL,
     origin text NOT NULL,
     transports text[] NOT NULL,
     synced boolean NOT NULL,
     evidence text NOT NULL,
     registered_at timestamptz NOT NULL,
     revoked_at timestamptz
   )`,
  // whose passkeys are these
  'CREATE INDEX passkey_person ON passkey (person)',
  // no two passkeys are one
  'CREATE UNIQUE INDEX passkey_credential ON passkey (credential)',
  `CREATE TABLE passkey_challenge (
     session uuid NOT NULL PRIMARY KEY,
     challenge text NOT NULL,
     name text NOT NULL,
     expires_at timestamptz NOT NULL
   )`,
  // which registrations were given up
  'CREATE INDEX passkey_challenge_expiry ON passkey_challenge (expires_at)',
];
