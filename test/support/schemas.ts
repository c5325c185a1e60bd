import type { ServiceName } from '#contracts/services';
import type { TableClass } from '#persistence/data-source';
import * as approval from '../../apps/approval/src/data-source.js';
import * as drafting from '../../apps/drafting/src/data-source.js';
import * as gateway from '../../apps/gateway/src/data-source.js';
import * as ledger from '../../apps/ledger/src/data-source.js';
import * as publication from '../../apps/publication/src/data-source.js';
import * as review from '../../apps/review/src/data-source.js';

interface Schema {
  readonly tables: TableClass[];
  readonly migrations: TableClass[];
}

/** What each service lists as its tables and migrations. */
export const schemas: Record<ServiceName, Schema> = { gateway, drafting, review, approval, publication, ledger };
