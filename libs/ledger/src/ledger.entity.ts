import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { TableClass } from '#persistence/data-source';

/** The end of each report's chain. Locked before anything is appended to it; it only moves on. */
@Entity({ name: 'ledger_head' })
export class LedgerHeadRow {
  @PrimaryColumn('uuid') report: string;
  /** Sequence of the last entry; 0 only within the transaction that writes the first. */
  @Column('integer') seq: number;
  /** Hash of the last entry. */
  @Column('text', { nullable: true }) hash: string | null;
  @Column('timestamptz', { nullable: true }) at: Date | null;
}

/** One command and what became of it; `bytes` are the canonical ones that are hashed. Never changed, never removed. */
@Entity({ name: 'ledger_entry' })
// The log names entries by their hash.
@Unique('ledger_entry_hash', ['hash'])
export class LedgerEntryRow {
  @PrimaryColumn('uuid') report: string;
  @PrimaryColumn('integer') seq: number;
  @Column('text') hash: string;
  @Column('bytea') bytes: Buffer;
  @Column('timestamptz') at: Date;
}

/** What happened, as canonical JSON under its digest. The only place of the ledger that may hold what people wrote. */
@Entity({ name: 'ledger_body' })
export class LedgerBodyRow {
  @PrimaryColumn('text') digest: string;
  @Column('bytea') bytes: Buffer;
}

/** The ledger's tables, for the list of a service that has them. */
export const ledgerTables: readonly TableClass[] = [LedgerHeadRow, LedgerEntryRow, LedgerBodyRow];
