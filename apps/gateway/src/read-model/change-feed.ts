import {
  Inject,
  Injectable,
  type MessageEvent,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Client } from 'pg';
import { concatMap, filter, finalize, from, interval, map, merge, Observable, of, Subject, takeUntil } from 'rxjs';
import { rows } from '#persistence/sql';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { sessionLives } from '../access/session.repository.js';
import { type Presence, PresenceBoard } from '../presence/presence-board.js';
import { readersOf } from './lists.queries.js';
import { type Change, CHANGES_CHANNEL } from './change-notices.js';

/** Channel on which gateway processes tell each other who has which report open. */
const PRESENCE_CHANNEL = 'gateway_presence';
const HEARTBEAT_MS = 25_000;
const RECONNECT_MS = 1_000;

interface AddressedChange {
  readonly change: Change;
  readonly readers: ReadonlySet<string>;
}

/** Hands what the read model announces (on any gateway process) to the sessions that may see it. A hint, no record. */
@Injectable()
export class ChangeFeed implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #changes = new Subject<Change>();
  readonly #ended = new Subject<void>();
  readonly #addressed = new Subject<AddressedChange>();
  readonly #board = new PresenceBoard();
  #client: Client | undefined;
  #stopped = false;
  #listeners = 0;

  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {
    this.#changes
      .pipe(
        filter(() => this.#listeners > 0),
        concatMap((change) => from(this.address(change))),
      )
      .subscribe((addressed) => this.#addressed.next(addressed));
  }

  /** Begins to listen; a lost connection is replaced until the module ends. */
  async onApplicationBootstrap(): Promise<void> {
    const client = new Client({ connectionString: this.ports.environment.databaseUrl, keepAlive: true });
    this.#client = client;
    client.on('notification', ({ channel, payload }) => {
      const told: unknown = JSON.parse(payload ?? '');
      if (channel === PRESENCE_CHANNEL) this.#board.hear(told as Presence, performance.now());
      else this.#changes.next(told as Change);
    });
    client.on('error', (error) => this.ports.log.passing(error, 'change_feed_lost'));
    client.once('end', () => this.reconnect(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANGES_CHANNEL}; LISTEN ${PRESENCE_CHANNEL}`);
    } catch (error) {
      this.ports.log.passing(error, 'change_feed_down');
      this.reconnect(client);
    }
  }

  /** Ends every stream and the connection. */
  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    this.#ended.next();
    await this.#client?.end();
  }

  /** The event stream of one session: notices of what its person may see, until the session ends. */
  streamFor(session: { readonly id: string; readonly person: string }): Observable<MessageEvent> {
    this.#listeners += 1;
    const notices = this.#addressed.pipe(
      filter(({ readers }) => readers.has(session.person)),
      map(({ change: { document, case: caseId, kind } }): MessageEvent => ({ data: { document, case: caseId, kind } })),
    );
    const alive = interval(HEARTBEAT_MS).pipe(concatMap(() => from(sessionLives(this.ports.db, session.id))));
    const sessionEnded = alive.pipe(filter((lives) => !lives));
    const heartbeat = alive.pipe(map((): MessageEvent => ({ comment: 'alive' })));
    const opened = of<MessageEvent>({ comment: 'open' });
    return merge(opened, notices, heartbeat).pipe(
      takeUntil(merge(this.#ended, sessionEnded)),
      finalize(() => (this.#listeners -= 1)),
    );
  }

  /** Tells every gateway process where in a report somebody is; answers who else is there, as far as this process has heard. */
  async present(presence: Presence): Promise<ReturnType<PresenceBoard['others']>> {
    await rows(this.ports.db, 'SELECT pg_notify($1, $2)', [PRESENCE_CHANNEL, JSON.stringify(presence)]);
    return this.#board.others(presence.document, presence.person, performance.now());
  }

  private reconnect(client: Client): void {
    if (this.#stopped || this.#client !== client) return;
    this.#client = undefined;
    setTimeout(() => void (this.#stopped || this.onApplicationBootstrap()), RECONNECT_MS).unref();
  }

  private async address(change: Change): Promise<AddressedChange> {
    try {
      const { person } = change;
      return { change, readers: person ? new Set([person]) : await readersOf(this.ports.db, change) };
    } catch (error) {
      this.ports.log.passing(error, 'change_not_addressed');
      return { change, readers: new Set() };
    }
  }
}
