import { ledgerTables } from '#ledger/ledger.entity';
import { LedgerTables1795610000000 } from '#ledger/ledger-tables.migration';
import { CreateOutboxTables1790000000200 } from '#outbox/outbox-tables.migration';
import { outboxTables } from '#outbox/outbox.entities';
import { CommandEntity } from '#persistence/command.entity';
import { CreateCommand1790000000100 } from '#persistence/command.migration';
import type { TableClass } from '#persistence/data-source';
import { DeputyCopyRow } from '#signoff/beside-the-case.entity';
import { DirectoryCopyRow } from '#signoff/directory-copy.entity';
import { DirectoryCopy1795467600001 } from '#signoff/directory-copy.migration';
import { PublicationTables1795467700000 } from './migrations/1795467700000-publication-tables.migration.js';
import { LogProofs1795610000200 } from './migrations/1795610000200-log-proofs.migration.js';
import { PublicationDeputyCopy1795650000300 } from './migrations/1795650000300-deputy-copy.migration.js';
import { ChannelDelivery1795690000000 } from './migrations/1795690000000-channel-delivery.migration.js';
import { ChannelWish1795710000000 } from './migrations/1795710000000-channel-wish.migration.js';
import { PublicationStep1795720000000 } from './migrations/1795720000000-publication-step.migration.js';
import { ChannelDeliveryRow } from './persistence/channel-delivery.entity.js';
import { ChannelWishRow } from './persistence/channel-wish.entity.js';
import { LivePointerRow } from './persistence/live-pointer.entity.js';
import { PublicationKindsOfCase1795660000000 } from './migrations/1795660000000-kinds-of-case.migration.js';
import { SearchEntry1795700000000 } from './migrations/1795700000000-search-entry.migration.js';
import { PublicCheckpointRow } from './persistence/public-checkpoint.entity.js';
import { PublicationJobRow } from './persistence/publication-job.entity.js';
import { PublicationStepRow } from './persistence/publication-step.entity.js';
import { SearchEntryRow } from './persistence/search-entry.entity.js';
import { PasskeyCopyRow } from '#signoff/passkey-copy.entity';
import { PasskeyCopy1795680000000 } from '#signoff/passkey-copy.migration';

/** Every table of the schema `publication`. */
export const tables: TableClass[] = [
  ...outboxTables,
  ...ledgerTables,
  CommandEntity,
  DirectoryCopyRow,
  DeputyCopyRow,
  PasskeyCopyRow,
  PublicationJobRow,
  PublicationStepRow,
  LivePointerRow,
  PublicCheckpointRow,
  ChannelDeliveryRow,
  ChannelWishRow,
  SearchEntryRow,
];

/** How they came to be, in order. */
export const migrations: TableClass[] = [
  CreateCommand1790000000100,
  CreateOutboxTables1790000000200,
  DirectoryCopy1795467600001,
  PublicationTables1795467700000,
  LedgerTables1795610000000,
  LogProofs1795610000200,
  PublicationDeputyCopy1795650000300,
  PublicationKindsOfCase1795660000000,
  PasskeyCopy1795680000000,
  ChannelDelivery1795690000000,
  SearchEntry1795700000000,
  ChannelWish1795710000000,
  PublicationStep1795720000000,
];
