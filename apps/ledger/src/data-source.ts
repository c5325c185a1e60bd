import { ledgerTables } from '#ledger/ledger.entity';
import { LedgerTables1795610000000 } from '#ledger/ledger-tables.migration';
import { CreateOutboxTables1790000000200 } from '#outbox/outbox-tables.migration';
import { outboxTables } from '#outbox/outbox.entities';
import type { TableClass } from '#persistence/data-source';
import { LogTables1795610000100 } from './migrations/1795610000100-log-tables.migration.js';
import { LogArrivalRow, LogCheckpointRow, LogLeafRow, LogNodeRow } from './persistence/log.entity.js';

/** Every table of the schema `ledger`. */
export const tables: TableClass[] = [
  ...outboxTables,
  ...ledgerTables,
  LogArrivalRow,
  LogLeafRow,
  LogNodeRow,
  LogCheckpointRow,
];

/** How they came to be, in order. */
export const migrations: TableClass[] = [
  CreateOutboxTables1790000000200,
  LedgerTables1795610000000,
  LogTables1795610000100,
];
