// Tables and migrations of every service, bundled to dist/run/schemas.js for the migration step.
import * as approval from '../dist/apps/approval/src/data-source.js';
import * as drafting from '../dist/apps/drafting/src/data-source.js';
import * as gateway from '../dist/apps/gateway/src/data-source.js';
import * as ledger from '../dist/apps/ledger/src/data-source.js';
import * as publication from '../dist/apps/publication/src/data-source.js';
import * as review from '../dist/apps/review/src/data-source.js';

export { CreateContent1790000000000 } from '../dist/libs/content-store/src/content.migration.js';
export { migrateQueues } from '../dist/libs/messaging/src/queue-schema.js';
export { dataSourceFor, migrateSchema } from '../dist/libs/persistence/src/data-source.js';

/** By service name: `{ tables, migrations }`. */
export const SCHEMAS = { gateway, drafting, review, approval, publication, ledger };
