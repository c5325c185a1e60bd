import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What goes to the channels beside the own site, a row for each act and channel. */
export class ChannelDelivery1795690000000 implements MigrationInterface {
  name = 'ChannelDelivery1795690000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE channel_delivery (
        channel text NOT NULL,
        case_id uuid NOT NULL,
        round integer NOT NULL,
        document uuid NOT NULL,
        edition integer NOT NULL,
        act text NOT NULL,
        state text NOT NULL,
        attempts integer NOT NULL,
        next_at timestamptz NOT NULL,
        defect text,
        defect_data jsonb,
        tree text,
        receipt jsonb,
        delivered_at timestamptz,
        confirmed_by uuid,
        lease_token uuid,
        lease_until timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT channel_delivery_pkey PRIMARY KEY (channel, case_id, round),
        CONSTRAINT channel_delivery_state
          CHECK (state IN ('waiting', 'prepared', 'delivered', 'superseded', 'dropped')),
        CONSTRAINT channel_delivery_act CHECK (act IN ('show', 'withdraw')),
        CONSTRAINT channel_delivery_proved
          CHECK (state <> 'delivered' OR (receipt IS NOT NULL AND delivered_at IS NOT NULL)),
        CONSTRAINT channel_delivery_prepared CHECK (state <> 'prepared' OR receipt IS NOT NULL)
      )`);
    await runner.query(
      `CREATE INDEX channel_delivery_due ON channel_delivery (channel, next_at) WHERE state = 'waiting'`,
    );
    await runner.query('CREATE INDEX channel_delivery_document ON channel_delivery (document)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE channel_delivery');
  }
}
