import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { openErasure } from '#evidence/erasure';
import { openByLog } from '#evidence/inclusion';
import { nodeCrypto } from '#evidence/node-crypto';
import type { Trust } from '#evidence/trust';
import type { CopyLines } from '#ledger/audit/audit-copies';
import { type AuditedSizes, auditLedger } from '#ledger/audit/audit-ledger';
import { askIn } from '#ledger/audit/batches';
import { notesNow } from '#ledger/audit/copy-lines';
import type { LedgerFault } from '#ledger/audit/fault';
import { type ErasedBody, FaultList } from '#ledger/audit/fault-list';
import { type ReplayFinding, replayAgainstRows } from '#signoff/replay-against-rows';
import { dataSourceFor } from '#persistence/data-source';
import { databaseNow } from '#persistence/sql';
import { readAtOnce, type Tx } from '#persistence/transaction';
import { CommandFailure, EXIT } from '../exit-code.js';
import { withOwner } from './owner.js';

const LEGS = ['review', 'approval'] as const;

/** What was audited, and what is wrong with it: how much in all, and the first thousands of it. */
export interface AuditResult extends AuditedSizes {
  /** Cases told again from the ledger and held against their rows. */
  readonly cases: number;
  /** Cases the ledger does not have everything of, and rightly so. */
  readonly untold: readonly (ReplayFinding & { readonly in: string })[];
  readonly erased: readonly ErasedBody[];
  readonly found: number;
  readonly faults: readonly LedgerFault[];
}

/** Reads everything as of one moment, the copies outside the database first, and audits it. Writes nothing. */
export async function auditInstallation(url: string, checkpoints: string, trust: Trust): Promise<AuditResult> {
  const copies = await copiesIn(checkpoints);
  const db = dataSourceFor({ service: 'ledger', url, tables: [], migrations: [], poolSize: 1 });
  return withOwner(db, () => readAtOnce(db, async (tx) => auditAt(tx, copies, trust)));
}

async function auditAt(tx: Tx, copies: CopyLines, trust: Trust): Promise<AuditResult> {
  const faults = new FaultList();
  const openNote = (note: string): ReturnType<typeof openByLog> => openByLog(note, trust, nodeCrypto);
  const proveErasure = (body: Uint8Array): ReturnType<typeof openErasure> => openErasure(body, trust, nodeCrypto);
  const about = { copies, now: await databaseNow(tx), openNote, proveErasure, crypto: nodeCrypto };
  const sizes = await auditLedger(await askIn(tx), about, faults);
  const replays = [];
  for (const leg of LEGS) {
    await tx.query(`SET LOCAL search_path = ${leg}`);
    const replay = await replayAgainstRows(tx, leg);
    for (const one of replay.differences) faults.add('case_differs', leg, `${one.case} ${one.place}`);
    replays.push({ leg, ...replay });
  }
  const cases = replays.reduce((sum, one) => sum + one.cases, 0);
  const untold = replays.flatMap(({ leg, untold: some }) => some.map((one) => ({ ...one, in: leg })));
  return { ...sizes, cases, untold, erased: faults.erased, found: faults.total, faults: faults.listed };
}

async function copiesIn(folder: string): Promise<CopyLines> {
  const names = await readdir(folder).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = {
      zh: `读不到库外检查点 ${folder}：${reason}（用 --checkpoints 指定）`,
      en: `the copies of checkpoints in ${folder} cannot be read: ${reason} (name them with --checkpoints)`,
    };
    throw new CommandFailure(EXIT.usage, 'no_checkpoints', sentence, { folder }, error);
  });
  const files = names.filter((name) => name.endsWith('.jsonl')).toSorted();
  return notesNow(files.map((name) => path.join(folder, name)));
}
