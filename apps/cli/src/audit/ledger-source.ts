import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { SERVICES } from '#contracts/services';
import { openByLog } from '#evidence/inclusion';
import { nodeCrypto } from '#evidence/node-crypto';
import type { Trust } from '#evidence/trust';
import { auditLedger } from '#ledger/audit/audit-ledger';
import { notesIn } from '#ledger/audit/copy-lines';
import type { LedgerFault } from '#ledger/audit/fault';
import { readServiceLedger, readStoredLog } from '#ledger/audit/ledger-contents.queries';
import { dataSourceFor } from '#persistence/data-source';
import { databaseNow } from '#persistence/sql';
import { readAtOnce, type Tx } from '#persistence/transaction';
import { CommandFailure, EXIT } from '../exit-code.js';
import { readLocalFile } from '../local-file.js';

/** What was audited, and what is wrong with it. */
export interface AuditResult {
  readonly entries: number;
  readonly leaves: number;
  readonly copies: number;
  readonly faults: readonly LedgerFault[];
}

/** Reads everything at one moment, the copies outside the database first, and audits it. Writes nothing. */
export async function auditInstallation(url: string, checkpoints: string, trust: Trust): Promise<AuditResult> {
  const copies = await copiesIn(checkpoints);
  const db = dataSourceFor({ service: 'ledger', url, tables: [], migrations: [], poolSize: 1 });
  try {
    await db.initialize();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = { zh: `数据库打不开：${reason}`, en: `the database does not open: ${reason}` };
    throw new CommandFailure(EXIT.unreachable, 'no_database', sentence, undefined, error);
  }
  try {
    return await readAtOnce(db, async (tx) => auditAt(tx, copies, trust));
  } finally {
    await db.destroy();
  }
}

async function auditAt(tx: Tx, copies: readonly (string | undefined)[], trust: Trust): Promise<AuditResult> {
  const services = [];
  for (const service of SERVICES) services.push(await readServiceLedger(tx, service));
  const log = await readStoredLog(tx);
  const contents = { services, log, copies, now: await databaseNow(tx) };
  const faults = auditLedger(contents, (note) => openByLog(note, trust, nodeCrypto), nodeCrypto);
  const entries = services.reduce((sum, one) => sum + one.entries.length, 0);
  return { entries, leaves: log.leaves.length, copies: copies.length, faults };
}

async function copiesIn(folder: string): Promise<(string | undefined)[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = {
      zh: `读不到库外检查点 ${folder}：${reason}（用 --checkpoints 指定）`,
      en: `the copies of checkpoints in ${folder} cannot be read: ${reason} (name them with --checkpoints)`,
    };
    throw new CommandFailure(EXIT.usage, 'no_checkpoints', sentence, { folder }, error);
  });
  const files = names.filter((name) => name.endsWith('.jsonl')).toSorted();
  const texts = await Promise.all(files.map(async (name) => readFile(path.join(folder, name), 'utf8')));
  return texts.flatMap(notesIn);
}

/** The owner's address of the embedded database, as `npm start` keeps it in its folder. */
export async function embeddedDatabase(varDir: string): Promise<string> {
  try {
    const text = async (name: string): Promise<string> =>
      new TextDecoder().decode(await readLocalFile(path.join(varDir, name)));
    const port = Number((await text('pg/postmaster.pid')).split('\n')[3]);
    return `postgres://postgres:${encodeURIComponent((await text('pg.password')).trim())}@127.0.0.1:${port}/sunward`;
  } catch (error) {
    const sentence = {
      zh: `没有指定数据库，${varDir} 下也没有在运行的嵌入式数据库：请用 --database 或 DATABASE_URL 给出所有者地址。`,
      en: `No database named, and no embedded one runs in ${varDir}: give the owner's address with --database or DATABASE_URL.`,
    };
    throw new CommandFailure(EXIT.usage, 'no_database', sentence, { varDir }, error);
  }
}
