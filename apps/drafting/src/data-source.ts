import { ledgerTables } from '#ledger/ledger.entity';
import { LedgerTables1795610000000 } from '#ledger/ledger-tables.migration';
import { CreateOutboxTables1790000000200 } from '#outbox/outbox-tables.migration';
import { outboxTables } from '#outbox/outbox.entities';
import { CommandEntity } from '#persistence/command.entity';
import { CreateCommand1790000000100 } from '#persistence/command.migration';
import type { TableClass } from '#persistence/data-source';
import { DirectoryCopyRow } from '#signoff/directory-copy.entity';
import { DirectoryCopy1795467600001 } from '#signoff/directory-copy.migration';
import { DraftingTables1795467800000 } from './migrations/1795467800000-drafting-tables.migration.js';
import { Suggestions1795640100000 } from './migrations/1795640100000-suggestions.migration.js';
import { KindsOfCase1795660000000 } from './migrations/1795660000000-kinds-of-case.migration.js';
import { LastYearFile1795680000000 } from './migrations/1795680000000-last-year-file.migration.js';
import { OpenedPlaces1795700000000 } from './migrations/1795700000000-opened-places.migration.js';
import { LastYearFileRow } from './persistence/last-year-file.entity.js';
import { OpenedPlaceRow } from './persistence/opened-place.entity.js';
import { PublicActRow, ReportRow, RevisionRow, SubmissionRow } from './persistence/report.entity.js';
import { SuggestionRow } from './persistence/suggestion.entity.js';

/** Every table of the schema `drafting`. */
export const tables: TableClass[] = [
  ...outboxTables,
  ...ledgerTables,
  CommandEntity,
  DirectoryCopyRow,
  ReportRow,
  RevisionRow,
  SubmissionRow,
  PublicActRow,
  SuggestionRow,
  LastYearFileRow,
  OpenedPlaceRow,
];

/** How they came to be, in order. */
export const migrations: TableClass[] = [
  CreateCommand1790000000100,
  CreateOutboxTables1790000000200,
  DirectoryCopy1795467600001,
  DraftingTables1795467800000,
  LedgerTables1795610000000,
  Suggestions1795640100000,
  KindsOfCase1795660000000,
  LastYearFile1795680000000,
  OpenedPlaces1795700000000,
];
