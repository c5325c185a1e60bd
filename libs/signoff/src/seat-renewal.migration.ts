import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Seats that are opened anew within a round: the old seat stays with its decision, the new one takes its place. A person may decide again in the
 * same round then; that nobody is counted twice is kept by the seats that count.
 */
export class SeatRenewal1795600000000 implements MigrationInterface {
  name = 'SeatRenewal1795600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE leg_seat ADD COLUMN current boolean NOT NULL DEFAULT true');
    await runner.query('ALTER TABLE leg_seat ALTER COLUMN current DROP DEFAULT');
    await runner.query('DROP INDEX leg_seat_place');
    await runner.query('CREATE UNIQUE INDEX leg_seat_place ON leg_seat (leg_case, place) WHERE "current"');
    await runner.query('CREATE UNIQUE INDEX leg_seat_signer ON leg_seat (leg_case, signed_by) WHERE "current"');
    await runner.query('ALTER TABLE leg_decision ADD COLUMN place text');
    await runner.query('ALTER TABLE leg_decision ADD COLUMN to_stage text');
    await runner.query('DROP INDEX leg_decision_actor');
    await runner.query('CREATE INDEX leg_decision_round ON leg_decision (leg_case, at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX leg_decision_round');
    await runner.query('CREATE UNIQUE INDEX leg_decision_actor ON leg_decision (leg_case, actor)');
    await runner.query('ALTER TABLE leg_decision DROP COLUMN to_stage');
    await runner.query('ALTER TABLE leg_decision DROP COLUMN place');
    await runner.query('DROP INDEX leg_seat_signer');
    await runner.query('DROP INDEX leg_seat_place');
    await runner.query('DELETE FROM leg_seat WHERE NOT "current"');
    await runner.query('CREATE UNIQUE INDEX leg_seat_place ON leg_seat (leg_case, place)');
    await runner.query('ALTER TABLE leg_seat DROP COLUMN current');
  }
}
