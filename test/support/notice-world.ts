import { randomUUID } from 'node:crypto';
import { inbound } from '../../apps/gateway/src/inbound.js';
import type { NoticeChannel } from '../../apps/gateway/src/notices/notice-channel.js';
import { officeCalendar } from '../../apps/gateway/src/notices/office-calendar.js';
import { settleDue } from '../../apps/gateway/src/notices/sweep-notices.js';
import { Client } from './client.js';
import { STAGES, testDistrict } from './district.js';
import { GatewayWorld, SETUP_TOKEN } from './gateway-world.js';
import type { MessageBody } from '#contracts/catalogue';
import { databaseNow, rows } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';

type Leg = MessageBody<'review.progressed'>;
export type Progress = Leg & Record<string, unknown>;
type Told = { person: string; kind: string; delivered: boolean; void: string | null };

const ORGAN = 'organ-0001';

/** A gateway whose district has people for every stage, none of whom has quiet hours, and cases that come as messages. */
export class NoticeWorld {
  /** The first report year whose statutory date is far away; each case takes a year of its own. */
  #next: number;

  private constructor(
    readonly gateway: GatewayWorld,
    private readonly accounts: ReadonlyMap<string, { id: string; password: string }>,
    year: number,
  ) {
    this.#next = year;
  }

  static async open(): Promise<NoticeWorld> {
    const gateway = await GatewayWorld.open();
    const founding = { token: SETUP_TOKEN, district: testDistrict(3) };
    const { body } = await new Client(gateway.url).send('POST', '/api/v1/setup', founding);
    const passwords = new Map<string, string>(
      body.accounts.map((one: { login: string; password: string }) => [one.login, one.password]),
    );
    const people = await rows<{ login: string; person: string }>(gateway.db, 'SELECT login, person FROM account');
    const accounts = new Map(
      people.map(({ login, person }) => [login, { id: person, password: passwords.get(login) ?? '' }]),
    );
    await rows(gateway.db, `INSERT INTO notice_settings SELECT id, '00:00', '00:00', false FROM person`);
    const year = new Date(await databaseNow(gateway.db)).getUTCFullYear() + 1;
    return new NoticeWorld(gateway, accounts, year);
  }

  get db(): GatewayWorld['db'] {
    return this.gateway.db;
  }

  person(login: string): string {
    return this.accounts.get(login)?.id ?? '';
  }

  client(login: string): Promise<Client> {
    return new Client(this.gateway.url, login, this.accounts.get(login)?.password).signIn();
  }

  /** A case of its own year, so that no other case shares its notices; in the first stage unless `over` says otherwise. */
  progress(over: Partial<Progress> = {}): Progress {
    const [first] = STAGES;
    return {
      case: randomUUID(),
      round: 1,
      version: 1,
      document: randomUUID(),
      edition: 1,
      organ: ORGAN,
      year: this.#next++,
      leg: 'review',
      state: 'in-review',
      content: 'a'.repeat(64),
      stage: first.id,
      openSeats: [this.seat('first-review')],
      signedSeats: [],
      releaseAt: null,
      ...over,
    };
  }

  seat(stage: (typeof STAGES)[number]['id']): Leg['openSeats'][number] {
    const { role } = STAGES.find(({ id }) => id === stage)!;
    return { seat: randomUUID(), stage, role, organ: 'test-office', person: null };
  }

  /** Gives a message to its real handler, in a transaction of its own. */
  async hear(
    type: keyof typeof inbound,
    body: object,
    before: (tx: Tx) => Promise<void> = async () => undefined,
  ): Promise<void> {
    const message = { id: randomUUID(), type, stream: randomUUID(), seq: 1, correlationId: randomUUID(), body };
    await runInTransaction(this.db, async (tx) => {
      await before(tx);
      // oxlint-disable-next-line typescript/no-explicit-any -- the handler of the type takes the message of the type
      await (inbound[type] as any)(tx, { ...message, occurredAt: await databaseNow(tx) });
    });
  }

  async hearLeg(body: Progress, before?: (tx: Tx) => Promise<void>): Promise<void> {
    await this.hear(`${body.leg}.progressed`, body, before);
  }

  /** Steps of legs that arrive together, taken in in one transaction. */
  async hearTogether(steps: readonly Progress[]): Promise<void> {
    await runInTransaction(this.db, async (tx) => {
      for (const body of steps) {
        const message = { id: randomUUID(), stream: randomUUID(), seq: 1, correlationId: randomUUID(), body };
        const type = `${body.leg}.progressed` as const;
        // oxlint-disable-next-line typescript/no-explicit-any -- the handler of the type takes the message of the type
        await (inbound[type] as any)(tx, { ...message, type, occurredAt: await databaseNow(tx) });
      }
    });
  }

  /** The sweep, once, with channels that may watch. */
  sweep(channels: readonly NoticeChannel[]): Promise<number> {
    return settleDue(this.db, { calendar: officeCalendar(), channels });
  }

  /** Everything ever noted about a case, oldest first. */
  async told(about: Progress): Promise<Told[]> {
    const found = await rows<Told>(
      this.db,
      `SELECT a.login AS person, n.kind, n.delivered_at IS NOT NULL AS delivered, n.void_reason AS void
       FROM notice n JOIN account a ON a.person = n.person WHERE n.organ = $1 AND n.year = $2
       ORDER BY n.created_at, a.login, n.kind`,
      [about.organ, about.year],
    );
    return found;
  }

  /** Who is told what now, as `login kind`. */
  async live(about: Progress): Promise<string[]> {
    const found = await this.told(about);
    return found
      .filter((one) => one.void === null)
      .map(({ person, kind }) => `${person} ${kind}`)
      .toSorted();
  }
}
