import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { ServiceName } from '#contracts/services';
import type { Digest } from '#domain/identifiers';
import { openByLog } from '#evidence/inclusion';
import { nodeCrypto } from '#evidence/node-crypto';
import { dataSourceFor } from '#persistence/data-source';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { Log } from '#service-runtime/log';
import { CheckpointFolder } from '../../apps/ledger/src/checkpoints/checkpoint-folder.js';
import { migrations, tables } from '../../apps/ledger/src/data-source.js';
import type { LogPorts } from '../../apps/ledger/src/log-ports.js';
import { addArrivals } from '../../apps/ledger/src/persistence/log.repository.js';
import { Sequencer } from '../../apps/ledger/src/sequencer.js';
import { testDatabase, type TestDatabase } from './database.js';
import { logSigner } from './log-builder.js';
import { testLog, trustWithLog } from './log-tree.js';

/** The log on a database and a folder of its own, with the rights its service has; `hear` takes arrivals in as the inbox would. */
export class LogWorld {
  private constructor(
    readonly database: TestDatabase,
    readonly db: DataSource,
    readonly root: string,
  ) {}

  static async open(): Promise<LogWorld> {
    const database = await testDatabase();
    const db = dataSourceFor({ service: 'ledger', url: database.url('ledger'), tables, migrations });
    await db.initialize();
    return new LogWorld(database, db, await mkdtemp(join(tmpdir(), 'sunward-checkpoints-')));
  }

  async close(): Promise<void> {
    await this.db.destroy();
    await this.database.drop();
    await rm(this.root, { recursive: true, force: true });
  }

  folder(root = this.root): CheckpointFolder {
    return new CheckpointFolder(root, (note) => openByLog(note, trustWithLog, nodeCrypto));
  }

  /** A sequencer as a process of this epoch has it. */
  sequencer(epoch: string, folder = this.folder()): Sequencer {
    const ports: LogPorts = { service: 'ledger', crypto: nodeCrypto, epoch, signer: logSigner, key: testLog };
    return new Sequencer(this.db, folder, ports, new Log('ledger', 'error'));
  }

  /** Takes hashes in. */
  async hear(leaves: readonly Digest[], producer: ServiceName = 'review', proof = false): Promise<void> {
    const arrivals = leaves.map((leaf) => ({ leaf, producer, proof }));
    await runInTransaction(this.db, (tx) => addArrivals(tx, arrivals));
  }

  async leaves(): Promise<string[]> {
    return (await rows<{ hash: string }>(this.db, 'SELECT hash FROM log_leaf ORDER BY index')).map(({ hash }) => hash);
  }

  async checkpoints(): Promise<{ size: number; root: string; note: string; epoch: string }[]> {
    return rows(this.db, 'SELECT size, root, note, epoch FROM log_checkpoint ORDER BY at, size');
  }

  async alarms(): Promise<string[]> {
    return (await rows<{ kind: string }>(this.db, 'SELECT kind FROM alarm ORDER BY at')).map(({ kind }) => kind);
  }

  /** Does what no role may: as a superuser, with every trigger off. */
  async tamper(...statements: readonly string[]): Promise<void> {
    await this.database.sql(
      ['BEGIN', 'SET LOCAL session_replication_role = replica', ...statements, 'COMMIT'].join(';\n'),
    );
  }

  /** The log as it was when its newest `gone` leaves had not come yet: what restoring a backup makes of it. */
  async rollBack(size: number): Promise<void> {
    const tooHigh = '(index + 1) * (1::bigint << level) > ' + String(size);
    await this.tamper(
      `DELETE FROM ledger.log_leaf WHERE index >= ${size}`,
      `DELETE FROM ledger.log_node WHERE ${tooHigh}`,
      `DELETE FROM ledger.log_checkpoint WHERE size > ${size}`,
    );
  }
}

/** An epoch nobody used before. */
export const freshEpoch = (): string => randomUUID();
