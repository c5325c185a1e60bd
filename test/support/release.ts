import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import pg from 'pg';
import type { BundleSummary } from '#evidence/verify-bundle';
import { startPostgres, type StartedPostgres } from '../../scripts/pg.mjs';
import { installReleaseKeys } from './release-keys.mjs';

const FOLDER = fileURLToPath(new URL('../fixtures/releases/', import.meta.url));

/** The released versions kept in test/fixtures/releases, one folder each. */
export const RELEASES: readonly string[] = readdirSync(FOLDER).filter((name) =>
  existsSync(join(FOLDER, name, 'contents.json')),
);

/** What a release had when it was stopped. */
interface Contents {
  readonly commit: string;
  /** Organs with one report each, named for the state it was brought to. */
  readonly organs: readonly string[];
  /** What the release's own verifier said of each organ's publication. */
  readonly verdicts: Readonly<Record<string, { readonly ok: true; readonly summary: BundleSummary }>>;
  /** Rows by `schema.table`. */
  readonly rows: Readonly<Record<string, number>>;
}

/** A release's database on a server of its own, as the release left it. */
export type RestoredRelease = Pick<StartedPostgres, 'url' | 'stop'>;

/** An installation of a released version: its database, its keys and accounts, and what it had made public. */
export class Release {
  readonly contents: Contents;
  readonly trustFile: string;

  constructor(readonly name: string) {
    this.contents = JSON.parse(this.#read('contents.json').toString()) as Contents;
    this.trustFile = join(FOLDER, name, 'trust.json');
  }

  /** A file the release published under an organ's address, e.g. `evidence.json`. */
  publicFile(organ: string, file: string): Uint8Array {
    return gunzipSync(this.#read(`public/${organ}/${file}.gz`));
  }

  /** Puts keys, trust file and accounts into a var folder and the dump into a PostgreSQL that runs on it. */
  async restoreInto(varDir: string): Promise<RestoredRelease> {
    installReleaseKeys(varDir);
    for (const file of ['trust.json', 'accounts.json']) copyFileSync(join(FOLDER, this.name, file), join(varDir, file));
    const server = await startPostgres({ dir: join(varDir, 'pg'), durable: false });
    const client = new pg.Client({ connectionString: server.url });
    try {
      await client.connect();
      await client.query(brotliDecompressSync(this.#read('database.sql.br')).toString());
    } catch (error) {
      await server.stop();
      throw error;
    } finally {
      await client.end();
    }
    return server;
  }

  #read(file: string): Buffer {
    return readFileSync(join(FOLDER, this.name, file));
  }
}
