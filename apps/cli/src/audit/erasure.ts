import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ServiceName } from '#contracts/services';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Signer } from '#evidence/crypto';
import type { Erasure } from '#evidence/erasure';
import { nodeCrypto, signerFromPem } from '#evidence/node-crypto';
import { administratorsBehind, type Trust } from '#evidence/trust';
import { type ErasableEntry, erasable, eraseBody, type WantedErasure } from '#ledger/erase-body';
import { readEpoch } from '#outbox/epoch';
import { dataSourceFor } from '#persistence/data-source';
import { runInTransaction, type Tx } from '#persistence/transaction';
import type { Message } from '#report/place';
import { CommandFailure, EXIT } from '../exit-code.js';
import { fileUnreadable, readLocalFile } from '../local-file.js';
import { withOwner } from './owner.js';

const WHY_NOT: Readonly<Record<string, Message>> = {
  no_entry: { zh: '没有这一条目。', en: 'There is no such entry.' },
  nothing_to_erase: { zh: '该条目没有内容可删。', en: 'The entry has nothing beside it to erase.' },
  erased_already: {
    zh: '内容已不在：已删除过，或已损坏（用 sunward audit 查明）。',
    en: 'What it says happened is gone already: erased, or damaged (sunward audit says which).',
  },
};

function must<T extends object>(outcome: T | Refusal): T {
  if (!isRefusal(outcome)) return outcome;
  const sentence = WHY_NOT[outcome.refused] ?? { zh: outcome.refused, en: outcome.refused };
  throw new CommandFailure(EXIT.finding, outcome.refused, sentence);
}

/** Which service's ledger, and how to reach it as its owner. */
export interface LedgerPlace {
  readonly url: string;
  readonly service: Exclude<ServiceName, 'ledger'>;
}

/** What would be erased. */
export function lookAtEntry(place: LedgerPlace, wanted: Pick<WantedErasure, 'report' | 'seq'>): Promise<ErasableEntry> {
  return inLedger(place, async (tx) => must(await erasable(tx, wanted)));
}

/** Erases what stands beside an entry, with both administrators' agreement. */
export function eraseEntry(
  place: LedgerPlace,
  wanted: WantedErasure,
  administrators: readonly Signer[],
): Promise<Erasure> {
  return inLedger(place, async (tx) => {
    const ports = { service: place.service, crypto: nodeCrypto, epoch: await readEpoch(tx) };
    return must(await eraseBody(tx, ports, wanted, administrators));
  });
}

function inLedger<T>({ url, service }: LedgerPlace, work: (tx: Tx) => Promise<T>): Promise<T> {
  const db = dataSourceFor({ service, url, tables: [], migrations: [], poolSize: 1 });
  return withOwner(db, () => runInTransaction(db, work));
}

/** The two administrators' keys in a folder, as the trust file names them. */
export async function administratorsIn(folder: string, trust: Trust): Promise<readonly Signer[]> {
  const found = await readdir(folder).catch((error: unknown) => {
    throw fileUnreadable(folder, error);
  });
  const names = found.filter((name) => name.endsWith('.pem')).toSorted();
  const decoder = new TextDecoder();
  const signers = await Promise.all(
    names.map(async (name) => signerFromPem(decoder.decode(await readLocalFile(path.join(folder, name))))),
  );
  const { size } = administratorsBehind(trust, signers.map(({ keyid }) => keyid), nodeCrypto); // prettier-ignore
  if (size >= 2) return signers;
  const sentence = {
    zh: `删除须两名管理员共同同意：${folder} 中只有 ${size} 名信任文件所列管理员的签名钥（用 --keys 指定）。`,
    en: `Erasing needs both administrators: ${folder} has the keys of ${size} the trust file names (see --keys).`,
  };
  throw new CommandFailure(EXIT.usage, 'administrators_missing', sentence, { folder, found: size });
}
