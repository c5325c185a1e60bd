import { Client } from 'pg';
import { DUE_CHANNEL } from '../persistence/publication-job.repository.js';

const REBUILD_MS = 1_000;

/**
 * Calls `wake` when a release was committed. A connection that breaks is thrown away and built again; what it missed meanwhile is found
 * by the publisher's own poll.
 */
export class DueListener {
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly url: string,
    private readonly wake: () => void,
  ) {}

  /** Begins to listen; never throws, never waits for the database. */
  start(): void {
    void this.connect();
  }

  /** Ends the connection. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#client?.end();
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: 'sunward:publication:due',
      keepAlive: true,
    });
    this.#client = client;
    client.on('notification', this.wake);
    client.on('error', () => this.rebuild(client));
    client.on('end', () => this.rebuild(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${DUE_CHANNEL}`);
      this.wake();
    } catch {
      // The poll works meanwhile; the health check reports the database.
      this.rebuild(client);
    }
  }

  private rebuild(broken: Client): void {
    if (this.#stopped || this.#client !== broken) return;
    this.#client = undefined;
    broken.removeAllListeners();
    broken.on('error', () => undefined);
    void broken.end().catch(() => undefined);
    this.#timer = setTimeout(() => void this.connect(), REBUILD_MS);
  }
}
