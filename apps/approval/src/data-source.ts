import { ledgerTables } from '#ledger/ledger.entity';
import { LedgerTables1795610000000 } from '#ledger/ledger-tables.migration';
import { CreateOutboxTables1790000000200 } from '#outbox/outbox-tables.migration';
import { outboxTables } from '#outbox/outbox.entities';
import { CommandEntity } from '#persistence/command.entity';
import { CreateCommand1790000000100 } from '#persistence/command.migration';
import type { TableClass } from '#persistence/data-source';
import { DeputyCopyRow, LegConsultationRow, LegCopyRow, LegUrgeRow, LegViewRow } from '#signoff/beside-the-case.entity';
import { DirectoryCopyRow } from '#signoff/directory-copy.entity';
import { DirectoryCopy1795467600001 } from '#signoff/directory-copy.migration';
import { LegCaseRow, LegDecisionRow, LegSeatRow } from '#signoff/leg-case.entity';
import { Lapses1795670000000 } from '#signoff/lapses.migration';
import { LawOfSignoff1795601000000 } from '#signoff/law-of-signoff.migration';
import { LegTables1795467600000 } from '#signoff/leg-tables.migration';
import { NoteEventRow, NoteRow } from '#signoff/notes/note.entity';
import { NoteDeputies1795680000000 } from '#signoff/notes/note-deputies.migration';
import { NoteTables1795640000000 } from '#signoff/notes/note-tables.migration';
import { SeatRenewal1795600000000 } from '#signoff/seat-renewal.migration';
import { PasskeyCopyRow } from '#signoff/passkey-copy.entity';
import { PasskeyCopy1795680000000 } from '#signoff/passkey-copy.migration';

/** Every table of the schema `approval`. */
export const tables: TableClass[] = [
  ...outboxTables,
  ...ledgerTables,
  CommandEntity,
  DirectoryCopyRow,
  LegCaseRow,
  LegSeatRow,
  LegDecisionRow,
  LegViewRow,
  LegUrgeRow,
  LegCopyRow,
  LegConsultationRow,
  DeputyCopyRow,
  PasskeyCopyRow,
  NoteRow,
  NoteEventRow,
];

/** How they came to be, in order. */
export const migrations: TableClass[] = [
  CreateCommand1790000000100,
  CreateOutboxTables1790000000200,
  LegTables1795467600000,
  DirectoryCopy1795467600001,
  SeatRenewal1795600000000,
  LawOfSignoff1795601000000,
  LedgerTables1795610000000,
  NoteTables1795640000000,
  Lapses1795670000000,
  PasskeyCopy1795680000000,
  NoteDeputies1795680000000,
];
