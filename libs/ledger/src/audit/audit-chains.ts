import type { Digest } from '#domain/identifiers';
import { groupBy } from '#domain/grouping';
import type { EvidenceCrypto } from '#evidence/crypto';
import { isDefect } from '#evidence/defect';
import { type LedgerEntry, readEntry } from '#evidence/ledger-entry';
import { leafHash } from '#evidence/merkle-tree';
import type { FaultCode, LedgerFault } from './fault.js';
import type { ServiceLedger } from './ledger-contents.js';

type Sha256 = Pick<EvidenceCrypto, 'sha256'>;
type Row = ServiceLedger['entries'][number];

/** An entry's row with what its bytes say, whatever the columns beside them claim. */
export interface LookedAt {
  readonly row: Row;
  /** The hash of the bytes that are there. */
  readonly actual: Digest;
  readonly entry: LedgerEntry | undefined;
}

/** Reads and hashes every entry once. */
export function lookAt({ entries }: ServiceLedger, crypto: Sha256): LookedAt[] {
  return entries.map((row) => {
    const entry = readEntry(row.bytes);
    return { row, actual: leafHash(row.bytes, crypto), entry: isDefect(entry) ? undefined : entry };
  });
}

/** Every fault in one service's chains: each entry by itself, each chain from 1 to its head, each body. */
export function auditChains(ledger: ServiceLedger, looked: readonly LookedAt[], crypto: Sha256): LedgerFault[] {
  const name = (code: FaultCode, where: string): LedgerFault => ({ code, in: ledger.service, where });
  const chains = groupBy(looked, ({ row }) => row.report);
  return [
    ...looked.flatMap((one) => ownFaults(one).map((code) => name(code, placeOf(one.row)))),
    ...[...chains.values()].flatMap((chain) => chainFaults(chain).map(([code, where]) => name(code, where))),
    ...headFaults(ledger, chains).map(([code, where]) => name(code, where)),
    ...bodyFaults(ledger, looked, crypto).map(([code, where]) => name(code, where)),
  ];
}

const placeOf = ({ report, seq }: Pick<Row, 'report' | 'seq'>): string => `${report}/${seq}`;

type Named = readonly [FaultCode, string];

function ownFaults({ row, actual, entry }: LookedAt): FaultCode[] {
  if (entry === undefined) return ['entry_unreadable'];
  const faults: FaultCode[] = [];
  if (actual !== row.hash || entry.at !== row.at.toISOString()) faults.push('entry_altered');
  if (entry.report !== row.report || entry.seq !== row.seq) faults.push('entry_misplaced');
  return faults;
}

function chainFaults(chain: readonly LookedAt[]): Named[] {
  const faults: Named[] = [];
  let last: LookedAt | undefined;
  for (const one of chain.toSorted((a, b) => a.row.seq - b.row.seq)) {
    const { report, seq } = one.row;
    const expected = (last?.row.seq ?? 0) + 1;
    if (seq < expected) faults.push(['entry_doubled', placeOf(one.row)]);
    for (let missing = expected; missing < seq; missing += 1) faults.push(['entry_missing', `${report}/${missing}`]);
    const follows = seq === expected && one.entry !== undefined && one.entry.prev !== (last?.actual ?? null);
    if (follows) faults.push(['chain_broken', placeOf(one.row)]);
    if (last !== undefined && one.row.at < last.row.at) faults.push(['time_decreases', placeOf(one.row)]);
    last = one;
  }
  return faults;
}

function headFaults({ heads }: ServiceLedger, chains: ReadonlyMap<string, readonly LookedAt[]>): Named[] {
  const known = new Set(heads.map(({ report }) => report));
  const headless = [...chains.keys()].filter((report) => !known.has(report));
  return [
    ...headless.map((report): Named => ['head_missing', report]),
    ...heads.flatMap((head): Named[] => {
      const chain = chains.get(head.report);
      if (chain === undefined) return [['head_without_entries', head.report]];
      const last = chain.reduce((a, b) => (b.row.seq > a.row.seq ? b : a));
      const at = head.at?.getTime() === last.row.at.getTime();
      return head.seq === last.row.seq && head.hash === last.actual && at ? [] : [['head_differs', head.report]];
    }),
  ];
}

function bodyFaults({ bodies }: ServiceLedger, looked: readonly LookedAt[], crypto: Sha256): Named[] {
  const kept = new Map(bodies.map(({ digest, bytes }) => [digest, bytes]));
  const named = new Set<string>();
  const faults: Named[] = [];
  for (const { row, entry } of looked) {
    const events = entry?.digests['events'];
    if (events === undefined) continue;
    named.add(events);
    if (!kept.has(events)) faults.push(['body_missing', placeOf(row)]);
  }
  for (const [digest, bytes] of kept) {
    if (crypto.sha256(bytes) !== digest) faults.push(['body_altered', digest]);
    if (!named.has(digest)) faults.push(['body_unowned', digest]);
  }
  return faults;
}
