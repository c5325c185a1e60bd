import { ledgerTables } from '#ledger/ledger.entity';
import { LedgerTables1795610000000 } from '#ledger/ledger-tables.migration';
import { CreateOutboxTables1790000000200 } from '#outbox/outbox-tables.migration';
import { outboxTables } from '#outbox/outbox.entities';
import { CommandEntity } from '#persistence/command.entity';
import { CreateCommand1790000000100 } from '#persistence/command.migration';
import type { TableClass } from '#persistence/data-source';
import { AccountRow, SessionRow, SignInFailureRow } from './access/access.entity.js';
import { PasswordHalfRow } from './access/first-password.entity.js';
import { DeputyRow } from './directory/deputy.entity.js';
import {
  DirectoryVersionRow,
  GrantPeriodRow,
  OrganRouteRow,
  OrganRow,
  PersonRow,
  RouteSlotRow,
} from './directory/directory.entity.js';
import { DirectoryProposalRow } from './directory/proposal.entity.js';
import { PasskeyChallengeRow, PasskeyRow } from './passkeys/passkey.entity.js';
import { Passkeys1795680000100 } from './migrations/1795680000100-passkeys.migration.js';
import { SuperiorOfSeat1795670000000 } from './migrations/1795670000000-superior-of-seat.migration.js';
import { NextChange1795680000000 } from './migrations/1795680000000-next-change.migration.js';
import { LetIntoCases1795690000000 } from './migrations/1795690000000-let-into-cases.migration.js';
import { PasskeyRevocations1795700000000 } from './migrations/1795700000000-passkey-revocations.migration.js';
import { CreateGateway1795467700000 } from './migrations/1795467700000-create-gateway.migration.js';
import { CreateNotices1795630000100 } from './migrations/1795630000100-create-notices.migration.js';
import { DirectoryOverTime1795650000000 } from './migrations/1795650000000-directory-over-time.migration.js';
import { DirectoryProposals1795650000100 } from './migrations/1795650000100-directory-proposals.migration.js';
import { Deputies1795650000200 } from './migrations/1795650000200-deputies.migration.js';
import { GatewayKindsOfCase1795660000000 } from './migrations/1795660000000-kinds-of-case.migration.js';
import { RatificationViewRow } from './read-model/ratification.entity.js';
import { LegNoticeFactsRow, NoticeRequestRow } from './notices/notice-facts.entity.js';
import { NoticeClockRow, NoticeRow, NoticeSettingsRow } from './notices/notice.entity.js';
import { CaseViewRow, LiveViewRow, OpenSeatRow, ReportViewRow } from './read-model/read-model.entity.js';

/** Every table of the schema `gateway`. */
export const tables: TableClass[] = [
  ...outboxTables,
  ...ledgerTables,
  CommandEntity,
  OrganRow,
  PersonRow,
  GrantPeriodRow,
  OrganRouteRow,
  RouteSlotRow,
  DirectoryVersionRow,
  DirectoryProposalRow,
  DeputyRow,
  PasskeyRow,
  PasskeyChallengeRow,
  AccountRow,
  PasswordHalfRow,
  SignInFailureRow,
  SessionRow,
  ReportViewRow,
  CaseViewRow,
  OpenSeatRow,
  LiveViewRow,
  RatificationViewRow,
  NoticeRow,
  NoticeClockRow,
  NoticeSettingsRow,
  LegNoticeFactsRow,
  NoticeRequestRow,
];

/** How they came to be, in order. */
export const migrations: TableClass[] = [
  CreateCommand1790000000100,
  CreateOutboxTables1790000000200,
  CreateGateway1795467700000,
  LedgerTables1795610000000,
  CreateNotices1795630000100,
  DirectoryOverTime1795650000000,
  DirectoryProposals1795650000100,
  Deputies1795650000200,
  GatewayKindsOfCase1795660000000,
  SuperiorOfSeat1795670000000,
  NextChange1795680000000,
  Passkeys1795680000100,
  LetIntoCases1795690000000,
  PasskeyRevocations1795700000000,
];
